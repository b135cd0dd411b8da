import type { IssueRow } from '../../shared/issue-rows.ts'
import type { Kind, Phase, PlannedItem, Reason } from '../../shared/plan.ts'
import type { IssueTable, SnapshotReader, Tables } from '../../shared/record.ts'
import type { Context } from './context.ts'
import { leftOut, reason } from './item.ts'
import { unique } from './left-out.ts'
import { issuePages } from './survey.ts'

/** The per-issue tables whose rows are counted, and the kind that they count as. */
const tables = {
  comment: 'comment',
  worklog: 'worklog',
  remoteLink: 'remoteLink',
  watcher: 'watcher',
  vote: 'vote',
  changeGroup: 'history',
  fieldValue: 'fieldValue',
  label: 'fieldValue',
  attachment: 'attachment',
} as const satisfies Partial<Record<IssueTable, Kind>>
type Table = keyof typeof tables
const tableNames = Object.keys(tables) as Table[]

/** The source id of a row of a per-issue table; a watcher, a vote or a label has none of its own. */
export function rowId(row: Tables[Table]): string {
  if ('id' in row) return row.id
  return 'label' in row
    ? `label/${row.issueId}/${row.fieldId}/${row.label}`
    : `${row.issueId}/${row.user}`
}

/** The system's labels belong to the issue itself; only those of custom fields are values. */
const isPart = (row: Tables[Table]) => 'label' in row && row.fieldId === null

/** Issues that do not move, with everything that belongs to them. */
export function* stayBehind(
  context: Context,
  issues: readonly IssueRow[],
  why: (issue: IssueRow) => Reason,
): Generator<PlannedItem> {
  const byId = new Map(issues.map((issue) => [issue.id, issue]))
  for (const issue of issues) {
    const label = [issue.key, issue.summary].filter(Boolean).join(' ') || `issue ${issue.id}`
    const place = { ...at(context, issue), sourceId: issue.id, label, phase: 'issues' as const }
    yield leftOut('issue', place, why(issue))
  }
  const once = unique()
  for (const table of tableNames)
    for (const row of context.snapshot.ofIssues(table, [...byId.keys()])) {
      const issue = byId.get(row.issueId)
      if (!issue || isPart(row)) continue
      const kind = tables[table]
      const place = {
        ...at(context, issue),
        sourceId: once(kind, rowId(row)),
        label: `${kind} on ${issue.key || `issue ${issue.id}`}`,
        phase: phaseOf(table),
      }
      yield leftOut(kind, place, why(issue))
    }
}

const phaseOf = (table: Table): Phase => (table === 'attachment' ? 'files' : 'content')

function at({ projects }: Context, issue: IssueRow) {
  const projectKey = projects.get(issue.projectId)?.row.key ?? null
  return { projectKey, issueKey: issue.key || null }
}

/** The issues of projects that do not move, and issues that no project of the source has a place for. */
export function* planStayBehind(context: Context): Generator<PlannedItem> {
  const { snapshot, projects, setups } = context
  let seen = setups.reduce((sum, setup) => sum + setup.survey.issues, 0)
  for (const { row, leftOut: why } of projects.values()) {
    if (!why) continue
    for (const page of issuePages(snapshot, row.id)) {
      seen += page.length
      yield* stayBehind(context, page, () => why)
    }
  }
  if (seen < snapshot.count('issue')) yield* withoutPlace(context)
}

/** Rare and broken: looked for, issue by issue, only where the numbers do not add up. */
function* withoutPlace(context: Context): Generator<PlannedItem> {
  let some: IssueRow[] = []
  for (const issue of context.snapshot.rows('issue')) {
    if (hasPlace(context.snapshot, context.projects, issue)) continue
    some.push(issue)
    if (some.length < 200) continue
    yield* stayBehind(context, some, (issue) => whyNoPlace(context, issue))
    some = []
  }
  yield* stayBehind(context, some, (issue) => whyNoPlace(context, issue))
}

function hasPlace(snapshot: SnapshotReader, projects: Context['projects'], issue: IssueRow) {
  if (!projects.has(issue.projectId) || !(issue.number >= 1)) return false
  return snapshot.issues(issue.projectId, issue.number - 1, 1)[0]?.id === issue.id
}

function whyNoPlace({ projects }: Context, issue: IssueRow): Reason {
  if (!projects.has(issue.projectId))
    return reason('dangling', `Its project ${issue.projectId || '(none)'} is not in the source.`)
  if (!(issue.number >= 1))
    return reason('no-key', 'The source has no key for it, so it can have no place on the site.')
  return reason('key-twice', `The source has another issue with the key ${issue.key}.`)
}

/** Rows that point to an issue which the source does not have. */
export function* planOrphans({ snapshot }: Context): Generator<PlannedItem> {
  const once = unique()
  for (const table of tableNames) {
    const kind = tables[table]
    for (const row of snapshot.orphans(table)) {
      if (isPart(row)) continue
      const place = {
        sourceId: once(kind, rowId(row)),
        label: `${kind} on issue ${row.issueId}`,
        phase: phaseOf(table),
      } as const
      yield leftOut(kind, place, reason('dangling', 'Its issue is not in the source.'))
    }
  }
}
