/**
 * The items of a plan that was made dry: the list behind each number of its preview.
 *
 *   GET /api/migrations/:id/plan-preview/items?what&kind&code&project&after&limit   PlannedPage   409 not-now while nothing is planned
 *   GET /api/migrations/:id/plan-preview/items.csv?what&kind&code&project           text/csv: kind,item,project,issue,code,reason
 */
import * as v from 'valibot'
import { kinds } from './plan.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** moves · withLoss: of those that move, what loses something · leftOut · loss: each loss by itself. */
export const plannedLists = ['moves', 'withLoss', 'leftOut', 'loss'] as const
export type PlannedList = (typeof plannedLists)[number]

export const PlannedRowSchema = v.object({
  /** Its place in the list. */
  n: count,
  kind: v.picklist(kinds),
  /** What a person recognises: "PAY-12". */
  label: text,
  projectKey: v.nullable(text),
  issueKey: v.nullable(text),
  /** Why it is left out, or what it loses. */
  reasons: v.array(v.object({ code: text, text })),
})
export type PlannedRow = v.InferOutput<typeof PlannedRowSchema>

export const PlannedPageSchema = v.object({
  items: v.array(PlannedRowSchema),
  /** Pass it as `after`; null at the end. */
  next: v.nullable(count),
  /** Of all pages. */
  total: count,
})
export type PlannedPage = v.InferOutput<typeof PlannedPageSchema>
