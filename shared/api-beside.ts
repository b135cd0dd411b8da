/**
 * What crosses the wire about what a run makes on the site beside the items of the source. Rules as in api.ts.
 *
 *   GET /api/migrations/:id/beside/:list?after&limit      BesidePage; list: see besideLists
 */
import * as v from 'valibot'
import type { Means } from './plan.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What the plan's sentence counts beside its items. Steps of an item itself (its status, a sprint's end) are none. */
export const besideLists = {
  schemes: ['screens', 'issueTypeScheme', 'workflow', 'workflowScheme'],
  fillers: ['filler'],
  notes: ['note'],
} as const satisfies Record<string, readonly Means[]>
export type BesideList = keyof typeof besideLists
export const besideNames = Object.keys(besideLists) as BesideList[]

/** waiting: not yet made · made: it is on the site · deleted: it was there, and is gone again · failed: `reason` says why. */
export const besideStates = ['waiting', 'made', 'deleted', 'failed'] as const

export const BesideRowSchema = v.object({
  n: count,
  /** What a person recognises: "PAY workflow", "PAY-12". */
  label: text,
  projectKey: v.nullable(text),
  issueKey: v.nullable(text),
  state: v.picklist(besideStates),
  reason: v.nullable(text),
})
export type BesideRow = v.InferOutput<typeof BesideRowSchema>
export const BesidePageSchema = v.object({
  rows: v.array(BesideRowSchema),
  /** Pass it as `after`; null at the end. */
  next: v.nullable(count),
})
export type BesidePage = v.InferOutput<typeof BesidePageSchema>
