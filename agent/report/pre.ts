import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckGroup } from '../../shared/api-checks.ts'
import { checkGroups } from '../../shared/api-checks.ts'
import type { Forecast } from '../../shared/forecast.ts'
import { Problem } from '../../shared/problem.ts'
import { type CheckRow, checkRows } from '../ledger/checks.ts'
import { forecastRow } from '../ledger/forecasts.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { type AppFacts, gatherApps } from './apps.ts'
import { writeChunks } from './files.ts'
import { gatherMappings, type MappingFacts } from './mappings.ts'
import { preHtml } from './pre-html.ts'
import { frozenPreReport } from './report.ts'

/** A check as the report names it. */
export interface PreCheck extends CheckRow {
  title: string
  group: CheckGroup
}

/** All that the report before a run says. */
export interface PreFacts {
  migration: MigrationRow
  forecast: Forecast
  /** When the plan was counted, epoch ms. */
  countedAt: number
  /** What needs a person first, then in the order of the groups. */
  checks: PreCheck[]
  apps: AppFacts[]
  /** Who becomes whom; empty where the site could not be asked. */
  mappings: MappingFacts[]
  writtenAt: number
  /** Whether it is kept as the run was planned, or tells what the latest checks found. */
  frozen: boolean
}

const gravity = { error: 0, incomplete: 1, warning: 2, success: 3, pending: 4 } as const

/**
 * The report before a run: what will move, what will not and why, who becomes
 * whom, checks, requests and time; from the ledger alone.
 * @param known the checks there are, for their titles
 * @param now epoch milliseconds, for "written at"
 * @param frozen whether it is to be kept as what the run was planned by
 * @returns HTML in pieces; throws not-now before anything was checked or planned
 */
export async function preReport(
  db: LedgerDb,
  migrationId: string,
  known: readonly { key: string; title: string; group: CheckGroup }[],
  now: number,
  frozen = false,
): Promise<Generator<string>> {
  const migration = await getMigration(db, migrationId)
  const row = await needForecast(db, migrationId)
  const rows = await checkRows(db, migrationId)
  const checks = known.flatMap(({ key, title, group }) => {
    const found = rows.get(key)
    return found ? [{ ...found, title, group }] : []
  })
  return preHtml({
    migration,
    forecast: JSON.parse(row.forecastJson) as Forecast,
    countedAt: row.at,
    checks: checks.sort(
      (a, b) =>
        gravity[a.status] - gravity[b.status] ||
        checkGroups.indexOf(a.group) - checkGroups.indexOf(b.group),
    ),
    apps: await gatherApps(db, migrationId),
    mappings: await gatherMappings(db, migrationId),
    writtenAt: now,
    frozen,
  })
}

/** What the plan would do, as it was counted last; throws not-now before anything was planned. */
export async function needForecast(db: LedgerDb, migrationId: string) {
  const { id } = await getMigration(db, migrationId)
  const row = await forecastRow(db, id)
  if (row) return row
  throw new Problem('not-now', 'There is nothing to report yet: no check was asked.', {
    hint: 'Run the checks of this migration first; they make the plan that the report is about.',
  })
}

/**
 * Writes it as pre-report.html into a migration's report folder, if there is anything to say yet: it stays there as
 * what the run was planned by, whatever later checks find.
 */
export async function writePreReport(deps: {
  db: LedgerDb
  migrationId: string
  folder: string
  known: readonly { key: string; title: string; group: CheckGroup }[]
  now: number
}): Promise<void> {
  const { db, migrationId, folder, known, now } = deps
  if (!(await forecastRow(db, migrationId))) return
  const pieces = await preReport(db, migrationId, known, now, true)
  await mkdir(folder, { recursive: true })
  await writeChunks(join(folder, frozenPreReport), pieces)
}
