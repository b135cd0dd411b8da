import type { PlannedItem, PlanOptions, SiteFacts, ToAdf } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { CollisionKind } from '../../shared/setup.ts'
import { decideBoards } from './boards.ts'
import { createContext } from './context.ts'
import { planDashboards } from './dashboards.ts'
import { planFields } from './fields.ts'
import { decideFilters, planFilters } from './filters.ts'
import { planFrame } from './frame.ts'
import { planGroups } from './groups.ts'
import { inScope } from './scope.ts'

/** The item of the plan that each kind of name belongs to. */
export const itemOf = {
  status: 'status',
  issueType: 'issueType',
  linkType: 'linkType',
  priority: 'priority',
  resolution: 'resolution',
  field: 'customField',
  group: 'group',
  filter: 'filter',
  dashboard: 'dashboard',
} as const satisfies Record<CollisionKind, PlannedItem['kind']>

/** Names have no texts in them that need converting. */
export const noAdf: ToAdf = () => Promise.reject(new Error('A plan of names converts no text.'))

/**
 * The part of the plan whose names can meet those of the site, as the plan itself makes it: what arrives under
 * which name, and what is left out.
 */
export async function* planNamed(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
): AsyncGenerator<PlannedItem> {
  const context = createContext(snapshot, site, options, noAdf)
  async function* named() {
    yield* planFrame(snapshot, context.catalog, context.setups, options.projects === null)
    yield* planFields(context.fields)
    yield* planGroups(context)
    const filters = decideFilters(context)
    yield* planFilters(context, filters)
    yield* planDashboards(context, filters, decideBoards(context, filters))
  }
  yield* inScope(context, named())
}
