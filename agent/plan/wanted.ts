import type { PlanOptions } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import { type CollisionKind, type CollisionRule, defaultRule } from '../../shared/setup.ts'
import type { OwnedWant } from '../../shared/site-facts.ts'
import { cutName, fold } from './names.ts'

/** What becomes of the source's names of a kind that the site has, too. */
export const ruleOf = (
  { collisions }: Pick<PlanOptions, 'collisions'>,
  kind: CollisionKind,
): CollisionRule => collisions?.[kind] ?? defaultRule(kind)

/** Jira's own limit for the names of filters and dashboards. */
export const ownedLimit = 255

/** A name as the site would have it, to be found there. */
export const asOnSite = (name: string): string => fold(cutName('', name, ownedLimit, []))

/**
 * Which filters and dashboards of the site to ask for. What stands on them costs a request or more each, so
 * it is asked only where they may be used: of filters those on which a board of the source stands.
 */
export function wantedOwned(
  snapshot: SnapshotReader,
  options: PlanOptions,
): { filters: OwnedWant; dashboards: OwnedWant } {
  const none = new Set<string>()
  const names = (of: 'filter' | 'dashboard', ids?: ReadonlySet<string | null>) => {
    const found = new Set<string>()
    for (const { id, name } of snapshot.rows(of)) if (!ids || ids.has(id)) found.add(asOnSite(name))
    return found
  }
  const reuse = (kind: 'filter' | 'dashboard') => ruleOf(options, kind) === 'reuse'
  const withBoard = () => new Set([...snapshot.rows('board')].map(({ filterId }) => filterId))
  const dashboards = names('dashboard')
  return {
    filters: {
      names: names('filter'),
      inFull: reuse('filter') ? names('filter', withBoard()) : none,
    },
    dashboards: { names: dashboards, inFull: reuse('dashboard') ? dashboards : none },
  }
}
