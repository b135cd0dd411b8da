import type { IssueRow } from '../../shared/issue-rows.ts'
import type { AdfNode, PlannedItem, Promises, Reason } from '../../shared/plan.ts'
import { cleanText, paragraph, text } from './adf.ts'
import type { Context } from './context.ts'
import { epicOf } from './epics.ts'
import { moved, reason } from './item.ts'
import { cut } from './names.ts'
import { noteFor } from './notes.ts'
import { origin } from './origin.ts'
import { parentOf } from './parents.ts'
import { nameLeftOut } from './people.ts'
import type { Setup } from './setup.ts'

/** What belongs to one issue beside its row, read for a page of issues at once. */
export interface IssueParts {
  labels: string[]
  components: string[]
  fixVersions: string[]
  versions: string[]
}

/** An issue, and notes for what its texts are too long to hold. */
export async function planIssue(
  context: Context,
  setup: Setup,
  row: IssueRow,
  parts: IssueParts,
): Promise<PlannedItem[]> {
  const { times } = context
  const losses: Reason[] = []
  const summary = summaryOf(row, losses)
  const head: (string | AdfNode)[] = [headOf(context, row)]
  if (summary.whole) head.push(paragraph(text(summary.whole, 'strong')))
  const where = { projectId: row.projectId }
  const [description, environment] = await Promise.all([
    context.texts.convert({ ...where, field: 'description' }, row.description, head, losses),
    context.texts.convert({ ...where, field: 'environment' }, row.environment, [], losses),
  ])
  const people = peopleOf(context, row, losses)
  if (row.security)
    losses.push(
      reason(
        'security-level',
        'The issue has a security level: on the site everybody who can see the project can see it.',
      ),
    )
  if (row.archived)
    losses.push(reason('archived', 'The issue was archived; on the site it is open.'))
  const promise: Promises['issue'] = {
    key: row.key,
    number: row.number,
    ...typeOf(context, setup, row, losses),
    summary: summary.line,
    description: description[0] ?? null,
    environment: environment[0] ?? null,
    priority: priorityOf(context, setup, row, losses),
    ...people,
    ...parts,
    labels: labelsOf(parts.labels, losses),
    duedate: times.day(row.due),
    ...estimatesOf(row, losses),
    ...statusOf(context, setup, row, losses),
    origin: origin(context, 'issue', row.id, {
      key: row.key,
      created: times.iso(row.created),
      updated: times.iso(row.updated),
      resolved: times.iso(row.resolved),
      creator: context.people.of(row.creator)?.displayName,
      reporter: context.people.of(row.reporter)?.displayName,
      assignee: context.people.of(row.assignee)?.displayName,
    }),
  }
  const place = {
    sourceId: row.id,
    label: `${row.key} ${promise.summary}`,
    projectKey: setup.plan.row.key,
    issueKey: row.key,
    phase: 'issues' as const,
    lane: setup.plan.row.key,
  }
  const notes = [
    ...description.slice(1).map((rest, i) => noteFor(context, row, `description/${i + 1}`, rest)),
    ...environment.slice(1).map((rest, i) => noteFor(context, row, `environment/${i + 1}`, rest)),
  ]
  return [moved('issue', place, promise, losses), ...notes]
}

function summaryOf(row: IssueRow, losses: Reason[]): { line: string; whole: string | null } {
  const line = cleanText(row.summary ?? '')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  if (line === '') {
    losses.push(reason('no-summary', 'The issue has no summary, which the site does not allow.'))
    return { line: '(no summary)', whole: null }
  }
  // 255 characters is Jira's limit for a summary.
  if (line.length <= 255) return { line, whole: null }
  losses.push(
    reason(
      'summary-cut',
      'The summary is longer than 255 characters: all of it stands first in the description.',
    ),
  )
  return { line: cut(line, 255), whole: line }
}

function headOf({ people, times }: Context, row: IssueRow): string {
  const reporter = people.of(row.reporter)?.displayName
  const creator = people.of(row.creator)?.displayName
  const created = times.person(row.created)
  const by = reporter ?? creator ?? 'an anonymous user'
  const line = `Created ${created ? `${created} ` : ''}by ${by}`
  const through = creator && reporter && creator !== reporter ? ` (entered by ${creator})` : ''
  const resolved = times.person(row.resolved)
  return `${line}${through}${resolved ? ` · resolved ${resolved}` : ''}`
}

function peopleOf({ people, site }: Context, row: IssueRow, losses: Reason[]) {
  const reporter = people.of(row.reporter)
  const assignee = people.of(row.assignee)
  if (!reporter)
    losses.push(
      reason(
        'reporter-anonymous',
        `Nobody reported it: ${site.me.displayName} stands as reporter.`,
      ),
    )
  else if (!reporter.accountId && !reporter.leftOut)
    losses.push(
      reason(
        'reporter-as-text',
        `${reporter.displayName} has no account: ${site.me.displayName} stands as reporter, the name in the first line.`,
      ),
    )
  if (assignee && !assignee.accountId)
    losses.push(
      reason('assignee-lost', `${assignee.displayName} has no account: nobody is assigned.`),
    )
  const leftOut = [
    ...(reporter?.leftOut ? ['reporter'] : []),
    ...(people.of(row.creator)?.leftOut ? ['creator'] : []),
    ...(assignee?.leftOut ? ['assignee'] : []),
  ]
  if (leftOut.length > 0) losses.push(nameLeftOut(`Its ${leftOut.join(' and ')}`))
  return {
    reporterAccountId: reporter?.accountId ?? site.me.accountId,
    assigneeAccountId: assignee?.accountId ?? null,
  }
}

