import type { SiteFacts } from '../../shared/plan.ts'
import type { Catalog } from './catalog.ts'
import type { ProjectPlan } from './projects.ts'
import type { ProjectSurvey } from './survey.ts'

/** How one project is set up on the site, all by the names that the site will know. */
export interface Setup {
  plan: ProjectPlan
  survey: ProjectSurvey
  issueTypes: string[]
  /** For fillers and for issues whose type is not to be had. */
  defaultType: string
  statuses: string[]
  /** Where every issue begins. */
  initial: string
  /** For issues without one: the site gives every issue a priority. */
  priority: string | null
  /** Ids of the source's types, statuses, … that this project needs. */
  needs: Set<string>
}

export function setUp(
  plan: ProjectPlan,
  survey: ProjectSurvey,
  catalog: Catalog,
  site: SiteFacts,
): Setup {
  const needs = new Set<string>()
  const types = [...survey.types.keys()].filter((id) => catalog.types.has(id))
  const standard = (id: string) => catalog.types.get(id)?.subtask === false
  const all = [...catalog.types.keys()]
  // An empty project gets every type: it is about to be worked in.
  const offered = survey.issues === 0 ? [...all] : [...types]
  const named = (id: string) => /^task$/i.test(catalog.types.get(id)?.name ?? '')
  const fallback =
    types.filter(standard).find(named) ??
    mostUsed(survey.types, standard) ??
    all.filter(standard).find(named) ??
    all.find(standard)
  if (fallback && !offered.includes(fallback)) offered.push(fallback)
  const defaultType =
    (fallback && catalog.types.get(fallback)?.name) ??
    site.issueTypes.find((type) => !type.subtask)?.name ??
    'Task'
  const statuses = [...survey.statuses.keys()].filter((id) => catalog.statuses.has(id))
  const initial = initialStatus(survey, catalog)
  if (initial && !statuses.includes(initial)) statuses.push(initial)
  const initialName =
    (initial && catalog.statuses.get(initial)?.name) ??
    site.statuses.find((status) => status.category === 'TODO')?.name ??
    'To Do'
  const priority = defaultPriority(survey, catalog)
  for (const id of offered) needs.add(`issueType/${id}`)
  for (const id of statuses) needs.add(`status/${id}`)
  for (const id of survey.priorities.keys()) needs.add(`priority/${id}`)
  for (const id of survey.resolutions) needs.add(`resolution/${id}`)
  if (priority) needs.add(`priority/${priority}`)
  const names = (ids: string[], of: Map<string, { name: string }>) =>
    ids.map((id) => of.get(id)?.name ?? '').filter(Boolean)
  return {
    plan,
    survey,
    issueTypes: unique([...names(offered, catalog.types), defaultType]),
    defaultType,
    statuses: unique([...names(statuses, catalog.statuses), initialName]),
    initial: initialName,
    priority:
      (priority && catalog.priorities.get(priority)?.name) ?? site.priorities[0]?.name ?? null,
    needs,
  }
}

/** "Open" or its like among those that the project uses, else its most used new one, else any new one. */
function initialStatus(survey: ProjectSurvey, catalog: Catalog): string | undefined {
  const used = new Map([...survey.statuses].map(([id, { issues }]) => [id, issues]))
  const isNew = (id: string) => catalog.statuses.get(id)?.category === 'TODO'
  const all = [...catalog.statuses.keys()].filter(isNew)
  const open = (ids: Iterable<string>) =>
    [...ids].find((id) => /^(open|to do|new)$/i.test(catalog.statuses.get(id)?.name ?? ''))
  return (
    open([...used.keys()].filter(isNew)) ??
    mostUsed(used, isNew) ??
    open(all) ??
    all[0] ??
    mostUsed(used, (id) => catalog.statuses.has(id)) ??
    [...catalog.statuses.keys()][0]
  )
}

function defaultPriority(survey: ProjectSurvey, catalog: Catalog): string | undefined {
  const ids = [...catalog.priorities.keys()]
  return (
    ids.find((id) => /^(medium|major|normal)$/i.test(catalog.priorities.get(id)?.name ?? '')) ??
    mostUsed(survey.priorities, (id) => catalog.priorities.has(id)) ??
    ids[0]
  )
}

/** The id with the highest count of those that fit; the first of equals. */
function mostUsed(counts: Map<string, number>, fits: (id: string) => boolean): string | undefined {
  let best: string | undefined
  for (const [id, count] of counts)
    if (fits(id) && count > (best === undefined ? -1 : (counts.get(best) ?? -1))) best = id
  return best
}

const unique = (names: string[]) => [...new Set(names)]
