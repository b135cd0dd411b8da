import { overdue } from '../../shared/app-status.ts'
import { type AppRow, moveApp, openApps } from '../ledger/apps.ts'
import type { LedgerDb } from '../ledger/open.ts'

/** How often app migrations are looked over for time-outs, in milliseconds. */
const sweepMs = 1000

/**
 * Ends app migrations that have taken too long, once a second.
 * @param onEnded told of each one, with its sentence, once that is written down
 */
export function createSweeper(
  parts: { db: LedgerDb; now(): number },
  onEnded: (row: AppRow, message: string) => Promise<void>,
) {
  const { db } = parts
  async function sweep(): Promise<void> {
    const now = parts.now()
    for (const row of await openApps(db)) {
      const why = overdue(row, now)
      if (why === null) continue
      const message =
        why === 'silent'
          ? 'Timed out: there was no sign of life for longer than was promised.'
          : 'Timed out: the app has exceeded the permitted time period to migrate data.'
      const set = { settledAt: now, message }
      if (await moveApp(db, row.migrationId, row.key, 'timeOut', now, set))
        await onEnded(row, message)
    }
  }
  let sweeping = Promise.resolve()
  const ticker = setInterval(() => {
    sweeping = sweeping.then(sweep).catch((error: unknown) => {
      process.emitWarning(`App migrations could not be looked over: ${String(error)}`)
    })
  }, sweepMs)
  ticker.unref()
  return {
    sweep,
    async close() {
      clearInterval(ticker)
      await sweeping
    },
  }
}
