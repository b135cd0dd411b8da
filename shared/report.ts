import type { Kind } from './plan.ts'

/** How the items of one kind ended; source = verified + different + leftOut + failed once a run is over. */
export interface Counts {
  source: number
  verified: number
  /** Part of verified: equal to what the plan promised, and the plan had announced a loss. */
  verifiedWithLoss: number
  different: number
  leftOut: number
  failed: number
}
export type CountsByKind = Partial<Record<Kind, Counts>>

/** One field in which the site's item is not what was promised. */
export interface Difference {
  field: string
  promised: string
  found: string
}

export const noCounts = (): Counts => ({
  source: 0,
  verified: 0,
  verifiedWithLoss: 0,
  different: 0,
  leftOut: 0,
  failed: 0,
})

/** Adds the second to the first, in place, and returns it. */
export function addCounts(into: Counts, more: Counts): Counts {
  for (const key of Object.keys(into) as (keyof Counts)[]) into[key] += more[key]
  return into
}
