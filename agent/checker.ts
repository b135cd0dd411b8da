import type { Mapping } from '../shared/mapping.ts'
import { Problem, viewProblem } from '../shared/problem.ts'
import { askSite } from './ask-site.ts'
import {
  type CheckSession,
  type CheckSink,
  createCheckSession,
  incomplete,
} from './check-session.ts'
import { logEvent } from './ledger/events.ts'
import { changeMigration, getMigration } from './ledger/migrations.ts'
import type { LineParts } from './line.ts'
import { createMarkup } from './markup.ts'
import { allChecks } from './plan/checks/all.ts'
import { type CheckContext, needsPlan } from './plan/checks/check.ts'
import { emptySite } from './plan/checks/empty-site.ts'
import { createMappings } from './plan/mappings.ts'
import { planAll } from './plan/plan.ts'
import { optionsOf, planOptions } from './plan-options.ts'
import type { Checker, CheckProgress } from './routes/checker.ts'
import { checkContext, keepPlan, ledgerSink, siteAnswers } from './run-checks.ts'
import type { Snapshot } from './snapshot/read.ts'
import { openSource } from './source-snapshot.ts'

export interface LineChecker extends Checker {
  /** Ends all asking; for an agent that goes down. */
  leave(): Promise<void>
}

interface Asking {
  aborter: AbortController
  progress: CheckProgress
  done: Promise<void>
}

/**
 * Asks checks of migrations that do not run: reads the source where no snapshot is there yet, asks the site, and
 * makes the plan once for the checks that watch it. Nothing is written but to the ledger.
 */
export function createChecker(parts: LineParts): LineChecker {
  const { db } = parts.ledger
  const asking = new Map<string, Asking>()

  async function ask(id: string, keys: readonly string[], one: Asking): Promise<void> {
    const { signal } = one.aborter
    const checks = allChecks.filter((check) => !keys.length || keys.includes(check.key))
    const tell = (sentence: string) => {
      one.progress = { ...one.progress, sentence }
    }
    const session = createCheckSession(checks, counting(ledgerSink(db, id, parts.now), one))
    const migration = await getMigration(db, id)
    const onProgress = ({ rows }: { rows: number }) =>
      tell(`Reading the source: ${rows.toLocaleString('en')} rows so far.`)
    const snapshot = await openSource(parts, migration, { signal, onProgress })
    try {
      tell('Asking the site.')
      const { options, answers, close } = await askSite({
        snapshot,
        signal,
        access: () => parts.site(migration, snapshot),
        options: (read) => planOptions(db, migration, read),
        fallback: () => optionsOf(migration),
        answers: (read, facts) => siteAnswers(db, id, read, facts),
      })
      try {
        const context = await checkContext({ id, parts }, migration, snapshot, options, answers)
        signal.throwIfAborted()
        await session.conclude(context, (check) => !needsPlan(check))
        if (checks.some(needsPlan)) {
          const mappings = await passPlan(session.tap, snapshot, context, signal, (items) =>
            tell(`Making the plan: ${items.toLocaleString('en')} items so far.`),
          )
          tell('Judging what the plan says.')
          await session.conclude(context)
          const latencyMs = answers.facts && answers.more.latencyMs
          const forecast = { ...session.forecast(), latencyMs }
          await keepPlan(db, id, parts.now(), forecast, answers.facts ? mappings : [])
        }
      } finally {
        await close()
      }
    } finally {
      snapshot.close()
    }
  }

  return {
    known: allChecks,
    async start(id, keys) {
      if (asking.has(id)) return
      const migration = await getMigration(db, id)
      if (migration.status === 'running')
        throw new Problem('not-now', 'The checks of a running migration cannot be asked.', {
          hint: 'It asked them itself when it began; wait for its end, or stop it.',
        })
      const unknown = keys.find((key) => !allChecks.some((check) => check.key === key))
      if (unknown !== undefined)
        throw new Problem('not-found', `There is no check "${unknown}".`, {
          hint: 'Ask for the list of checks again.',
        })
      // Of two that came at once the other has begun meanwhile.
      if (asking.has(id)) return
      const one: Asking = {
        aborter: new AbortController(),
        progress: { sentence: 'Starting.', done: 0, total: keys.length || allChecks.length },
        done: Promise.resolve(),
      }
      asking.set(id, one)
      one.done = ask(id, keys, one)
        .catch((error) => tellUnasked(parts, id, keys, error, one.aborter.signal))
        .finally(async () => {
          asking.delete(id)
          // Screens that follow by cursor see that it is over.
          await changeMigration(db, id, parts.now(), {})
        })
      await changeMigration(db, id, parts.now(), {})
    },
    progress: (id) => asking.get(id)?.progress ?? null,
    async stop(id) {
      const one = asking.get(id)
      one?.aborter.abort()
      await one?.done
    },
    async leave() {
      for (const { aborter } of asking.values()) aborter.abort()
      await Promise.all([...asking.values()].map((one) => one.done))
    },
  }
}

/** The same sink, which counts the answers that pass. */
const counting = (sink: CheckSink, one: Asking): CheckSink => ({
  offenders: sink.offenders,
  async settle(answer) {
    await sink.settle(answer)
    one.progress = { ...one.progress, done: one.progress.done + 1 }
  },
})

/** The source could not be read, or the like: every check that was to be asked says so. */
async function tellUnasked(
  parts: LineParts,
  id: string,
  keys: readonly string[],
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  const { db } = parts.ledger
  const { code, sentence, hint } = viewProblem(error)
  const sink = ledgerSink(db, id, parts.now)
  for (const { key } of allChecks)
    if (!keys.length || keys.includes(key))
      await sink.settle({ key, ...incomplete(error), offenders: 0 })
  const text = `Checks could not be asked: ${sentence} ${hint}`
  await logEvent(db, {
    migrationId: id,
    at: parts.now(),
    level: 'error',
    phase: 'check',
    text,
    code,
  })
}

/**
 * The whole plan once, for those who watch; against a fresh site where the real one does not answer.
 * @returns who becomes whom by it
 */
async function passPlan(
  tap: CheckSession['tap'],
  snapshot: Snapshot,
  context: CheckContext,
  signal: AbortSignal,
  onItems: (items: number) => void,
): Promise<Mapping[]> {
  const { options, site } = context
  const facts = site.facts ?? emptySite(snapshot)
  const markup = createMarkup()
  const mappings = createMappings(facts, options.choices)
  let n = 0
  try {
    for await (const item of tap(
      planAll(snapshot, facts, options, markup.toAdf),
      site.facts !== null,
    )) {
      mappings.see(item)
      signal.throwIfAborted()
      // The plan of what needs no converting never waits: others want their turn, too.
      n += 1
      if (n % 500 === 0) {
        onItems(n)
        await new Promise((turn) => setImmediate(turn))
      }
    }
  } finally {
    await markup.close()
  }
  return mappings.end()
}
