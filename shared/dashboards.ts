import type { FilterShare, Kept } from './filter-shares.ts'

/**
 * A gadget on a dashboard of the source. One of module (its complete key, from Jira 7), uri (the address of
 * its description) and portlet (before Jira 4) says what it is.
 */
export interface GadgetRow {
  id: string
  dashboardId: string
  /** From 0, as position within the column is. */
  column: number | null
  position: number | null
  module: string | null
  uri: string | null
  portlet: string | null
  /** color1 to color8 */
  color: string | null
}
/** What a person set in a gadget, by the gadget's own names. */
export interface GadgetSettingRow {
  id: string
  gadgetId: string
  name: string
  value: string | null
}

/** A gadget as the site has it: what it is by the site's own list, and where it stands. */
export interface GadgetPromise {
  /** As the site's list of gadgets calls it. */
  title: string
  by: 'moduleKey' | 'uri'
  key: string
  /** One of gadgetColors, or what a site calls it. */
  color: string
  column: number
  row: number
  /** {{filter:ID}}, {{project:ID}} and the like stand for the site's id of that item of the source. */
  settings: Record<string, string>
}

/** What the plan promises of a dashboard. */
export interface DashboardPromise {
  name: string
  description: string
  shares: FilterShare[]
  /** Who may change it, beside its owner on the site. */
  editors: FilterShare[]
  /** The account of its owner at the source. */
  owner: string | null
  gadgets: GadgetPromise[]
  /** Set where the site's own dashboard is used: name, description and gadgets are then that one's. */
  kept?: Kept
}

/** In the order of the API document, which is that of color1 to color8. */
export const gadgetColors = [
  ...(['blue', 'red', 'yellow', 'green'] as const),
  ...(['cyan', 'purple', 'gray', 'white'] as const),
]
export type GadgetColor = (typeof gadgetColors)[number]

/** A gadget that a site offers: it has a module key or an address. */
export interface SiteGadgetKind {
  title: string
  moduleKey: string | null
  uri: string | null
}

/**
 * What two names of a gadget have in common: its address holds its complete key, and the same gadget is
 * "…-gadget" by its address and "…-dashboard-item" by its module.
 */
export function gadgetKind(reference: string): string {
  const key = /\/g\/([^/]+:[^/]+)\//.exec(reference)?.[1] ?? reference
  return key.replace(/-(?:gadget|dashboard-item)$/, '').toLowerCase()
}

/**
 * Which gadget of the site is which promised one: the same kind in the same column, from the top down. Where
 * one was refused, those below it stand higher than promised and are still found.
 */
export function pairGadgets<T extends { key: string; column: number; row: number }>(
  promised: readonly GadgetPromise[],
  standing: readonly T[],
): (T | undefined)[] {
  const free = standing.toSorted((a, b) => a.row - b.row)
  return promised.map(({ key, column }) => {
    const at = free.findIndex(
      (one) => one.column === column && gadgetKind(one.key) === gadgetKind(key),
    )
    return at < 0 ? undefined : free.splice(at, 1)[0]
  })
}
