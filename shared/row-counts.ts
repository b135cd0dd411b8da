/**
 * Numbers within a row of a check: "300 issues were to be there, 299 are". Each is told with the words of the row that
 * hold it, and with the list of as many things that stands behind it.
 */
import * as v from 'valibot'
import { sourceLists } from './api-source.ts'
import { itemsOnly } from './api-watch.ts'
import { kinds } from './plan.ts'
import { workflowParts } from './workflow-rows.ts'

export const RowCountSchema = v.variant('at', [
  /** Items of the migration. words stand in the row's `detail`, where they become the link. */
  v.object({
    at: v.literal('items'),
    words: v.string(),
    kind: v.picklist(kinds),
    project: v.nullable(v.string()),
    only: v.nullable(v.picklist(itemsOnly)),
  }),
  /** Rows of the source. words stand in the row's `detail`, where they become the link; the others narrow the list. */
  v.object({
    at: v.literal('source'),
    words: v.string(),
    list: v.picklist(sourceLists),
    issue: v.optional(v.string()),
    field: v.optional(v.string()),
    project: v.optional(v.string()),
    workflow: v.optional(v.string()),
    part: v.optional(v.picklist(workflowParts)),
    /** Rows that the snapshot only counts, of this table. */
    table: v.optional(v.string()),
  }),
  /** What an app left, on its page; key = the app's. words as before. */
  v.object({ at: v.literal('app'), words: v.string(), app: v.string() }),
  /** Rows of the same check: those of `list` that are part of `partOf`. words stand below the row, and open them. */
  v.object({ at: v.literal('rows'), words: v.string(), list: v.string(), partOf: v.string() }),
])
export type RowCount = v.InferOutput<typeof RowCountSchema>
