/**
 * The projects of a live source, asked before any issue is read, so that only those are read that are to move.
 *
 *   POST   /api/migrations/:id/source-projects     SourceProjectsView (202)   lists and counts them in the background, anew
 *   GET    /api/migrations/:id/source-projects     SourceProjectsView         ask again while state is "listing"
 *   DELETE /api/migrations/:id/source-projects     SourceProjectsView         stops the counting
 */
import * as v from 'valibot'
import { ProblemSchema } from './api.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const SourceProjectSchema = v.object({
  key: v.string(),
  name: v.string(),
  /** Jira gives the issues of an archived project to nobody: it cannot be read. */
  archived: v.boolean(),
  /** null: not counted yet, or Jira does not let this account search it. */
  issues: v.nullable(count),
  /** Issues that have attachments. */
  withFiles: v.nullable(count),
})
export type SourceProject = v.InferOutput<typeof SourceProjectSchema>

export const SourceProjectsViewSchema = v.object({
  /** none: nobody asked yet, or the source is read with another token by now. failed: see problem. */
  state: v.picklist(['none', 'listing', 'done', 'failed']),
  problem: v.nullable(ProblemSchema),
  /** Those that are known so far, by key. */
  projects: v.array(SourceProjectSchema),
  /** Of how many of them the issues are counted. */
  counted: count,
})
export type SourceProjectsView = v.InferOutput<typeof SourceProjectsViewSchema>
