import type { Reason } from '../../shared/plan.ts'
import type { Catalog } from './catalog.ts'
import { reason } from './item.ts'
import type { ProjectPlan } from './projects.ts'
import type { ProjectSurvey } from './survey.ts'

/** Why an item stays behind whose name the site has, where a person chose to stop at that. */
export const nameTaken = (what: string, name: string): Reason =>
  reason(
    'stopped-by-name',
    `The site has the ${what} "${name}" already, and you chose to stop there. Choose to reuse or to rename it.`,
  )

/** A project that needs a stopped name stays behind as a whole: half of its issues would help nobody. */
export function stoppedBy({ row }: ProjectPlan, survey: ProjectSurvey, catalog: Catalog) {
  const uses: [
    string,
    Iterable<string>,
    ReadonlyMap<string, { name: string; stopped: unknown }>,
  ][] = [
    ['issue type', survey.types.keys(), catalog.types],
    ['status', survey.statuses.keys(), catalog.statuses],
    ['priority', survey.priorities.keys(), catalog.priorities],
    ['resolution', survey.resolutions, catalog.resolutions],
  ]
  for (const [what, ids, named] of uses)
    for (const id of ids) {
      const found = named.get(id)
      if (found?.stopped)
        return reason(
          'stopped-by-name',
          `${row.key} uses the ${what} "${found.name}", which the site has already, and you chose to stop there.`,
        )
    }
  return null
}
