import type { IssueRow } from '../../shared/issue-rows.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { Catalog } from './catalog.ts'
import type { ProjectPlan } from './projects.ts'

/** Which epic an issue belongs to: the child's id to its epic's, as the source's links have it. */
export type Epics = Map<string, string>

export function readEpics(snapshot: SnapshotReader): Epics {
  const epics: Epics = new Map()
  for (const link of snapshot.rows('link'))
    if (link.relation === 'epic' && !epics.has(link.destinationId))
      epics.set(link.destinationId, link.sourceId)
  return epics
}

export interface EpicContext {
  snapshot: SnapshotReader
  catalog: Catalog
  epics: Epics
  projects: ReadonlyMap<string, ProjectPlan>
}

/** On a site epics are one level above stories, and sub-tasks one below (API document, hierarchyLevel). */
export const isEpicThere = (catalog: Catalog, type: string | null): boolean =>
  catalog.types.get(type ?? '')?.reused?.level === 1

/** The epic that becomes the parent of an issue on the site, why it cannot, or null where it has none. */
export function epicOf(
  issue: IssueRow,
  { snapshot, catalog, epics, projects }: EpicContext,
): { epic: IssueRow } | { why: string } | null {
  const epicId = epics.get(issue.id)
  if (epicId === undefined) return null
  const epic = snapshot.issue(epicId)
  if (!epic) return { why: 'its epic is not in the source' }
  if (projects.get(epic.projectId)?.leftOut !== null || epic.number < 1)
    return { why: `its epic ${epic.key} does not move` }
  if (!isEpicThere(catalog, epic.type))
    return { why: `${epic.key} is not of an issue type that is an epic on the site` }
  const type = catalog.types.get(issue.type ?? '')
  if (type?.subtask) return { why: `${issue.key} is a sub-task, and belongs where its parent does` }
  if (isEpicThere(catalog, issue.type)) return { why: `${issue.key} is an epic itself` }
  return { epic }
}
