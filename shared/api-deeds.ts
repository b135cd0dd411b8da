/**
 * What crosses the wire before something ends or goes: exact numbers for the question; and what is done to many.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   GET /api/migrations/:id/consequences                                ConsequencesView
 *   POST /api/archive                         ArchiveBody               ArchivedView
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

/** Many at once, but no more than are answered while a person looks on. */
export const mostArchived = 500
export const ArchiveBody = v.object({
  ids: v.pipe(
    v.array(v.string()),
    v.minLength(1, 'Name at least one migration.'),
    v.maxLength(mostArchived, `At most ${mostArchived} at once.`),
  ),
  /** false takes them out of the archive. */
  archived: v.boolean(),
})
export const ArchivedViewSchema = v.object({
  done: v.array(v.string()),
  /** Those left as they were, and why. */
  refused: v.array(v.object({ id: v.string(), why: v.string() })),
})
export type ArchivedView = v.InferOutput<typeof ArchivedViewSchema>
