import type { AppLogLine } from '../../shared/api-apps.ts'
import { viewProblem } from '../../shared/problem.ts'
import { advanceApp } from '../ledger/apps.ts'
import { createContext } from './context.ts'
import { createLogBuffer } from './log-buffer.ts'
import { Broken } from './move.ts'
import type { PathHandler } from './path.ts'
import type { Told } from './path-protocol.ts'
import { openThread, type PathThread } from './path-thread.ts'
import type { KnownPath } from './registry.ts'
import type { AppJob, Session } from './session.ts'

/** How often progress and log lines are written down, in milliseconds. */
const flushMs = 250

/** Walks an app along its paths, and stands between them and everything else. */
export interface Walk {
  log(level: AppLogLine['level'], event: string, message: string): void
  /**
   * Plans, runs and checks each path in a thread beside the agent's own. A path that throws, leaks or dies is
   * logged, and the next one has its turn; one that does not come back is ended as soon as the signal is
   * aborted. Never throws but the signal's reason.
   * @returns the sentences of those that threw
   */
  run(paths: readonly KnownPath[], handler: PathHandler | null): Promise<string[]>
  /** Only reads back what was sent. signal: its own, as the job's is aborted by then. */
  check(paths: readonly KnownPath[], signal: AbortSignal): Promise<string[]>
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

  const hear = ({ lines, lost, progress }: Told) => {
    buffer.lost(lost)
    for (const { level, event, message } of lines) sink.log(level, event, message)
    if (progress) sink.progress(progress.percent, progress.message)
  }

  /** One thread at a time. Ours share it; a customer's path gets one that nobody else was or will be in. */
  let thread: { own: boolean; opened: PathThread } | null = null
  async function threadFor(path: KnownPath): Promise<PathThread> {
    if (thread && path.own && thread.own && thread.opened.alive()) return thread.opened
    await thread?.opened.close()
    thread = { own: path.own, opened: openThread() }
    return thread.opened
  }

  async function each(
    paths: readonly KnownPath[],
    signal: AbortSignal,
    handler: PathHandler | null,
    steps: readonly ('plan' | 'run' | 'check')[],
    failures: Map<KnownPath, string>,
  ): Promise<void> {
    share = 100 / Math.max(paths.length, 1)
    for (const [index, path] of paths.entries()) {
      if (failures.has(path)) continue
      base = index * share
      const context = createContext(session, { ...job, signal }, path, sink, handler)
      const { app, decision, transferId, handler: door } = context
      const about = { app, decision, transferId, hasHandler: door !== null }
      try {
        signal.throwIfAborted()
        const given = await threadFor(path)
        await given.work({ file: path.file, steps, ...about }, context, hear, mayTidyUp)
      } catch (error) {
        signal.throwIfAborted()
        const { sentence } = viewProblem(error)
        log('error', 'path', `${path.title}: ${sentence}`)
        failures.set(path, `${path.title}: ${sentence}`)
      } finally {
        // Nothing that a customer's path left behind goes on.
        if (!path.own) await thread?.opened.close()
        await context.close()
      }
    }
  }

  /** All is planned before anything is written: whatever comes then, the numbers are there to add up. */
  async function planned(
    paths: readonly KnownPath[],
    signal: AbortSignal,
    handler: PathHandler | null,
    steps: readonly ('run' | 'check')[],
  ): Promise<string[]> {
    const failures = new Map<KnownPath, string>()
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
      await thread?.opened.close()
    },
  }
}

/** A cancel leaves a moment to tidy up; after a time-out, or when the agent leaves, there is none. */
const mayTidyUp = (reason: unknown) => reason instanceof Broken && reason.why === 'cancel'
