import { must } from '../shared/assert.ts'
import { Problem, viewProblem } from '../shared/problem.ts'
import { createAccounts } from './after/accounts.ts'
import { allAfterChecks } from './after/all.ts'
import type { AfterCheck, AfterContext, MovedProject } from './after/check.ts'
import { type AfterSink, askAfter } from './after/session.ts'
import { incomplete } from './check-session.ts'
import { connectSite } from './cloud/connect.ts'
import { addPlaces, afterRows, nextPlaces, settleAfter } from './ledger/after.ts'
import { hasSent, scopeOf } from './ledger/drafts.ts'
import { logEvent } from './ledger/events.ts'
import { eachItem } from './ledger/items.ts'
import { changeMigration, getMigration, type MigrationRow } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import { verificationOf } from './ledger/verification.ts'
import type { LineParts } from './line.ts'
import type { AfterChecker, AfterProgress } from './routes/after-checker.ts'
import { reportRun } from './run-report.ts'
import { openSource } from './source-snapshot.ts'

export interface LineAfterChecker extends AfterChecker {
  /** Resolves when the asking of this migration has ended, however it ended; for a command. */
  ended(id: string): Promise<void>
  /** Ends all asking; for an agent that goes down. */
  leave(): Promise<void>
}

interface Running {
  aborter: AbortController
  done: Promise<void>
  progress: AfterProgress
}

/** Asks checks of migrations that have ended: reads the site at its pace and the snapshot, and writes to the ledger only. */
export function createAfterAsker(parts: LineParts): LineAfterChecker {
  const { db } = parts.ledger
  const running = new Map<string, Running>()

  async function ask(id: string, keys: readonly string[], one: Running): Promise<void> {
    const migration = await getMigration(db, id)
    const checks = chosen(migration, keys)
    const { signal } = one.aborter
    const snapshot = await openSource(parts, migration, { signal })
    const foreign = migration.mode === 'verify' && (await verificationOf(db, id)).foreign === 1
    const tell = (sentence: string) => {
      one.progress = { ...one.progress, sentence }
    }
    try {
      const { url, email, token } = await parts.site(migration, snapshot)
      tell('Connecting to the site.')
      const site = await connectSite({
        url,
        email,
        token,
        signal,
        pace: 'off',
        onPause: (_reason, sentence) => sentence && tell(sentence),
      })
      try {
        const context: AfterContext = {
          db,
          migrationId: id,
          read: site.read,
          snapshot,
          signal,
          siteUrl: url,
          projects: await projectsOf(db, id, foreign),
          foreign,
          accounts: createAccounts(db, id, site.read),
        }
        await askAfter(checks, context, ledgerSink(db, id, parts.now), {
          incomplete,
          onStep: tell,
          onDone: () => {
            one.progress = { ...one.progress, done: one.progress.done + 1 }
          },
        })
      } finally {
        await site.close()
      }
    } finally {
      snapshot.close()
    }
    const text = summary(await afterRows(db, id))
    await logEvent(db, {
      migrationId: id,
      at: parts.now(),
      level: 'info',
      phase: 'stage:after',
      text,
    })
    await reportRun(parts, id)
  }

  return {
    known: allAfterChecks,
    asks: (migration) => chosen(migration, []),
    async start(id, keys) {
      if (running.has(id)) return
      const unknown = keys.find((key) => !allAfterChecks.some((check) => check.key === key))
      if (unknown !== undefined)
        throw new Problem('not-found', `There is no check "${unknown}".`, {
          hint: 'Ask for the list of checks again.',
        })
      const migration = await getMigration(db, id)
      await askable(parts, migration)
      const total = chosen(migration, keys).length
      if (total === 0) throw filesOnly()
      const one: Running = {
        aborter: new AbortController(),
        done: Promise.resolve(),
        progress: { sentence: 'Starting.', done: 0, total },
      }
      running.set(id, one)
      one.done = ask(id, keys, one)
        .catch((error) => tellUnasked(parts, id, keys, error, one.aborter.signal))
        .finally(async () => {
          running.delete(id)
          // Screens that follow by cursor see that it is over.
          await changeMigration(db, id, parts.now(), {})
        })
      await changeMigration(db, id, parts.now(), {})
    },
    progress: (id) => running.get(id)?.progress ?? null,
    async stop(id) {
      const one = running.get(id)
      one?.aborter.abort()
      await one?.done
    },
    ended: async (id) => running.get(id)?.done,
    async leave() {
      for (const { aborter } of running.values()) aborter.abort()
      await Promise.all([...running.values()].map((one) => one.done))
    },
  }
}

