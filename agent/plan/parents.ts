import type { IssueRow } from '../../shared/issue-rows.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { Catalog } from './catalog.ts'
import { isEpicThere } from './epics.ts'

/** Which issue a sub-task belongs to: the child's id to its parent's, as the source's links have it. */
export type Parents = Map<string, string>

export function readParents(snapshot: SnapshotReader): Parents {
  const parents: Parents = new Map()
  for (const link of snapshot.rows('link'))
    if (link.relation === 'subtask' && !parents.has(link.destinationId))
      parents.set(link.destinationId, link.sourceId)
  return parents
}

/** The parent that an issue can have on the site, or why it cannot have the one that the source names. */
export function parentOf(
  issue: IssueRow,
  snapshot: SnapshotReader,
  catalog: Catalog,
  parents: Parents,
): { parent: IssueRow } | { why: string } {
  const isSubtask = (type: string | null) => catalog.types.get(type ?? '')?.subtask === true
  if (!isSubtask(issue.type)) return { why: 'its issue type is not one for sub-tasks' }
  const parentId = parents.get(issue.id)
  if (parentId === undefined) return { why: 'the source does not say whose sub-task it is' }
  const parent = snapshot.issue(parentId)
  if (!parent) return { why: 'its parent is not in the source' }
  if (parent.projectId !== issue.projectId)
    return { why: `its parent ${parent.key} is in another project` }
  if (isSubtask(parent.type)) return { why: `its parent ${parent.key} is a sub-task itself` }
  if (isEpicThere(catalog, parent.type))
    return { why: `its parent ${parent.key} is an epic, which has no sub-tasks on the site` }
  // Keys are kept by creating in rising order, and the site wants the parent to be there first.
  if (parent.number >= issue.number || parent.number < 1)
    return { why: `its parent ${parent.key} has the higher number and is created after it` }
  return { parent }
}
