/**
 * What crosses the wire before something ends or goes: exact numbers for the question.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   GET /api/migrations/:id/consequences                                ConsequencesView
 */
import * as v from 'valibot'
import { kinds } from './plan.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What lies on the agent's disk for one migration and goes with it. */
export const diskParts = ['snapshot', 'reports', 'apps', 'upload'] as const
export type DiskPart = (typeof diskParts)[number]

export const ConsequencesViewSchema = v.object({
  /** Items that are on the site, by kind, in the order of `kinds`; accounts of people were there before. */
  onSite: v.array(v.object({ kind: v.picklist(kinds), items: count })),
  /** Items that a run would still send. */
  waiting: count,
  /** Those that are there only; bytes. */
  disk: v.array(v.object({ part: v.picklist(diskParts), bytes: count })),
})
export type ConsequencesView = v.InferOutput<typeof ConsequencesViewSchema>
