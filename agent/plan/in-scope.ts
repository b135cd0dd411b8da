import type { PlanOptions } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { ProjectRow } from '../../shared/rows.ts'

/** The projects of the source that are to move: those that were chosen, without the archived ones where these stay. */
export function* projectsInScope(
  snapshot: SnapshotReader,
  { projects, scope }: Pick<PlanOptions, 'projects' | 'scope'>,
): Generator<ProjectRow> {
  const wanted = projects && new Set(projects)
  const archivedToo = scope?.archived !== false
  for (const row of snapshot.rows('project'))
    if ((!wanted || wanted.has(row.key)) && (archivedToo || !row.archived)) yield row
}
