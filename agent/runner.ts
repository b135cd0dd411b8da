import { Problem, viewProblem } from '../shared/problem.ts'
import type { PauseReason } from '../shared/status.ts'
import { endOpenApps } from './ledger/apps.ts'
import { logEvent } from './ledger/events.ts'
import { judge } from './ledger/judgement.ts'
import {
  changeMigration,
  getMigration,
  type MigrationRow,
  moveMigration,
} from './ledger/migrations.ts'
import { type FailedCause, retryFailed } from './ledger/retry.ts'
import { progressOf, tally } from './ledger/tally.ts'
import type { LineParts } from './line.ts'
import { createMeter, type Meter } from './meter.ts'
import { type Control, createControl } from './push/control.ts'
import type { Checker } from './routes/checker.ts'
import type { Runner } from './routes/runner.ts'
import { dryRun, runLine } from './run.ts'
import { blocked } from './run-checks.ts'
import { reportRun } from './run-report.ts'
import { createSampler, type Sampler } from './sampler.ts'
import { sayLost } from './say-lost.ts'

/** How often a running migration says anew how far it is. */
const tellEveryMs = 500
/** Ticks that lie further apart are no work between them: the machine slept, or its clock was moved. Milliseconds. */
const longestTickMs = 60_000

/**
 * What was worked since the last tick, in milliseconds, without what was held; the tick is now.
 * @param now the clock, epoch ms; it may have been set back
 */
export function sinceTick(
  entry: Pick<Running, 'tickAt' | 'heldMs'> & { control: Pick<Control, 'heldMs'> },
  now: number,
): number {
  const heldMs = entry.control.heldMs()
  const passed = now - entry.tickAt
  const worked = passed - (heldMs - entry.heldMs)
  Object.assign(entry, { tickAt: now, heldMs })
  return passed < 0 || passed > longestTickMs ? 0 : Math.max(0, worked)
}
/** What a run that a person stopped leaves behind. */
const stoppedWords = {
  move: 'Stopped by you. What was sent stays on the site; a new run goes on from here.',
  verify: 'Stopped by you. What was compared keeps its verdict; verifying again goes on from here.',
}

interface Running {
  control: Control
  meter: Meter
  sampler: Sampler
  done: Promise<void>
  /** What it has worked by the last tick, ms; null until what the runs before it had is read. */
  workedMs: number | null
  /** The clock at that tick, and how long the run had been held by then, ms. */
  tickAt: number
  heldMs: number
  /** The agent itself is going down: the migration stays running and goes on at the next start. */
  leaving: boolean
}

export interface LineRunner extends Runner {
  /** Resolves when this run has ended, however it ended. */
  ended(id: string): Promise<void>
  /** Goes on with every migration that was running when the agent died or was stopped. */
  resumeAll(): Promise<void>
  /** Stops between batches and leaves the migrations as running, for the next start. */
  leave(): Promise<void>
}

/**
 * Carries out migrations, each by its own line; what it knows it reads from the ledger.
 * @param options.checker whose asking ends when a run begins
 */
