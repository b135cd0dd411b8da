import type { PlanOptions, SiteFacts, ToAdf } from '../../shared/plan.ts'
import type { SnapshotInfo, SnapshotReader } from '../../shared/record.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { type Categories, decideCategories } from './categories.ts'
import { type Epics, readEpics } from './epics.ts'
import { decideFields, type Fields } from './fields.ts'
import { screenName } from './frame.ts'
import { decideGroups, type GroupScope, type Groups, groupsInRoles } from './groups.ts'
import { reason } from './item.ts'
import { type Parents, readParents } from './parents.ts'
import { type Parts, readParts } from './parts.ts'
import { type People, readPeople } from './people.ts'
import { decideProjects, type ProjectPlan } from './projects.ts'
import { type Related, readRelated } from './related.ts'
import { decideRoles, type Roles } from './roles.ts'
import { type Setup, setUp } from './setup.ts'
import { stoppedBy } from './stops.ts'
import { surveyProject } from './survey.ts'
import { createTexts, type Texts } from './texts.ts'
import { createTimes, type Times } from './times.ts'

/** What every planner needs to know, found once before the first item is planned. */
export interface Context {
  snapshot: SnapshotReader
  info: SnapshotInfo
  site: SiteFacts
  options: PlanOptions
  people: People
  /** The users and groups that what moves names, where only those are in scope. */
  related: Related | null
  times: Times
  texts: Texts
  catalog: Catalog
  parts: Parts
  parents: Parents
  epics: Epics
  /** By the source's project id. */
  projects: Map<string, ProjectPlan>
  fields: Fields
  groups: Groups
  roles: Roles
  categories: Categories
  /** Of the projects that move, in the source's order. */
  setups: Setup[]
}

export function createContext(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
  toAdf: ToAdf,
): Context {
  const info = snapshot.info()
  const people = readPeople(snapshot, site, options.choices, options.held)
  const plans = decideProjects(snapshot, site, options)
  const surveyed = plans
    .filter((plan) => !plan.leftOut)
    .map((plan) => ({ plan, survey: surveyProject(snapshot, plan.row) }))
  const surveys = surveyed.map(({ survey }) => survey)
  const catalog = readCatalog(snapshot, site, surveys, options.collisions)
  for (const { plan, survey } of surveyed) plan.leftOut ??= stoppedBy(plan, survey, catalog)
  const projects = new Map(plans.map((plan) => [plan.row.id, plan]))
  const setups = surveyed
    .filter(({ plan }) => !plan.leftOut)
    .map(({ plan, survey }) => setUp(plan, survey, catalog, site))
  const groups = (scope: GroupScope | null) => decideGroups(snapshot, site, options, scope)
  const context: Context = {
    snapshot,
    info,
    site,
    options,
    people,
    related: null,
    times: createTimes(options.timeZone ?? info.timeZone),
    texts: createTexts(snapshot, people, toAdf, options.held),
    catalog,
    parts: readParts(snapshot, options.held),
    parents: readParents(snapshot),
    epics: readEpics(snapshot),
    projects,
    fields: decideFields(snapshot, site, setups, options, screenName),
    groups: groups(!options.scope && options.projects ? groupsInRoles(snapshot, projects) : null),
    roles: decideRoles(snapshot, site, projects, options),
    categories: decideCategories(snapshot, site),
    setups,
  }
  if (options.scope?.people !== 'related') return context
  const related = readRelated(context)
  return { ...context, related, groups: groups({ names: related.groups, others: notRelated }) }
}

const notRelated = reason('not-related', 'Nothing that moves names this group.')
