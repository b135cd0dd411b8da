import { appLimits } from '../../shared/app-status.ts'
import { type Told, tellMs } from './path-protocol.ts'

/**
 * Lines and progress on their way out of the thread of a path: at most one message waits to be taken, and of a
 * flood the newest lines are kept, so that a million of them pile up on neither side.
 * @param taken counts, in memory that both threads share, the messages that the agent has taken: a loop that
 * never waits hears no answer, and its lines are a sign of life all the same
 */
export function createTelling(taken: Int32Array, post: (told: Told) => void) {
  let told: Told = { lines: [], lost: 0, progress: null }
  let sent = 0
  let sentAt = -tellMs
  let timer: NodeJS.Timeout | null = null

  function trim(): void {
    const over = told.lines.length - appLimits.logEvents
    if (over <= 0) return
    told.lines = told.lines.slice(over)
    told.lost += over
  }
  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    if (!told.lines.length && !told.lost && !told.progress) return
    trim()
    const message = told
    told = { lines: [], lost: 0, progress: null }
    sent++
    sentAt = performance.now()
    post(message)
  }
  function later(): void {
    const free = Atomics.load(taken, 0) >= sent
    if (free && performance.now() - sentAt >= tellMs) flush()
    else
      timer ??= setTimeout(() => {
        timer = null
        later()
      }, tellMs)
  }
  return {
    log(level: Told['lines'][number]['level'], event: string, message: string): void {
      const cut = (text: string) => String(text).slice(0, appLimits.messageLength)
      const length = told.lines.push({ level, event: cut(event), message: cut(message) })
      if (length >= 2 * appLimits.logEvents) trim()
      later()
    },
    progress(percent: number, message?: string): void {
      const before = told.progress
      const words = message === undefined ? before?.message : String(message)
      told.progress = {
        percent: Math.max(Number(percent) || 0, before?.percent ?? 0),
        ...(words === undefined ? {} : { message: words.slice(0, appLimits.messageLength) }),
      }
      later()
    },
    /** Everything at once; before the end of a stint. */
    flush,
  }
}

export type Telling = ReturnType<typeof createTelling>
