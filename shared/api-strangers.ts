/**
 * What crosses the wire about what the site has beyond the source, where another program migrated. Rules as in api.ts.
 *
 *   GET /api/migrations/:id/strangers?kind&after&limit      StrangerPage
 */
import * as v from 'valibot'
import { type Kind, kinds } from './plan.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const StrangerSchema = v.object({
  n: count,
  kind: v.picklist(kinds),
  siteId: text,
  label: text,
  projectKey: v.nullable(text),
  issueKey: v.nullable(text),
})
export type Stranger = v.InferOutput<typeof StrangerSchema>
/** next: pass it as `after`; null at the end. */
export const StrangerPageSchema = v.object({
  strangers: v.array(StrangerSchema),
  next: v.nullable(count),
})
export type StrangerPage = v.InferOutput<typeof StrangerPageSchema>

/** The code of the finding about strangers of this kind. */
export const strangerCode = (kind: Kind): string => `stranger:${kind}`

/** Whether a finding is about strangers: they are no items of the migration, so none of its numbers counts them. */
export const isStranger = ({ code, kind }: { code: string; kind: Kind }): boolean =>
  code === strangerCode(kind)
