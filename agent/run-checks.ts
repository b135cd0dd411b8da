import { join } from 'node:path'
import type { CheckStatus } from '../shared/api-checks.ts'
import type { PlanOptions, SiteFacts } from '../shared/plan.ts'
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
  saveForecast,
  settleCheck,
} from './ledger/checks.ts'
import { projectItems } from './ledger/findings.ts'
import type { MigrationRow, NewMigration } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import type { Line } from './line.ts'
import { allChecks } from './plan/checks/all.ts'
import type { CheckContext } from './plan/checks/check.ts'
import { type MoreReading, siteMore } from './site-more.ts'

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
      const rows = list.map(({ subject, projectKey, detail }) => ({
        subject,
        projectKey: projectKey ?? null,
        detail,
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
    files: attachments ? () => filesOnDisk(attachments) : null,
  }
}

/** What a connected site answers to checks, as if the projects that this migration made itself were not there. */
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

export async function withoutOwn(
  db: LedgerDb,
  migrationId: string,
  facts: SiteFacts,
): Promise<SiteFacts> {
  const items = await projectItems(db, migrationId)
  const own = new Set(items.flatMap((item) => (item.state === 'sent' ? [item.projectKey] : [])))
  return { ...facts, projects: facts.projects.filter(({ key }) => !own.has(key)) }
}

/** The checks of a run: they see the very plan that is written into the ledger. */
export function startRunChecks(line: Line) {
  const { db } = line.parts.ledger
  const session = createCheckSession(allChecks, ledgerSink(db, line.id, line.parts.now))
  return {
    tap: session.tap,
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
      await saveForecast(db, line.id, line.parts.now(), forecast)
      for (const { key } of await blockingChecks(db, line.id)) {
        const note = line.parts.overrides?.get(key)
        if (note === undefined) continue
        await overrideCheck(db, line.id, key, {
          note,
          who: 'the command line',
          at: line.parts.now(),
        })
        await line.log('warn', `The check ${key} was overridden: ${note}`)
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
  const rows = (await blockingChecks(db, migrationId)).filter((row) => (row.at ?? 0) >= since)
  const [first, ...more] = rows
  if (!first) return null
  const check = allChecks.find((one) => one.key === first.key)
  const others = more.length ? ` ${more.length} more checks block it too.` : ''
  const override = check?.canOverride
    ? ` If you want to run it all the same, override the check "${first.key}" with a note.`
    : ''
  return new Problem(
    'not-now',
    `The run does not begin: ${check?.title ?? first.key}. ${first.sentence}${others}`,
    { hint: `${first.hint} Then run the checks again.${override}` },
  )
}
