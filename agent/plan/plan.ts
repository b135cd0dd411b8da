import type { PlannedItem, PlanOptions, SiteFacts, ToAdf } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { OwnedWant } from '../../shared/site-facts.ts'
import { decideBoards, planBoards } from './boards.ts'
import { planCategories } from './categories.ts'
import { planContent, planFiles } from './content.ts'
import { type Context, createContext } from './context.ts'
import { planDashboards } from './dashboards.ts'
import { planFields } from './fields.ts'
import { decideFilters, planFilters } from './filters.ts'
import { planFrame } from './frame.ts'
import { planGroups, planMemberships } from './groups.ts'
import { asHeld } from './held/items.ts'
import { planIssues } from './issues.ts'
import { planTidy } from './keys.ts'
import { planLeftOut } from './left-out.ts'
import { planLinks, planSubtaskLinks } from './links.ts'
import { planParts } from './parts.ts'
import { planPeople } from './people.ts'
import { planProjects } from './projects.ts'
import { planRoleActors, planRoles } from './roles.ts'
import { inScope } from './scope.ts'
import { planSprints } from './sprints.ts'
import { planOrphans, planStayBehind } from './stay-behind.ts'
import { wantedOwned } from './wanted.ts'

/**
 * Everything that a migration will do, in the order in which it is to be done: one item for each item of
 * the source, moved or left out with its reason, and the few means to the end. The same snapshot, site and
 * options give the same plan; nothing is read but the snapshot, nothing is written.
 */
export async function* planAll(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
  toAdf: ToAdf,
): AsyncGenerator<PlannedItem> {
  const context = createContext(snapshot, site, options, toAdf)
  const all = options.held ? asHeld(context, everything(context)) : everything(context)
  yield* inScope(context, all)
}

/** Filters, boards, sprints and dashboards, each after what it stands on. */
function* planAgile(context: Context): Generator<PlannedItem> {
  const filters = decideFilters(context)
  const boards = decideBoards(context, filters)
  yield* planFilters(context, filters)
  yield* planBoards(boards, filters)
  yield* planSprints(context, boards)
  yield* planDashboards(context, filters, boards)
}

async function* everything(context: Context): AsyncGenerator<PlannedItem> {
  const { snapshot, site, options } = context
  const { setups, projects, catalog, people, parts, times } = context
  const keysOf = Map.groupBy(snapshot.rows('projectKey'), (row) => row.projectId)
  yield* planPeople(snapshot, site, options.choices, context.related?.users ?? null)
  yield* planGroups(context)
  yield* planMemberships(context)
  yield* planFrame(snapshot, catalog, setups, options.projects === null)
  yield* planRoles(snapshot, context.roles)
  yield* planCategories(snapshot, context.categories, projects, options)
  yield* planLeftOut(context)
  yield* planProjects(context)
  yield* planRoleActors(context)
  yield* planFields(context.fields)
  yield* planParts(snapshot, projects, parts, people, times)
  for (const setup of setups) yield* planIssues(context, setup)
  yield* planSubtaskLinks(context)
  for (const setup of setups) yield* planContent(context, setup)
  yield* planLinks(context)
  yield* planAgile(context)
  yield* planStayBehind(context)
  yield* planOrphans(context)
  for (const setup of setups) {
    const { id, key } = setup.plan.row
    const keys = new Set([key, ...(keysOf.get(id) ?? []).map((row) => row.key)])
    yield* planFiles(context, setup, [...keys])
  }
  for (const setup of setups) yield* planTidy(context, setup)
}

/** What to ask the site before planning: accounts of these addresses, projects of these keys and names. */
export function neededFromSite(
  snapshot: SnapshotReader,
  options: PlanOptions,
): {
  emails: Iterable<string>
  projectKeys: string[]
  projectNames: string[]
  filters: OwnedWant
  dashboards: OwnedWant
} {
  const wanted = options.projects && new Set(options.projects)
  const projects = [...snapshot.rows('project')].filter((row) => !wanted || wanted.has(row.key))
  return {
    emails: { [Symbol.iterator]: () => addresses(snapshot) },
    projectKeys: projects.map((row) => row.key),
    projectNames: projects.map((row) => row.name),
    ...wantedOwned(snapshot, options),
  }
}

/** Lower-cased and each once, while they are read. */
function* addresses(snapshot: SnapshotReader): Generator<string> {
  const seen = new Set<string>()
  for (const { email, deleted } of snapshot.rows('user')) {
    const address = email?.trim().toLowerCase()
    if (!address || deleted || seen.has(address)) continue
    seen.add(address)
    yield address
  }
}
