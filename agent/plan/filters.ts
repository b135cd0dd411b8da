import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { FilterRow } from '../../shared/rows.ts'
import type { SiteFilter } from '../../shared/site-facts.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import { planShares, sharesOf } from './filter-shares.ts'
import { leftOut, moved, reason } from './item.ts'
import { type RewrittenJql, rewriteJql } from './jql-rewrite.ts'
import { keptLosses, keptOf, type Standing, standingFor } from './kept.ts'
import { jqlLosses } from './kept-jql.ts'
import { filterScope } from './linked.ts'
import { fold, matchNames, type Named } from './names.ts'
import { ownerWords } from './owner-words.ts'
import { nameTaken } from './stops.ts'
import { asOnSite, ownedLimit, ruleOf } from './wanted.ts'

/** Filters, boards and sprints go one after the other: each stands on the one before. */
export const boardsLane = 'boards'

/** The site's own filter that is used, and why the source's JQL could not be translated, null where it was. */
interface KeptFilter {
  standing: Standing<SiteFilter>
  untold: Reason | null
}
/** A filter of the source: it moves with rewritten JQL, or there is a reason why it does not. */
export type FilterPlan = { row: FilterRow; name: string; losses: Reason[] } & (
  | { leftOut: null; jql: RewrittenJql; kept: KeptFilter | null }
  | { leftOut: Reason }
)
/** By the source's id; a filter comes after those that its JQL names. */
export type Filters = Map<string, FilterPlan>

export function decideFilters(context: Context): Filters {
  const { snapshot, site } = context
  const rows = new Map([...snapshot.rows('filter')].map((row) => [row.id, row]))
  const outOfScope = filterScope(context)
  const rule = ruleOf(context.options, 'filter')
  // A filter that a migration made before is the one that its verification looks for.
  const onSite = site.filled ? [] : (site.filters ?? [])
  const inScope = [...rows.values()].filter(({ id }) => !outOfScope(id))
  const pairs = rule === 'reuse' ? standingFor(context, inScope, onSite) : none
  const others = [...rows.values()].filter(({ id }) => !pairs.has(id))
  // Names are unique among the filters of one account, and all that are made become the token's.
  const names = matchNames('filter', others, onSite, ownedLimit, () => null, 'rename')
  // Where only projects were chosen, a filter belongs to them by its JQL alone.
  const chosen = !context.options.projects || context.options.scope !== undefined
  const plans: Filters = new Map()
  const open = new Set<string>()
  const decide = (id: string): boolean => {
    const known = plans.get(id)
    if (known) return known.leftOut === null
    const row = rows.get(id)
    // A filter that stands on itself finds nothing at the source either.
    if (!row || open.has(id)) return false
    open.add(id)
    const there = onSite.find((one) => fold(one.name) === asOnSite(row.name))
    const found =
      there && rule === 'stop'
        ? nameTaken('filter', there.name)
        : (outOfScope(id) ?? jqlOf(context, row, decide))
    plans.set(id, planOf(row, found, names.get(id), pairs.get(id), chosen))
    return plans.get(id)?.leftOut === null
  }
  for (const id of rows.keys()) decide(id)
  return plans
}

const none: ReadonlyMap<string, Standing<SiteFilter>> = new Map()

function planOf(
  row: FilterRow,
  found: RewrittenJql | Reason,
  named: Named<SiteFilter> | undefined,
  standing: Standing<SiteFilter> | undefined,
  chosen: boolean,
): FilterPlan {
  if (!standing) {
    const at = { row, name: named?.name ?? row.name, losses: [...(named?.losses ?? [])] }
    return 'code' in found
      ? { ...at, leftOut: found }
      : { ...at, leftOut: null, jql: found, kept: null }
  }
  const { name } = standing.one
  const losses =
    name === row.name ? [] : [reason('name-on-site', `The site writes this name "${name}".`)]
  const at = { row, name, losses }
  if (!('code' in found))
    return { ...at, leftOut: null, jql: found, kept: { standing, untold: null } }
  if (!chosen || !ofJql(found)) return { ...at, leftOut: found }
  // The site's own is used: it does not have to be made of the source's.
  const jql = { jql: standing.one.jql, losses: [], filters: [], projects: [] }
  return { ...at, leftOut: null, jql, kept: { standing, untold: found } }
}

/** Whether a filter stays because of what it asks, and not because of what was chosen. */
const ofJql = ({ code }: Reason) => code === 'filter-xml' || code.startsWith('jql-')

function jqlOf(
  context: Context,
  row: FilterRow,
  moves: (id: string) => boolean,
): RewrittenJql | Reason {
  const jql = row.jql?.trim() ?? ''
  if (jql.startsWith('<'))
    return reason('filter-xml', 'It is a search of a Jira before 4.0, which is not JQL yet.')
  const found = rewriteJql(context, jql, moves)
  const { projects, scope } = context.options
  // Where somebody said which filters move, that alone counts (see filterScope).
  if ('code' in found || scope || !projects || found.projects.length > 0) return found
  return reason('not-in-scope', 'It names none of the projects chosen to move.')
}

export function* planFilters(context: Context, filters: Filters): Generator<PlannedItem> {
  const shared = sharesOf(context)
  for (const plan of filters.values()) {
    const { row } = plan
    const place = {
      sourceId: row.id,
      label: row.name,
      phase: 'content' as const,
      lane: boardsLane,
    }
    if (plan.leftOut) {
      yield leftOut('filter', place, plan.leftOut)
      continue
    }
    const shares = planShares(context, row, shared.get(row.id) ?? [])
    const words = ownerWords(context, 'filter', row)
    const description = words.description
    if (plan.kept) {
      const { standing, untold } = plan.kept
      const { one } = standing
      const own = cleanText(row.description ?? '').trim()
      const losses = [
        ...plan.losses,
        ...jqlLosses(context, filters, plan, one, untold),
        ...keptLosses(
          context,
          'filter',
          { row, shares, descriptions: [own, description] },
          standing,
        ),
      ]
      const { name, jql } = one
      const promise = { name, description: one.description, jql, kept: keptOf(one) }
      yield moved('filter', place, promise, losses)
      continue
    }
    const losses = [...plan.losses, ...plan.jql.losses, ...words.losses, ...shares.losses]
    const { shares: shown, editors } = shares
    const at = { shares: shown, editors, owner: words.accountId }
    yield moved('filter', place, { name: plan.name, description, jql: plan.jql.jql, ...at }, losses)
  }
}

/** The project that a board of this filter belongs to: the only one that it asks for. */
export function projectOf(filter: FilterPlan): string | null {
  if (filter.leftOut) return null
  const keys = [...new Set(filter.jql.projects.map(fold))]
  return keys.length === 1 ? (filter.jql.projects[0] ?? null) : null
}
