import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { afterChecksCsv, afterPlacesCsv, checklistCsv } from './after.ts'
import { appsCsv } from './apps.ts'
import { errorsLog } from './errors-log.ts'
import { gatherFacts, type Loss } from './facts.ts'
import { writeChunks, writeZip } from './files.ts'
import { reportHtml } from './html.ts'
import { idMappingsCsv } from './id-mappings.ts'
import { itemsCsv } from './items-csv.ts'
import { mappingsCsv } from './mappings.ts'
import { errorsReadme, readmeText } from './readme.ts'
import { repairsCsv } from './repairs-csv.ts'
import { runJson } from './run-json.ts'
import { strangersCsv } from './strangers.ts'
import { attentionCsv, projectsCsv, summaryCsv } from './tables.ts'

/** The files of a report, as they lie in its folder and in its zip. */
export const reportFiles = [
  'README.txt',
  'report.html',
  'summary.csv',
  'summary-by-project.csv',
  'requires-attention.csv',
  'items.csv',
  'mappings.csv',
  'apps.csv',
  'repairs.csv',
  'after-checks.csv',
  'after-places.csv',
  'checklist.csv',
  'id-mappings.csv',
  'strangers.csv',
  'errors.log',
  'run.json',
] as const

/** The report before the run, as it was when the run was planned: it lies there, or there was no plan. */
export const frozenPreReport = 'pre-report.html'

/** The error log by itself, packed with what its lines mean; it lies beside the zip with all the files. */
export const errorsZip = 'errors.zip'

export interface ReportFiles {
  folder: string
  /** The path of the zip with all the files. */
  zip: string
  files: readonly string[]
}

/** Reports being written, by folder: the run and a download may want the same one at the same time. */
const writing = new Map<string, Promise<unknown>>()

/**
 * Writes the report of a migration into a folder (made if need be), from the ledger alone. It can be
 * written at any time; of a migration that still runs it says how far things are.
 * @param now epoch milliseconds, for "written at" and the zip's name
 */
export function writeReport(deps: {
  db: LedgerDb
  migrationId: string
  folder: string
  now: number
}): Promise<ReportFiles> {
  const folder = resolve(deps.folder)
  // After the one before, however it ended: its caller hears of its error.
  const before = writing.get(folder)?.catch(() => undefined) ?? Promise.resolve()
  const mine = before.then(() => write({ ...deps, folder }))
  writing.set(folder, mine)
  return mine.finally(() => {
    if (writing.get(folder) === mine) writing.delete(folder)
  })
}

async function write(deps: {
  db: LedgerDb
  migrationId: string
  folder: string
  now: number
}): Promise<ReportFiles> {
  const { db, migrationId, folder, now } = deps
  const migration = await getMigration(db, migrationId)
  await mkdir(folder, { recursive: true })
  const file = (name: (typeof reportFiles)[number], chunks: AsyncIterable<string> | string[]) =>
    writeChunks(join(folder, name), chunks)

  const losses = new Map<string, Loss>()
  await file('items.csv', itemsCsv(db, migrationId, losses))
  await file('id-mappings.csv', idMappingsCsv(db, migrationId))
  await file('strangers.csv', strangersCsv(db, migrationId))
  await file('mappings.csv', mappingsCsv(db, migrationId))
  await file('errors.log', errorsLog(db, migrationId, migration.finishedAt ?? now))

  const facts = await gatherFacts(db, migrationId, [...losses.values()], now)
  const zip = zipName(migration, now)
  await file('README.txt', [readmeText(facts)])
  await file('summary.csv', [summaryCsv(facts)])
  await file('summary-by-project.csv', [projectsCsv(facts)])
  await file('requires-attention.csv', [attentionCsv(facts)])
  await file('apps.csv', [appsCsv(facts.apps)])
  await file('repairs.csv', repairsCsv(db, migrationId))
  await file('after-checks.csv', [afterChecksCsv(facts.after)])
  await file('after-places.csv', afterPlacesCsv(db, migrationId, facts.after))
  await file('checklist.csv', [checklistCsv(facts.after)])
  await file('report.html', [...reportHtml(facts)])
  // A zip of the same name and an earlier state must not be found beside the new run.json.
  await rm(join(folder, zip), { force: true })
  const frozen = existsSync(join(folder, frozenPreReport)) ? [frozenPreReport] : []
  const files = [...reportFiles, ...frozen]
  await file('run.json', [runJson(facts, zip, files)])
  await writeZip(folder, errorsZip, ['errors.log'], now, {
    'README.txt': errorsReadme(migration.name, now),
  })
  await writeZip(folder, zip, files, now)
  return { folder, zip: join(folder, zip), files }
}

/** landfall-report-payments-to-acme-2026-11-23.zip: what a file name may hold on any system. */
function zipName(migration: MigrationRow, now: number): string {
  const name = migration.name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `landfall-report-${name || migration.id}-${new Date(now).toISOString().slice(0, 10)}.zip`
}
