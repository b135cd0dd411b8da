import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { MigrationDetail, ProjectVerdictView } from '../../shared/api.ts'
import { kinds } from '../../shared/plan.ts'
import { folderParts } from '../config.ts'
import { timeline } from '../ledger/events.ts'
import { projectItems } from '../ledger/findings.ts'
import { forecastRow } from '../ledger/forecasts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { TallyTable } from '../ledger/schema.ts'
import { countsByKind, countsOf, progressOf, sentOf, tally } from '../ledger/tally.ts'

import { frozenPreReport } from '../report/report.ts'
import type { AppDeps } from './deps.ts'
import { knownFindings } from './known-findings.ts'
import { milestones } from './milestones.ts'
import { viewMigration } from './view-migration.ts'

type KindView = MigrationDetail['kinds'][number]
type ProjectView = MigrationDetail['projects'][number]

/** One migration with all that its page shows. */
export async function viewDetail(
  deps: Pick<AppDeps, 'ledger' | 'runner' | 'folder'>,
  row: MigrationRow,
): Promise<MigrationDetail> {
  const { db } = deps.ledger
  const rows = await tally(db, row.id)
  const findings = await knownFindings(db, row)
  const { events, older } = await timeline(db, row.id)
  return {
    migration: await viewMigration(deps, row),
    kinds: viewKinds(rows),
    projects: await viewProjects(db, row, rows),
    findings: findings.map(({ cause: _cause, again: _again, ...finding }) => finding),
    timeline: milestones(events),
    olderStages: older,
    reports: {
      checked: (await forecastRow(db, row.id)) !== null,
      planned: existsSync(join(folderParts(deps.folder).report(row.id), frozenPreReport)),
    },
  }
}

/** The counts of each kind that some tally rows have. */
export function viewKinds(rows: readonly TallyTable[]): KindView[] {
  const byKind = countsByKind(rows)
  return kinds.flatMap((kind) => {
    const counts = byKind[kind]
    return counts ? [{ kind, sent: sentOf(rows, kind), counts }] : []
  })
}

/** The migration's projects (or the one asked for), each with its own progress. */
export async function viewProjects(
  db: LedgerDb,
  row: MigrationRow,
  rows: readonly TallyTable[],
  only?: string,
): Promise<ProjectView[]> {
  const byProject = Map.groupBy(rows, (one) => one.projectKey)
  const people = (byProject.get('') ?? []).filter((one) => one.kind === 'user')
  const items = await projectItems(db, row.id, only)
  return items.flatMap((item) => {
    if (item.projectKey === null) return []
    const own = byProject.get(item.projectKey) ?? []
    return [viewProject(row, item.projectKey, item, own, people)]
  })
}

/** @param people all projects share the accounts */
function viewProject(
  row: MigrationRow,
  key: string,
  item: { label: string; state: string; promiseJson: string | null },
  own: readonly TallyTable[],
  people: readonly TallyTable[],
): ProjectView {
  const promise = JSON.parse(item.promiseJson ?? 'null') as { name: string } | null
  return {
    key,
    name: promise?.name ?? item.label,
    url:
      row.siteUrl && (isSeen(own) || (item.state === 'sent' && issuesAreIn(own)))
        ? `${row.siteUrl.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}`
        : null,
    people: done(row, people),
    issues: done(
      row,
      own.filter((one) => one.kind === 'issue'),
    ),
    files: done(
      row,
      own.filter((one) => one.kind === 'attachment'),
    ),
    totals: countsOf(own),
  }
}

/** A verification has read it on the site, whoever put it there. */
const isSeen = (own: readonly TallyTable[]) =>
  own.some(
    (one) => one.kind === 'project' && (one.verdict === 'verified' || one.verdict === 'different'),
  )

/** Nothing of the project's phase "issues" is still on its way, fillers included. */
const issuesAreIn = (own: readonly TallyTable[]) =>
  !own.some((one) => one.phase === 'issues' && ['planned', 'sending', 'unsure'].includes(one.state))

/** What was sent; a verification sends nothing, and what it has compared is done. */
function done({ mode }: MigrationRow, rows: readonly TallyTable[]) {
  const { sent, checked, total } = progressOf(rows)
  return { done: mode === 'verify' ? checked : sent, total }
}

/** What is known of one project of a migration. */
export async function viewProjectVerdict(
  db: LedgerDb,
  row: MigrationRow,
  projectKey: string,
): Promise<ProjectVerdictView> {
  const rows = (await tally(db, row.id)).filter(
    (one) => one.projectKey === projectKey || one.projectKey === '',
  )
  const [project] = await viewProjects(db, row, rows, projectKey)
  return {
    migration: { id: row.id, name: row.name },
    projectKey,
    project: project ?? null,
    kinds: viewKinds(rows.filter((one) => one.projectKey === projectKey)),
  }
}
