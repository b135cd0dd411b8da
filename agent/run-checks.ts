import { join } from 'node:path'
import type { CheckStatus } from '../shared/api-checks.ts'
import type { Forecast } from '../shared/forecast.ts'
import type { Mapping } from '../shared/mapping.ts'
import type { PlannedItem, PlanOptions, SiteFacts } from '../shared/plan.ts'
import { Problem } from '../shared/problem.ts'
import type { SnapshotReader } from '../shared/record.ts'
import { agentFacts, filesOnDisk } from './check-facts.ts'
import { type CheckSink, createCheckSession } from './check-session.ts'
import type { SiteReading } from './cloud/reading.ts'
import {
  addOffenders,
  blockingChecks,
  checkRows,
  nextGeneration,
  overrideCheck,
  settleCheck,
} from './ledger/checks.ts'
import { saveForecast } from './ledger/forecasts.ts'
import { saveMappings } from './ledger/mappings.ts'
import type { MigrationRow, NewMigration } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import type { Line } from './line.ts'
import { allChecks } from './plan/checks/all.ts'
import { type CheckContext, plural } from './plan/checks/check.ts'
import { createMappings } from './plan/mappings.ts'
import { type MoreReading, siteMore } from './site-more.ts'
import { withoutOwn } from './without-own.ts'

/** Answers of checks into the ledger; offenders are seen only once their check is settled. */
export function ledgerSink(db: LedgerDb, migrationId: string, now: () => number): CheckSink {
  const generations = new Map<string, number>()
  const generationOf = async (key: string) => {
    const generation = generations.get(key) ?? (await nextGeneration(db, migrationId, key))
    generations.set(key, generation)
    return generation
  }
  return {
    async offenders(key, list) {
      const rows = list.map(({ projectKey, counts = [], ...one }) => ({
        ...one,
        projectKey: projectKey ?? null,
        countsJson: counts.length > 0 ? JSON.stringify(counts) : null,
      }))
      await addOffenders(db, migrationId, key, await generationOf(key), rows)
    },
    async settle(answer) {
      const generation = await generationOf(answer.key)
      await settleCheck(db, migrationId, { ...answer, generation, at: now() })
    },
  }
}

/** What checks look at, of one migration. @param site its answers, or the problem that kept it from answering */
export async function checkContext(
  line: Pick<Line, 'id' | 'parts'>,
  migration: MigrationRow,
  snapshot: SnapshotReader,
  options: PlanOptions,
  site: CheckContext['site'],
): Promise<CheckContext> {
  const source = JSON.parse(migration.sourceJson) as NewMigration['source']
  const { kind } = JSON.parse(migration.siteJson) as NewMigration['site']
  const { attachments } = source
  const snapshotPath = join(line.parts.folder.snapshots, `${line.id}.sqlite`)
  return {
    snapshot,
    options,
    siteKind: kind,
    site,
    agent: await agentFacts(line.parts.folder.root, snapshotPath, snapshot),
    apps: (await line.parts.apps?.prepare(line.id)) ?? [],
    now: line.parts.now(),
    files: attachments ? () => filesOnDisk(attachments) : null,
  }
}

/** What a connected site answers to checks, as if what this migration sent itself were not there. */
export async function siteAnswers(
  db: LedgerDb,
  migrationId: string,
  read: MoreReading,
  facts: SiteFacts,
): Promise<CheckContext['site']> {
  return {
    facts: await withoutOwn(db, migrationId, facts),
    more: await siteMore(read),
    problem: null,
  }
}

/**
 * Writes down what a plan comes to, for the report before a run.
 * @param mappings none where the site could not be asked: a made-up one would tell people of accounts
 */
export async function keepPlan(
  db: LedgerDb,
  migrationId: string,
  at: number,
  forecast: Forecast,
  mappings: readonly Mapping[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await saveForecast(tx, migrationId, at, forecast)
    await saveMappings(tx, migrationId, mappings)
  })
}

/**
 * The checks of a run: they see the very plan that is written into the ledger.
 * @param facts what that plan knows of the site
 */
export function startRunChecks(line: Line, facts: SiteFacts, options: PlanOptions) {
  const { db } = line.parts.ledger
  const session = createCheckSession(allChecks, ledgerSink(db, line.id, line.parts.now))
  const mappings = createMappings(facts, options.choices)
  return {
    async *tap(plan: AsyncIterable<PlannedItem>): AsyncGenerator<PlannedItem> {
      for await (const item of session.tap(plan)) {
        mappings.see(item)
        yield item
      }
    },
    /** Asks all of them, once the plan has passed. @returns the Problem for which the run must not begin, or null */
    async conclude(
      migration: MigrationRow,
      snapshot: SnapshotReader,
      options: PlanOptions,
      read: SiteReading,
      facts: SiteFacts,
    ): Promise<Problem | null> {
      const site = await siteAnswers(db, line.id, read, facts)
      await session.conclude(await checkContext(line, migration, snapshot, options, site))
      const forecast = { ...session.forecast(), latencyMs: read.latencyMs() }
      await keepPlan(db, line.id, line.parts.now(), forecast, mappings.end())
      for (const { key } of await blockingChecks(db, line.id)) {
        const said = line.parts.overrides?.get(key)
        if (said === undefined) continue
        await overrideCheck(db, line.id, key, { ...said, at: line.parts.now() })
        await line.log('warn', `The check ${key} was overridden by ${said.who}: ${said.note}`, {
          code: 'check-overridden',
        })
      }
      await line.log('info', summary(await checkRows(db, line.id)))
      return blocked(db, line.id)
    },
  }
}

/** "Checks: 31 fine, 3 warnings, 1 error." */
function summary(rows: ReadonlyMap<string, { status: CheckStatus }>): string {
  const count = (status: CheckStatus) =>
    [...rows.values()].filter((row) => row.status === status).length
  const parts = (
    [
      ['success', 'fine', 'fine'],
      ['warning', 'warning', 'warnings'],
      ['error', 'error', 'errors'],
      ['incomplete', 'incomplete', 'incomplete'],
    ] as const
  ).flatMap(([status, one, many]) => {
    const n = count(status)
    return n ? [`${n} ${n === 1 ? one : many}`] : []
  })
  return `Checks: ${parts.join(', ')}.`
}

/** The Problem that names the first check which blocks a run; null when none does. */
export async function blocked(
  db: LedgerDb,
  migrationId: string,
  since = 0,
): Promise<Problem | null> {
  const [first, ...more] = await blockingChecks(db, migrationId, since)
  if (!first) return null
  const check = allChecks.find((one) => one.key === first.key)
  const others = more.length
    ? ` ${plural(more.length, 'more check blocks', 'more checks block')} it, too.`
    : ''
  const override = check?.canOverride
    ? ` If you want to run it all the same, override the check "${first.key}" with a note.`
    : ''
  return new Problem(
    'not-now',
    `The run does not begin: ${check?.title ?? first.key}. ${first.sentence}${others}`,
    { hint: `${first.hint} Then run the checks again.${override}` },
  )
}