/** Those of these checks that can be asked of a migration; none named = of all. */
function chosen(migration: MigrationRow, keys: readonly string[]): AfterCheck[] {
  const alone = scopeOf(migration).attachments === 'only'
  return allAfterChecks.filter(
    ({ key, ofFiles }) => (!keys.length || keys.includes(key)) && (!alone || ofFiles),
  )
}

const filesOnly = () =>
  new Problem(
    'not-now',
    'Only attachments moved in this migration: this check is not about them.',
    {
      hint: 'Open the migration that moved the issues, and ask it there.',
    },
  )

/** Throws not-now where there is nothing yet to ask about. */
async function askable({ ledger }: LineParts, migration: MigrationRow): Promise<void> {
  if (migration.status === 'running')
    throw new Problem('not-now', 'The migration is running: its site is not as it will be.', {
      hint: 'Wait for its end, or stop it; then ask the checks.',
    })
  const { id, mode, stage } = migration
  const there =
    mode === 'verify' ? stage === 'verified' || stage === 'reported' : await hasSent(ledger.db, id)
  if (!there)
    throw new Problem('not-now', 'Nothing of this migration is on a site yet.', {
      hint: 'Run it first; what it has moved, or verified, is then checked.',
    })
}

/** The projects that were to move, also those that failed: what is missing of them is found. */
async function projectsOf(
  db: LedgerDb,
  migrationId: string,
  foreign: boolean,
): Promise<MovedProject[]> {
  const found: MovedProject[] = []
  for await (const item of eachItem(db, migrationId, { kind: 'project' })) {
    const key = item.projectKey
    // Where files alone move, their projects are expected to be there.
    const out = item.state === 'leftOut' && item.reasonCode !== 'files-only'
    if (key === null || (out && !foreign)) continue
    // The label of a project is its key and its name.
    found.push({ sourceId: item.sourceId, key, name: item.label.slice(key.length + 1) })
  }
  return found
}

/** Answers of checks into the ledger; places are seen only once their check is settled. */
function ledgerSink(db: LedgerDb, migrationId: string, now: () => number): AfterSink {
  const generations = new Map<string, number>()
  const generationOf = async (key: string) => {
    const generation = generations.get(key) ?? (await nextPlaces(db, migrationId, key))
    generations.set(key, generation)
    return generation
  }
  return {
    places: async (key, list) => addPlaces(db, migrationId, key, await generationOf(key), list),
    settle: async (answer) => {
      const { title, group } = must(
        allAfterChecks.find(({ key }) => key === answer.key),
        answer.key,
      )
      await settleAfter(db, migrationId, {
        ...answer,
        title,
        theme: group,
        generation: await generationOf(answer.key),
        at: now(),
      })
    },
  }
}

/** The site did not answer at all, or the like: every check that was to be asked says so. */
async function tellUnasked(
  parts: LineParts,
  id: string,
  keys: readonly string[],
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  const { db } = parts.ledger
  const sink = ledgerSink(db, id, parts.now)
  for (const { key } of chosen(await getMigration(db, id), keys))
    await sink.settle({ key, ...incomplete(error), places: 0 })
  const { code, sentence, hint } = viewProblem(error)
  const text = `Checks after the migration could not be asked: ${sentence} ${hint}`
  await logEvent(db, {
    migrationId: id,
    at: parts.now(),
    level: 'error',
    phase: 'after',
    text,
    code,
  })
}

/** "Checks after the migration: 20 fine, 2 found something, 1 incomplete." */
function summary(rows: Awaited<ReturnType<typeof afterRows>>): string {
  const all = [...rows.values()]
  const fine = all.filter(({ status }) => status === 'success').length
  const found = all.filter(({ status }) => status === 'warning' || status === 'error').length
  const lost = all.length - fine - found
  const parts = [
    `${fine} fine`,
    ...(found ? [`${found} found something`] : []),
    ...(lost ? [`${lost} incomplete`] : []),
  ]
  return `Checks after the migration: ${parts.join(', ')}.`
}
