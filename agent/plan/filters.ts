import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { FilterRow } from '../../shared/rows.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import { planShares, sharesOf } from './filter-shares.ts'
import { leftOut, moved, reason } from './item.ts'
import { type RewrittenJql, rewriteJql } from './jql-rewrite.ts'
import { filterScope } from './linked.ts'
import { fold, matchNames } from './names.ts'
import { nameLeftOut } from './people.ts'
import { nameTaken } from './stops.ts'

/** Filters, boards and sprints go one after the other: each stands on the one before. */
export const boardsLane = 'boards'

/** A filter of the source: it moves with rewritten JQL, or there is a reason why it does not. */
export type FilterPlan = { row: FilterRow; name: string; losses: Reason[] } & (
  | { leftOut: null; jql: RewrittenJql }
  | { leftOut: Reason }
)
/** By the source's id; a filter comes after those that its JQL names. */
export type Filters = Map<string, FilterPlan>

export function decideFilters(context: Context): Filters {
  const { snapshot, site } = context
  const rows = new Map([...snapshot.rows('filter')].map((row) => [row.id, row]))
  // Names are unique among the filters of one account, and all of them become the token's: one that is
  // there is another filter, so it is never used for ours.
  const taken = site.filled ? [] : (site.filters ?? []).map((name) => ({ name }))
  const names = matchNames('filter', rows.values(), taken, 255, () => null, 'rename')
  const plans: Filters = new Map()
  const open = new Set<string>()
  const outOfScope = filterScope(context)
  const decide = (id: string): boolean => {
    const known = plans.get(id)
    if (known) return known.leftOut === null
    const row = rows.get(id)
    // A filter that stands on itself finds nothing at the source either.
    if (!row || open.has(id)) return false
    open.add(id)
    const named = names.get(id)
    const at = { row, name: named?.name ?? row.name, losses: [...(named?.losses ?? [])] }
    const there = taken.find((one) => fold(one.name) === fold(row.name))
    const found =
      there && context.options.collisions?.filter === 'stop'
        ? nameTaken('filter', there.name)
        : (outOfScope(id) ?? jqlOf(context, row, decide))
    plans.set(
      id,
      'code' in found ? { ...at, leftOut: found } : { ...at, leftOut: null, jql: found },
    )
    return !('code' in found)
  }
  for (const id of rows.keys()) decide(id)
  return plans
}

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
  const { people, site } = context
  const shared = sharesOf(context)
  for (const { row, name, losses: before, ...plan } of filters.values()) {
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
    const losses = [...before, ...plan.jql.losses]
    const owner = people.of(row.owner)
    const words = [cleanText(row.description ?? '').trim()]
    if (owner?.leftOut) losses.push(nameLeftOut('Its owner'))
    else if (owner && owner.accountId !== site.me.accountId) {
      words.push(`Owner before the migration: ${owner.displayName}.`)
      losses.push(
        reason(
          'filter-owner',
          `${owner.displayName} owned it: on the site ${site.me.displayName} does, and its description says whose it was.${owner.accountId ? ` ${owner.displayName} may see and change it there.` : ''}`,
        ),
      )
    }
    const { shares, editors, losses: lost } = planShares(context, row, shared.get(row.id) ?? [])
    losses.push(...lost)
    const description = words.filter(Boolean).join('\n')
    const at = { shares, editors, owner: owner?.accountId ?? null }
    yield moved('filter', place, { name, description, jql: plan.jql.jql, ...at }, losses)
  }
}

/** The project that a board of this filter belongs to: the only one that it asks for. */
export function projectOf(filter: FilterPlan): string | null {
  if (filter.leftOut) return null
  const keys = [...new Set(filter.jql.projects.map(fold))]
  return keys.length === 1 ? (filter.jql.projects[0] ?? null) : null
}
