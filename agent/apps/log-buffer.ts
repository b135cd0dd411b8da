import { appLimits } from '../../shared/app-status.ts'
import { type AppEvent, addAppEvents } from '../ledger/app-log.ts'
import type { LedgerDb } from '../ledger/open.ts'

/** Lines on their way to an app's log. */
export interface LogBuffer {
  add(event: AppEvent): void
  /** Lines that never came this far, as newer ones took their places. */
  lost(count: number): void
  /** Durable when it resolves. */
  flush(): Promise<void>
}

/**
 * Takes lines as fast as they come and holds at most twice the 4,000 that a log shows: a path that floods it
 * with a million costs neither memory nor disk, and what fell out is counted.
 */
export function createLogBuffer(
  db: LedgerDb,
  app: { migrationId: string; key: string },
  now: () => number,
): LogBuffer {
  let lines: AppEvent[] = []
  let dropped = 0
  let writing = Promise.resolve()
  const trim = () => {
    const over = lines.length - appLimits.logEvents
    if (over <= 0) return
    lines = lines.slice(over)
    dropped += over
  }
  async function write() {
    trim()
    const [page, lost] = [lines, dropped]
    lines = []
    dropped = 0
    if (page.length || lost) await addAppEvents(db, app, page, now(), lost)
  }
  return {
    add(event) {
      // Cut here already: a million long lines would be large even for a moment.
      const length = lines.push({
        ...event,
        message: event.message.slice(0, appLimits.messageLength),
      })
      if (length >= 2 * appLimits.logEvents) trim()
    },
    lost(count) {
      dropped += count
    },
    flush() {
      writing = writing.then(write)
      return writing
    },
  }
}
