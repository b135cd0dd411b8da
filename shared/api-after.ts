/**
 * What crosses the wire about checks after a migration, the checklist of a project and its sign-off.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }. Nothing here writes to the site.
 *
 *   GET    /api/migrations/:id/after                                  AfterView
 *   POST   /api/migrations/:id/after/run            AfterRunBody      AfterView (202): begun; read again until `running` is false
 *   DELETE /api/migrations/:id/after/run                              AfterView: stopped
 *   GET    /api/migrations/:id/after/:key/places?list&part&after&limit&project  PlacePage; list: another one of its lists than where something was found; part: of that, what is part of it
 *   GET    /api/migrations/:id/after/:key/places.csv?list&part             text/csv, columns subject,project,issue,detail,url
 *   POST   /api/migrations/:id/after/:key/accept    NoteBody          AfterView
 *   DELETE /api/migrations/:id/after/:key/accept                      AfterView
 *   GET    /api/migrations/:id/checklist?project=KEY                  ChecklistView
 *   PUT    /api/migrations/:id/checklist/:entry     TickBody          ChecklistView: ticked or unticked by hand
 *   POST   /api/migrations/:id/sign-off             SignOffBody       ChecklistView
 *   DELETE /api/migrations/:id/sign-off?project=KEY&who=NAME          ChecklistView: withdrawn (kept in the timeline)
 */
import * as v from 'valibot'
import { CheckListSchema, checkStatuses, NoteBody, NoteSchema, noteText } from './api-checks.ts'
import { RowCountSchema } from './row-counts.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const time = v.pipe(v.number(), v.integer())
const projectKey = v.pipe(text, v.regex(/^[A-Z][A-Z0-9_]+$/, 'A project key looks like PAY.'))

/** In the order in which a screen shows them. */
export const afterGroups = [
  'people',
  'names',
  'issues',
  'files',
  'links',
  'boards and filters',
  'access',
  'apps',
] as const
export type AfterGroup = (typeof afterGroups)[number]

/** Statuses as of checks before a run; incomplete also where this login cannot see what is asked for. */
export const AfterCheckSchema = v.object({
  key: text,
  group: v.picklist(afterGroups),
  title: text,
  status: v.picklist(checkStatuses),
  /** What was found. */
  sentence: text,
  /** How to mend it; '' where nothing is to be done. */
  hint: text,
  /** How many places it concerns; they are read page by page. */
  places: count,
  lists: v.optional(v.array(CheckListSchema), []),
  at: v.nullable(time),
  /** Somebody has looked at it and lives with it. */
  accepted: v.nullable(NoteSchema),
})
export type AfterCheckView = v.InferOutput<typeof AfterCheckSchema>

export const AfterViewSchema = v.object({
  checks: v.array(AfterCheckSchema),
  running: v.boolean(),
  /** What is being asked now, for a person; null when nothing runs. */
  sentence: v.nullable(text),
  done: count,
  total: count,
  /** Checks that need a person: warning or error, and not accepted. */
  open: count,
})
export type AfterView = v.InferOutput<typeof AfterViewSchema>

/** keys absent or empty = all of them. */
export const AfterRunBody = v.object({ keys: v.optional(v.array(text)) })

export const PlaceSchema = v.object({
  n: count,
  /** What a person recognises: "PAY-12", "Filter My open issues". */
  subject: text,
  projectKey: v.nullable(text),
  issueKey: v.nullable(text),
  detail: text,
  /** Opens the place on the site; null where there is no page for it. Always https (or the practice site). */
  url: v.nullable(text),
  /** The numbers in `detail` and below it, each with its list. */
  counts: v.optional(v.array(RowCountSchema), []),
})
export type Place = v.InferOutput<typeof PlaceSchema>
export const PlacePageSchema = v.object({ places: v.array(PlaceSchema), next: v.nullable(count) })
export type PlacePage = v.InferOutput<typeof PlacePageSchema>

/** done: by a check that answers it, or by hand; a check that finds something again undoes its own tick. */
export const ChecklistEntrySchema = v.object({
  entry: text,
  title: text,
  /** What to do, in the words that Jira Cloud has for the places. */
  sentence: text,
  /** Page of the site on which it is done; null where there is none. */
  url: v.nullable(text),
  /** Keys of the checks that answer it; empty = only by hand. */
  checks: v.array(text),
  done: v.boolean(),
  how: v.nullable(v.picklist(['check', 'hand'])),
  by: v.nullable(NoteSchema),
})
export type ChecklistEntry = v.InferOutput<typeof ChecklistEntrySchema>

export const ChecklistViewSchema = v.object({
  projectKey: text,
  projectName: text,
  entries: v.array(ChecklistEntrySchema),
  signedOff: v.nullable(NoteSchema),
  /** Why a sign-off would be premature, in a sentence (it is possible all the same, and carries the note). */
  warning: v.nullable(text),
})
export type ChecklistView = v.InferOutput<typeof ChecklistViewSchema>

const who = NoteBody.entries.who
const note = v.optional(noteText, '')
export const TickBody = v.object({ project: projectKey, done: v.boolean(), note, who })
export const SignOffBody = v.object({ project: projectKey, note, who })