function typeOf(context: Context, setup: Setup, row: IssueRow, losses: Reason[]) {
  const { catalog, snapshot, parents } = context
  const type = catalog.types.get(row.type ?? '')
  if (!type) {
    const what = row.type ? `type ${row.type}, which the source does not have` : 'no type'
    losses.push(
      reason(absent('type', row.type), `It has ${what}: it becomes a ${setup.defaultType}.`),
    )
    return { issueType: setup.defaultType, parentKey: null }
  }
  if (!type.subtask) {
    const found = epicOf(row, context)
    const epicKey = found && 'epic' in found ? found.epic.key : null
    return { issueType: type.name, parentKey: null, ...(epicKey ? { epicKey } : {}) }
  }
  const found = parentOf(row, snapshot, catalog, parents)
  if ('parent' in found) return { issueType: type.name, parentKey: found.parent.key }
  losses.push(
    reason(
      'subtask-alone',
      `It cannot be a sub-task: ${found.why}. It becomes a ${setup.defaultType}.`,
    ),
  )
  return { issueType: setup.defaultType, parentKey: null }
}

/** Nothing was ever set, or what was set is not in the source: only the second is a fault of the source. */
const absences = {
  type: { code: 'type-missing', dangling: 'type-dangling' },
  priority: { code: 'priority-missing', dangling: 'priority-dangling' },
  status: { code: 'status-missing', dangling: 'status-dangling' },
}
const absent = (what: keyof typeof absences, id: string | null) =>
  id ? absences[what].dangling : absences[what].code

function priorityOf({ catalog }: Context, setup: Setup, row: IssueRow, losses: Reason[]) {
  const priority = catalog.priorities.get(row.priority ?? '')
  if (priority) return priority.name
  const what = row.priority ? `priority ${row.priority}, which the source does not have` : 'none'
  if (setup.priority)
    losses.push(
      reason(
        absent('priority', row.priority),
        `Every issue of the site has a priority, it has ${what}: it becomes ${setup.priority}.`,
      ),
    )
  return setup.priority
}

function statusOf({ catalog }: Context, setup: Setup, row: IssueRow, losses: Reason[]) {
  const status = catalog.statuses.get(row.status ?? '')
  if (!status) {
    const what = row.status ? `status ${row.status}, which the source does not have` : 'no status'
    losses.push(
      reason(absent('status', row.status), `It has ${what}: it stays in ${setup.initial}.`),
    )
  }
  const resolution = catalog.resolutions.get(row.resolution ?? '')
  if (row.resolution && !resolution)
    losses.push(
      reason('resolution-missing', `The source does not have its resolution ${row.resolution}.`),
    )
  return { status: status?.name ?? setup.initial, resolution: resolution?.name ?? null }
}

/** A new issue that is given only one of its two estimates gets that for both: so Jira does it. */
function estimatesOf(row: IssueRow, losses: Reason[]) {
  const originalEstimate = notNegative(row.originalEstimate)
  const remainingEstimate = notNegative(row.remainingEstimate)
  if (originalEstimate !== row.originalEstimate || remainingEstimate !== row.remainingEstimate)
    losses.push(
      reason('estimate-negative', 'An estimate of less than no time becomes no estimate.'),
    )
  const given = originalEstimate ?? remainingEstimate
  if (given === null || (originalEstimate !== null && remainingEstimate !== null))
    return {
      originalEstimateSeconds: originalEstimate,
      remainingEstimateSeconds: remainingEstimate,
    }
  // Nothing remaining of nothing estimated: no estimate says the same.
  if (given === 0) {
    losses.push(reason('estimate-of-nothing', 'An estimate of no time becomes no estimate.'))
    return { originalEstimateSeconds: null, remainingEstimateSeconds: null }
  }
  losses.push(
    reason(
      'one-estimate',
      'It had only one of original and remaining estimate: the site has it for both.',
    ),
  )
  return { originalEstimateSeconds: given, remainingEstimateSeconds: given }
}

const notNegative = (seconds: number | null) => (seconds !== null && seconds < 0 ? null : seconds)

/** Labels have no spaces and at most 255 characters on the site. */
function labelsOf(labels: string[], losses: Reason[]): string[] {
  const clean = labels.map((label) => cut(cleanText(label).trim().replace(/\s+/g, '_'), 255))
  const changed = labels.filter((label, i) => clean[i] !== label)
  if (changed.length > 0)
    losses.push(
      reason('label-changed', `Labels have no spaces on the site: ${changed.join(', ')}.`),
    )
  return [...new Set(clean)].filter((label) => label !== '').sort()
}
