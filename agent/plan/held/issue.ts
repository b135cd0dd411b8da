import type { IssueRow } from '../../../shared/issue-rows.ts'
import type { PlannedItem, Promises } from '../../../shared/plan.ts'
import type { Context } from '../context.ts'
import type { IssueParts } from '../issue.ts'
import { moved } from '../item.ts'
import { origin } from '../origin.ts'
import { heldPerson, ownNames } from './words.ts'

/** An issue as the source held it: no line of ours in its text, nobody standing in for somebody. */
export async function heldIssue(
  context: Context,
  row: IssueRow,
  parts: IssueParts,
): Promise<PlannedItem> {
  const { times, projects } = context
  const names = ownNames(context)
  const where = { projectId: row.projectId }
  const [description, environment] = await Promise.all([
    context.texts.convert({ ...where, field: 'description' }, row.description, [], []),
    context.texts.convert({ ...where, field: 'environment' }, row.environment, [], []),
  ])
  const [reporter, assignee] = [
    heldPerson(context, row.reporter),
    heldPerson(context, row.assignee),
  ]
  const isSubtask = context.catalog.types.get(row.type ?? '')?.subtask === true
  const parentKey = parentKeyOf(context, row)
  const summary = (row.summary ?? '').replace(/\s*[\r\n]\s*/g, ' ').trim()
  const promise: Promises['issue'] = {
    key: row.key,
    number: row.number,
    // No site has a sub-task without a parent: what it became there is not ours to say.
    issueType: isSubtask && !parentKey ? '' : (names.types.get(row.type ?? '') ?? ''),
    parentKey,
    summary,
    description: description[0] ?? null,
    environment: environment[0] ?? null,
    priority: names.priorities.get(row.priority ?? '') ?? null,
    reporterAccountId: reporter?.accountId ?? null,
    assigneeAccountId: assignee?.accountId ?? null,
    ...parts,
    duedate: times.day(row.due),
    originalEstimateSeconds: row.originalEstimate,
    remainingEstimateSeconds: row.remainingEstimate,
    status: names.statuses.get(row.status ?? '') ?? '',
    resolution: names.resolutions.get(row.resolution ?? '') ?? null,
    origin: origin(context, 'issue', row.id, { key: row.key }),
    held: {
      reporter,
      assignee,
      creator: heldPerson(context, row.creator),
      created: times.iso(row.created),
      updated: times.iso(row.updated),
      resolved: times.iso(row.resolved),
    },
  }
  const projectKey = projects.get(row.projectId)?.row.key ?? null
  return moved(
    'issue',
    {
      sourceId: row.id,
      label: `${row.key} ${summary}`.trim(),
      projectKey,
      issueKey: row.key,
      phase: 'issues',
      ...(projectKey ? { lane: projectKey } : {}),
    },
    promise,
  )
}

/** Sub-tasks have their parent's key, others their epic's, if those are in the source and move. */
function parentKeyOf({ snapshot, parents, epics, projects }: Context, row: IssueRow) {
  const id = parents.get(row.id) ?? epics.get(row.id)
  const parent = id === undefined ? null : snapshot.issue(id)
  return parent && projects.get(parent.projectId)?.leftOut === null ? parent.key : null
}
