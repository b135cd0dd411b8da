import type { IssueRow, LinkRow } from '../../shared/issue-rows.ts'
import type { PlannedItem } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { epicOf } from './epics.ts'
import { leftOut, moved, type Place, reason } from './item.ts'
import { parentOf } from './parents.ts'

/** Sub-task links: arrive with the child, which is created under its parent. */
export function* planSubtaskLinks(context: Context): Generator<PlannedItem> {
  for (const row of context.snapshot.rows('link'))
    if (row.relation === 'subtask') yield planLink(context, row)
}

/** Links between issues, and epic links. */
export function* planLinks(context: Context): Generator<PlannedItem> {
  for (const row of context.snapshot.rows('link'))
    if (row.relation !== 'subtask') yield planLink(context, row)
}

function planLink(context: Context, row: LinkRow): PlannedItem {
  const { snapshot, projects, catalog, parents } = context
  const from = snapshot.issue(row.sourceId)
  const to = snapshot.issue(row.destinationId)
  const subtask = row.relation === 'subtask'
  const at = (subtask ? to : from) ?? from ?? to
  const projectKey = at ? (projects.get(at.projectId)?.row.key ?? null) : null
  const place = {
    sourceId: row.id,
    label: `${from?.key ?? `issue ${row.sourceId}`} → ${to?.key ?? `issue ${row.destinationId}`}`,
    projectKey,
    issueKey: at?.key ?? null,
    phase: subtask ? ('issues' as const) : ('content' as const),
    ...(subtask && projectKey ? { lane: projectKey } : {}),
  }
  const out = (code: string, text: string) => leftOut('link', place, reason(code, text))
  if (!from || !to)
    // A live source shows no link to what is not there: the other end is in a project that was not read.
    return context.info.live
      ? out('other-end-not-read', 'The other end was not read from the source.')
      : out('dangling', 'One of the two issues is not in the source.')
  for (const end of [from, to]) {
    const project = projects.get(end.projectId)
    if (!project || project.leftOut || end.number < 1)
      return out('other-end-stays', `${end.key} is not moved, so there is nothing to link to.`)
  }
  // Another program may have found a way for a child that ours has not.
  if (context.options.held && row.relation !== 'link')
    return moved('link', place, {
      type: subtask ? 'jira_subtask' : 'jira_epic',
      inwardKey: from.key,
      outwardKey: to.key,
    })
  if (row.relation === 'epic') return planEpic(context, place, from, to)
  if (subtask) {
    const found = parentOf(to, snapshot, catalog, parents)
    if ('why' in found)
      return out('subtask-alone', `${to.key} cannot be a sub-task of ${from.key}: ${found.why}.`)
    if (found.parent.id !== from.id)
      return out('second-parent', `${to.key} is a sub-task of ${found.parent.key} already.`)
    return moved('link', place, { type: 'jira_subtask', inwardKey: from.key, outwardKey: to.key })
  }
  const type = catalog.linkTypes.get(row.typeId)
  if (!type) return out('link-type-missing', 'The source does not say what kind of link it is.')
  if (type.stopped) return leftOut('link', place, type.stopped)
  if (from.id === to.id) return out('link-to-itself', 'The site does not link an issue to itself.')
  return moved('link', place, { type: type.name, inwardKey: from.key, outwardKey: to.key })
}

/** An epic becomes the parent of its issue, which the site sets when both are there. */
function planEpic(context: Context, place: Place, epic: IssueRow, child: IssueRow): PlannedItem {
  const out = (code: string, text: string) => leftOut('link', place, reason(code, text))
  const found = epicOf(child, context)
  if (found && 'why' in found)
    return out('epic-alone', `${epic.key} cannot be the parent of ${child.key}: ${found.why}.`)
  if (found?.epic.id !== epic.id)
    return out('second-parent', `${child.key} belongs to the epic ${found?.epic.key} already.`)
  return moved('link', place, { type: 'jira_epic', inwardKey: epic.key, outwardKey: child.key })
}
