import { type GadgetPromise, gadgetKind, pairGadgets } from '../../shared/dashboards.ts'
import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { DashboardRow } from '../../shared/rows.ts'
import type { SiteDashboard } from '../../shared/site-facts.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import type { SharePlan } from './filter-shares.ts'
import type { Filters } from './filters.ts'
import { moved, type Place, reason } from './item.ts'
import { keptLosses, keptOf, quote, type Standing } from './kept.ts'
import { withKnownIds } from './kept-jql.ts'
import { ownerWords } from './owner-words.ts'

/** What would have been made of a dashboard. */
interface Wanted {
  plan: SharePlan
  gadgets: GadgetPromise[]
  /** What would not have come of its gadgets: it is missed where they are compared, too. */
  ofGadgets: Reason[]
}

/** A dashboard for which the site's own stands: as that is, with all in which the source's would differ. */
export function keptDashboard(
  context: Context,
  filters: Filters,
  place: Place,
  row: DashboardRow,
  { plan, gadgets, ofGadgets }: Wanted,
  standing: Standing<SiteDashboard>,
): PlannedItem {
  const { one } = standing
  const descriptions = [
    cleanText(row.description ?? '').trim(),
    ownerWords(context, 'dashboard', row).description,
  ]
  const losses = [
    ...(one.name === row.name
      ? []
      : [reason('name-on-site', `The site writes this name "${one.name}".`)]),
    ...gadgetLosses(context, filters, gadgets, one.gadgets),
    ...ofGadgets,
    ...keptLosses(context, 'dashboard', { row, shares: plan, descriptions }, standing),
  ]
  const promise = {
    name: one.name,
    description: one.description,
    shares: [],
    editors: [],
    owner: null,
    gadgets: one.gadgets,
    kept: keptOf(one),
  }
  return moved('dashboard', place, promise, losses)
}

function* gadgetLosses(
  context: Context,
  filters: Filters,
  wanted: readonly GadgetPromise[],
  standing: readonly GadgetPromise[],
): Generator<Reason> {
  const titles = new Map(wanted.map((one) => [gadgetKind(one.key), one.title]))
  const say = (all: readonly GadgetPromise[]) =>
    all
      .map((one) => titles.get(gadgetKind(one.key)) ?? (one.title || gadgetKind(one.key)))
      .sort()
      .join(', ')
  const [here, there] = [say(wanted), say(standing)]
  if (here !== there)
    yield reason(
      'kept-gadgets',
      `The site's dashboard is used and shows its own gadgets: ${there || 'none'}; from the source come ${here || 'none'}.`,
    )
  const pairs = pairGadgets(wanted, standing)
  const other: string[] = []
  for (const [place, gadget] of wanted.entries()) {
    const own = pairs[place]
    const differs = Object.entries(gadget.settings).some(
      ([name, value]) => own && own.settings[name] !== withKnownIds(context, filters, value),
    )
    if (differs) other.push(gadget.title)
    else if (!own && here === there) other.push(gadget.title)
  }
  if (other.length > 0)
    yield reason(
      'kept-gadgets',
      `The site's dashboard is used as it is: these gadgets of it stand or are set otherwise than at the source: ${[...new Set(other)].map(quote).join(', ')}.`,
    )
}
