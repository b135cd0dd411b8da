/**
 * What crosses the wire about the practice site of an agent: one site for all its rehearsals, which fills up.
 * Rules as in api.ts.
 *
 *   GET    /api/practice    PracticeView
 *   DELETE /api/practice    PracticeView: emptied; 409 not-now while a run or an app migration uses it
 */
import * as v from 'valibot'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const PracticeViewSchema = v.object({
  projects: v.array(v.object({ key: v.string(), name: v.string() })),
  issues: count,
  /** Names of the migrations that ran there: what they wrote goes with it. */
  migrations: v.array(v.string()),
  /** Why it cannot be emptied now, for a person; null = it can. */
  whyNot: v.nullable(v.string()),
})
export type PracticeView = v.InferOutput<typeof PracticeViewSchema>
