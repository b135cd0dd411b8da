import type { AppLogLine } from '../../shared/api-apps.ts'
import { viewProblem } from '../../shared/problem.ts'
import { advanceApp } from '../ledger/apps.ts'
import { createContext } from './context.ts'
import { createLogBuffer } from './log-buffer.ts'
import type { AppPath, PathHandler } from './path.ts'
import type { AppJob, Session } from './session.ts'

/** How often progress and log lines are written down, in milliseconds. */
const flushMs = 250

/** Walks an app along its paths, and stands between them and everything else. */
export interface Walk {
  log(level: AppLogLine['level'], event: string, message: string): void
  /**
   * Plans, runs and checks each path. A path that throws is logged, and the next one has its turn; one that
   * does not come back is left behind as soon as the signal is aborted. Never throws but the signal's reason.
   * @returns the sentences of those that threw
   */
  run(paths: readonly AppPath[], handler: PathHandler | null): Promise<string[]>
  /** Only reads back what was sent. signal: its own, as the job's is aborted by then. */
  check(paths: readonly AppPath[], signal: AbortSignal): Promise<string[]>
  /** Writes the last of it down. */
  close(): Promise<void>
}

export function createWalk(session: Session, job: AppJob, now: () => number): Walk {
  const { db, migrationId } = session
  const { app, transferId } = job
  const buffer = createLogBuffer(db, { migrationId, key: app.key }, now)
  let base = 0
  let share = 100
  let wanted: { percent: number | null; message: string | null } | null = null
  let asking = 0

  const log: Walk['log'] = (level, event, message) =>
    buffer.add({ at: now(), level, event, message, transferId })

  async function flush(): Promise<void> {
    const told = wanted
    wanted = null
    await buffer.flush()
    if (told || asking)
      await advanceApp(
        db,
        { migrationId, key: app.key, transferId },
        now(),
        told?.percent ?? null,
        told?.message ?? null,
      )
  }
  let flushing = Promise.resolve()
  const ticker = setInterval(() => {
    flushing = flushing.then(flush).catch((error: unknown) => {
      clearInterval(ticker)
      process.emitWarning(`The log of ${app.key} could not be written: ${String(error)}`)
    })
  }, flushMs)

  const sink = {
    log(level: AppLogLine['level'], event: string, message: string) {
      log(level, event, message)
      // A line is a sign of life.
      wanted ??= { percent: null, message: null }
    },
    progress(percent: number, message?: string) {
      const own = Math.min(100, Math.max(0, Number.isFinite(percent) ? percent : 0))
      const whole = base + (own * share) / 100
      const before = wanted?.percent ?? 0
      wanted = { percent: Math.max(before, whole), message: message ?? wanted?.message ?? null }
    },
    async busy<T>(work: Promise<T>): Promise<T> {
      asking++
      try {
        return await work
      } finally {
        asking--
      }
    },
  }

  async function each(
    paths: readonly AppPath[],
    signal: AbortSignal,
    handler: PathHandler | null,
    steps: readonly ('plan' | 'run' | 'check')[],
    failures: Map<AppPath, string>,
  ): Promise<void> {
    share = 100 / Math.max(paths.length, 1)
    for (const [index, path] of paths.entries()) {
      if (failures.has(path)) continue
      base = index * share
      const context = createContext(session, { ...job, signal }, path, sink, handler)
      try {
        for (const step of steps) await orAborted(signal, async () => path[step](context))
      } catch (error) {
        signal.throwIfAborted()
        const { sentence } = viewProblem(error)
        log('error', 'path', `${path.title}: ${sentence}`)
        failures.set(path, `${path.title}: ${sentence}`)
      } finally {
        await context.close()
      }
    }
  }

  /** All is planned before anything is written: whatever comes then, the numbers are there to add up. */
  async function planned(
    paths: readonly AppPath[],
    signal: AbortSignal,
    handler: PathHandler | null,
    steps: readonly ('run' | 'check')[],
  ): Promise<string[]> {
    const failures = new Map<AppPath, string>()
    await each(paths, signal, handler, ['plan'], failures)
    await each(paths, signal, handler, steps, failures)
    return [...failures.values()]
  }

  return {
    log,
    run: (paths, handler) => planned(paths, job.signal, handler, ['run', 'check']),
    check: (paths, signal) => planned(paths, signal, null, ['check']),
    async close() {
      clearInterval(ticker)
      await flushing
      await flush()
    },
  }
}

/** The work's own end, or the signal's: what does not listen is not waited for. */
async function orAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work(), promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
