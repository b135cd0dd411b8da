import type { AppCounts, AppDecision } from '../../shared/api-apps.ts'
import type { AppStatus } from '../../shared/app-status.ts'
import { appCounts, noAppCounts } from '../ledger/app-records.ts'
import { appsOf } from '../ledger/apps.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { bom, csvLines } from './csv.ts'

/** One app of the source with data: what was decided about it, and how far its data came. */
export interface AppFacts {
  key: string
  name: string
  /** Titles of the ways by which it moves; '' = there is no automated path. */
  path: string
  decision: AppDecision | null
  status: AppStatus
  percent: number
  message: string
  /** In rows of the source; all zero before it began. */
  counts: AppCounts
  firstStartedAt: number | null
  /** null before anything was done about it. */
  updatedAt: number | null
}

/** The apps of a migration by name, from the ledger; none before its checks were asked. */
export async function gatherApps(db: LedgerDb, migrationId: string): Promise<AppFacts[]> {
  const counts = await appCounts(db, migrationId)
  const rows = await appsOf(db, migrationId)
  return rows
    .map((row) => ({
      key: row.key,
      name: row.name || row.key,
      path: row.path,
      decision: row.decision,
      status: row.status,
      percent: row.percent,
      message: row.message,
      counts: counts.get(row.key) ?? noAppCounts(),
      firstStartedAt: row.firstStartedAt,
      updatedAt: row.decision === null && row.firstStartedAt === null ? null : row.updatedAt,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export const appColumns = [
  'app',
  'key',
  'path',
  'decision',
  'status',
  'percent',
  'items',
  'verified',
  'different',
  'left out',
  'failed',
  'first start',
  'last update',
  'message',
]

const iso = (at: number | null) => (at === null ? '' : new Date(at).toISOString())

/** One line an app; for people, so with the mark that Excel wants. */
export const appsCsv = (apps: readonly AppFacts[]): string =>
  bom +
  csvLines([
    appColumns,
    ...apps.map((app) => [
      app.name,
      app.key,
      app.path,
      app.decision ?? 'undecided',
      app.status,
      Math.floor(app.percent),
      app.counts.source,
      app.counts.verified,
      app.counts.different,
      app.counts.leftOut,
      app.counts.failed,
      iso(app.firstStartedAt),
      iso(app.updatedAt),
      app.message,
    ]),
  ])

/** For scripts, in run.json. */
export const appsJson = (apps: readonly AppFacts[]) =>
  apps.map(({ firstStartedAt, updatedAt, ...app }) => ({
    ...app,
    firstStartedAt: iso(firstStartedAt) || null,
    updatedAt: iso(updatedAt) || null,
  }))