export function createRunner(
  parts: LineParts,
  options: { dry?: boolean; checker?: Checker } = {},
): LineRunner {
  const { db } = parts.ledger
  const running = new Map<string, Running>()

  async function begin(id: string): Promise<void> {
    const tellHeld = (reasons: readonly PauseReason[]) =>
      changeMigration(db, id, parts.now(), { pausedByJson: JSON.stringify(reasons) })
    const control = createControl((reasons) => {
      tellHeld(reasons).catch((error: unknown) => sayLost(parts.folder.root, error))
    }, parts.now)
    // Whoever held it before the agent was stopped holds it still; what else held it is found out anew.
    const { pausedByJson } = await getMigration(db, id)
    if ((JSON.parse(pausedByJson) as PauseReason[]).includes('by you')) control.hold('by you')
    else if (pausedByJson !== '[]') await tellHeld([])
    const meter = createMeter()
    const sampler = createSampler(db, parts.now)
    const ticks = { workedMs: null, tickAt: parts.now(), heldMs: 0 }
    const done = Promise.resolve()
    const entry: Running = { control, meter, sampler, ...ticks, done, leaving: false }
    running.set(id, entry)
    entry.done = carryOut(id, entry)
      .catch((error: unknown) => sayLost(parts.folder.root, error))
      .finally(() => running.delete(id))
  }

  async function carryOut(id: string, entry: Running): Promise<void> {
    let telling = Promise.resolve()
    const ticker = setInterval(() => {
      telling = tell(id, entry).catch((error: unknown) => sayLost(parts.folder.root, error))
    }, tellEveryMs)
    try {
      const watched = { ...parts, onSite: entry.sampler.site }
      await (options.dry ? dryRun : runLine)(watched, id, entry.control)
      // A run that is over before the first tick has still done something.
      await tell(id, entry)
      await conclude(id)
    } catch (error) {
      await afterThrow(id, entry, error)
    } finally {
      clearInterval(ticker)
      await telling
      await tell(id, entry, true)
      if (!entry.leaving) await reportRun(parts, id)
    }
  }

  async function tell(id: string, entry: Running, last = false): Promise<void> {
    const migration = await getMigration(db, id)
    const { sent, checked, total } = progressOf(await tally(db, id))
    const verifying = migration.activity === 'verifying'
    entry.meter.sample(parts.now(), verifying ? checked : sent, total)
    await entry.sampler.take(migration, sent, checked, last)
    // Kept with each tick, so that an agent that dies loses none but the last.
    const workedMs =
      (entry.workedMs ?? Math.max(0, migration.workedMs)) + sinceTick(entry, parts.now())
    entry.workedMs = workedMs
    if (last || migration.status === 'running')
      await changeMigration(db, id, parts.now(), { workedMs })
  }

  /** All that could be done is done: the verdicts say how it ended. */
  async function conclude(id: string): Promise<void> {
    if (options.dry) {
      const sentence = 'Planned only; nothing was written to the site.'
      return moveMigration(db, id, 'finishIncomplete', parts.now(), {
        activity: 'idle',
        sentence,
        reason: 'Dry run.',
        finishedAt: parts.now(),
      })
    }
    const { clean, sentence } = await judge(db, id)
    await moveMigration(db, id, clean ? 'finish' : 'finishIncomplete', parts.now(), {
      activity: 'idle',
      pausedByJson: '[]',
      sentence,
      reason: clean ? null : 'Some items need you: see Needs attention.',
      stage: 'reported',
      finishedAt: parts.now(),
    })
    await logEvent(db, {
      migrationId: id,
      at: parts.now(),
      ...(clean ? { level: 'info' } : { level: 'warn', code: 'run-incomplete' }),
      phase: 'stage:end',
      text: sentence,
    })
  }

  async function afterThrow(id: string, entry: Running, error: unknown): Promise<void> {
    const at = parts.now()
    if (entry.leaving)
      return changeMigration(db, id, at, {
        activity: 'idle',
        sentence: 'The agent was stopped; the run goes on when it starts again.',
      })
    const stopped = entry.control.signal.aborted
    await endOpenApps(db, id, at, 'The run ended before it; Re-run goes on from where it was.')
    const problem = stopped ? null : viewProblem(error)
    const { mode } = await getMigration(db, id)
    const sentence = stopped ? stoppedWords[mode] : (problem?.sentence ?? '')
    const { sent } = progressOf(await tally(db, id))
    const move = stopped || sent > 0 ? 'finishIncomplete' : 'fail'
    await moveMigration(db, id, move, at, {
      activity: 'idle',
      pausedByJson: '[]',
      sentence,
      reason: stopped ? 'Stopped by you.' : sentence,
      problemJson: problem ? JSON.stringify(problem) : null,
      finishedAt: at,
    })
    await logEvent(db, {
      migrationId: id,
      at,
      ...(problem
        ? { level: 'error', code: problem.code }
        : { level: 'warn', code: 'run-stopped' }),
      phase: 'stage:end',
      text: problem ? `${problem.sentence} ${problem.hint}` : sentence,
    })
  }

  const entryOf = (id: string): Running => {
    const entry = running.get(id)
    if (!entry)
      throw new Problem('not-now', 'This migration is not running.', { hint: 'Run it first.' })
    return entry
  }

  return {
    async start(id, only = null) {
      if (running.has(id))
        throw new Problem('not-now', 'This migration is running already.', {
          hint: 'Wait for its end, or stop it.',
        })
      await options.checker?.stop(id)
      const migration = await getMigration(db, id)
      // What a run itself found blocks no other: that one asks anew. What was asked since then does.
      const problem = await blocked(db, id, (migration.finishedAt ?? -1) + 1)
      if (problem) throw problem
      const stage = await stageForRun(parts, migration, only)
      await moveMigration(db, id, 'run', parts.now(), {
        activity: 'checking',
        stage,
        problemJson: null,
        reason: null,
        pausedByJson: '[]',
        sentence: 'Starting.',
        runs: migration.runs + 1,
        startedAt: migration.startedAt ?? parts.now(),
        finishedAt: null,
      })
      await begin(id)
    },
    async pause(id) {
      entryOf(id).control.hold('by you')
    },
    async resume(id) {
      entryOf(id).control.release('by you')
    },
    async stop(id) {
      const entry = entryOf(id)
      await changeMigration(db, id, parts.now(), {
        activity: 'stopping',
        sentence: 'Stopping after the requests that are under way.',
      })
      entry.control.stop()
    },
    running: () => [...running.keys()],
    rate: (id) => running.get(id)?.meter.rate() ?? { perMinute: null, secondsLeft: null },
    ended: async (id) => running.get(id)?.done,
    async resumeAll() {
      const rows = await db
        .selectFrom('migration')
        .select('id')
        .where('status', '=', 'running')
        .execute()
      for (const { id } of rows) if (!running.has(id)) await begin(id)
    },
    async leave() {
      for (const entry of running.values()) {
        entry.leaving = true
        entry.control.stop()
      }
      await Promise.all([...running.values()].map((entry) => entry.done))
    },
  }
}

/** Where a new run begins: what failed is tried again, and what was sent is read back anew. */
async function stageForRun(
  parts: LineParts,
  migration: MigrationRow,
  only: FailedCause | null,
): Promise<MigrationRow['stage']> {
  if (migration.stage === 'new' || migration.stage === 'read' || migration.mode === 'verify')
    return migration.stage
  await retryFailed(parts.ledger.db, migration.id, only)
  return 'planned'
}
