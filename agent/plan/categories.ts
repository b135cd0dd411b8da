import type { PlannedItem, PlanOptions, Reason, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import { cleanText } from './adf.ts'
import { leftOut, moved, reason } from './item.ts'
import { cut, matchNames, type Named } from './names.ts'
import type { ProjectPlan } from './projects.ts'

type OnSite = NonNullable<SiteFacts['categories']>[number]
/** The source's project categories by id, as they arrive on the site. */
export type Categories = Map<string, Named<OnSite>>

/** 255 characters for the name and 1,000 for the description are the documented limits. */
export const decideCategories = (snapshot: SnapshotReader, site: SiteFacts): Categories =>
  matchNames('project category', [...snapshot.rows('projectCategory')], site.categories ?? [], 255)

export function* planCategories(
  snapshot: SnapshotReader,
  categories: Categories,
  projects: ReadonlyMap<string, ProjectPlan>,
  options: PlanOptions,
): Generator<PlannedItem> {
  const used = new Set(
    [...projects.values()].flatMap(({ row, leftOut: why }) => (why ? [] : (row.categoryId ?? []))),
  )
  for (const row of snapshot.rows('projectCategory')) {
    const place = { sourceId: row.id, label: row.name, phase: 'frame' as const, lane: 'categories' }
    const at = categories.get(row.id)
    if (!at || (options.projects && !used.has(row.id))) {
      yield leftOut(
        'projectCategory',
        place,
        reason('not-in-scope', 'None of the projects chosen to move is in this category.'),
      )
      continue
    }
    const losses: Reason[] = [...at.losses]
    const own = cleanText(row.description ?? '').trim()
    const description = at.reused ? at.reused.description : cut(own, 1000)
    if (at.reused && description !== own)
      losses.push(
        reason('site-keeps-own', 'The site has it already and keeps its own description.'),
      )
    else if (description !== own)
      losses.push(reason('description-cut', 'The site takes 1,000 letters for a description.'))
    yield moved('projectCategory', place, { name: at.name, description }, losses)
  }
}
