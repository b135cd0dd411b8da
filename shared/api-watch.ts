/**
 * What crosses the wire while a run is watched: how fast it went, and its log by window.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   GET /api/migrations/:id/samples                                     SamplesView
 *   GET /api/migrations/:id/log-window?offset&limit&level&text          LogWindow
 *       offset: how many fitting lines to skip, from the oldest · level: those and worse · text: stands in the line
 *   GET /api/migrations/:id/items?…&only=…                              ItemPage (api.ts), only those: see itemsOnly
 *   GET /api/migrations/:id/items?…&code=…                              ItemPage, only those of the findings with this code
 *   GET /api/migrations/:id/items?…&code=…&root=KIND                    ItemPage, those of the finding with this code and kind, and all
 *       that failed because they are not there (with only=needing: only the latter)
 */
import * as v from 'valibot'
import { LogLineSchema } from './api.ts'
import { activities, pauseReasons } from './status.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Epoch milliseconds. */
const time = v.pipe(v.number(), v.integer())

/** How far a run was at one moment; the numbers never fall within a run, but a new run begins anew. */
export const SampleSchema = v.object({
  at: time,
  activity: v.picklist(activities),
  /** Items that had left the queue, and items that had a verdict. */
  sent: count,
  checked: count,
  /** Requests to the site in all runs so far. */
  requests: count,
  /** Of the rate that the site documents, on the fullest endpoint, since the sample before; 1 = all of it. */
  share: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
  held: v.array(v.picklist(pauseReasons)),
})
export type Sample = v.InferOutput<typeof SampleSchema>
/** Oldest first; at most a few hundred, however long the run was. */
export const SamplesViewSchema = v.object({ samples: v.array(SampleSchema) })
export type SamplesView = v.InferOutput<typeof SamplesViewSchema>

/**
 * sent: written to the site · loss: with an announced loss · moved: not left out by the plan · settled: of those, sent or
 * failed · wanted: of those, not what could not be looked for either · checked: of those, with a verdict · again: taken up again by the latest run · needing: failed because another failed
 */
export const itemsOnly = [
  'sent',
  'loss',
  'moved',
  'wanted',
  'settled',
  'checked',
  'again',
  'needing',
] as const
export type ItemsOnly = (typeof itemsOnly)[number]

export const LogWindowSchema = v.object({
  /** How many lines fit the question. */
  total: count,
  /** The place of the first line here among those. */
  offset: count,
  lines: v.array(LogLineSchema),
})
export type LogWindow = v.InferOutput<typeof LogWindowSchema>
