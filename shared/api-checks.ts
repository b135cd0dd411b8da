/**
 * What crosses the wire about checks before a run, and about findings that a person answers.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   GET    /api/migrations/:id/checks                               ChecksView
 *   POST   /api/migrations/:id/checks/run             ChecksRunBody  ChecksView (202): begun; read again until `running` is false
 *   DELETE /api/migrations/:id/checks/run                            ChecksView: the asking ends; what was answered by then stays
 *   GET    /api/migrations/:id/checks/:key/offenders?list&part&after&limit  OffenderPage; list: another one of its lists than what was found; part: of that, what is part of the row with this subject
 *   GET    /api/migrations/:id/checks/:key/offenders.csv?list&part        text/csv, columns subject,project,detail
 *   POST   /api/migrations/:id/checks/:key/override   NoteBody       ChecksView; 409 where overriding could lose data
 *   DELETE /api/migrations/:id/checks/:key/override                  ChecksView
 *   POST   /api/migrations/:id/findings/retry         RetryBody      RetriedView (202): failed items of this cause, and what failed because they are not there, go back into the queue and a run begins
 *   POST   /api/migrations/:id/findings/accept        AcceptBody     FindingsView
 *   DELETE /api/migrations/:id/findings/accept?code&kind&verdict     FindingsView
 *   GET    /api/migrations/:id/pre-report.html                       text/html; what a run will do, written from the plan, or 409 not-now before anything was checked or planned
 *   GET    /api/migrations/:id/mappings.csv                          text/csv; who becomes whom by that plan
 *   GET    /api/migrations/:id/report/pre-report.html                text/html; the same as it was when the run was planned, or 409 not-now
 *
 * MigrationDetail.findings[].accepted (FindingSchema in api.ts) carries the note of an accepted finding; what
 * is accepted no longer counts in MigrationView.needsAttention.
 * A run is refused (409 not-now, the sentence names the check) while `blocks` is true.
 */
import * as v from 'valibot'
import { kinds } from './plan.ts'
import { RowCountSchema } from './row-counts.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Epoch milliseconds. */
const time = v.pipe(v.number(), v.integer())

/** In the order in which a screen shows them. */
export const checkGroups = [
  'system',
  'site',
  'people',
  'projects',
  'issues',
  'fields',
  'files',
  'boards and filters',
  'apps',
] as const
export type CheckGroup = (typeof checkGroups)[number]

/**
 * success · warning: something will be other than people expect, the run can go on · error: blocks a run ·
 * incomplete: the question could not be asked; the hint says what helps · pending: never asked yet.
 */
export const checkStatuses = ['success', 'warning', 'error', 'incomplete', 'pending'] as const
export type CheckStatus = (typeof checkStatuses)[number]

/** What a check counts beside what it found, see check-lists.ts; its rows are read page by page. */
export const CheckListSchema = v.object({ list: text, title: text, rows: count })

/** A decision of a person: what they wrote, who they are, when. */
export const NoteSchema = v.object({ note: text, who: text, at: time })
export type Note = v.InferOutput<typeof NoteSchema>

export const CheckViewSchema = v.object({
  key: text,
  group: v.picklist(checkGroups),
  title: text,
  status: v.picklist(checkStatuses),
  /** What was found. */
  sentence: text,
  /** How to mend it, or what it means for the run; '' where nothing is to be done. */
  hint: text,
  /** How many things it concerns; they are read page by page. */
  offenders: count,
  lists: v.optional(v.array(CheckListSchema), []),
  /** When it was asked; null while it is pending. */
  at: v.nullable(time),
  /** An error that a person may set aside, because nothing can be lost by it. */
  canOverride: v.boolean(),
  overridden: v.nullable(NoteSchema),
})
export type CheckView = v.InferOutput<typeof CheckViewSchema>

export const ChecksViewSchema = v.object({
  checks: v.array(CheckViewSchema),
  /** They are being asked right now. */
  running: v.boolean(),
  /** How far that is: what is being done, and how many checks have answered of those that are asked. */
  progress: v.optional(v.nullable(v.object({ sentence: text, done: count, total: count })), null),
  /** An error stands that nobody has overridden: a run would be refused. */
  blocks: v.boolean(),
})
export type ChecksView = v.InferOutput<typeof ChecksViewSchema>

/** keys absent or empty = all of them. */
export const ChecksRunBody = v.object({ keys: v.optional(v.array(text)) })

export const OffenderSchema = v.object({
  n: count,
  /** What a person recognises: "PAY-12", "fred@example.com". */
  subject: text,
  projectKey: v.nullable(text),
  /** What about it: "48,112 characters". */
  detail: text,
  /** Numbers within it that have lists of their own. */
  counts: v.optional(v.array(RowCountSchema), []),
})
export type Offender = v.InferOutput<typeof OffenderSchema>
export const OffenderPageSchema = v.object({
  offenders: v.array(OffenderSchema),
  /** Pass it as `after`; null at the end. */
  next: v.nullable(count),
})
export type OffenderPage = v.InferOutput<typeof OffenderPageSchema>

/** What a person writes beside a decision. */
export const noteText = v.pipe(
  text,
  v.trim(),
  v.maxLength(2000, 'A note has at most 2,000 characters.'),
)
export const NoteBody = v.object({
  note: v.pipe(noteText, v.minLength(1, 'Say why.')),
  who: v.pipe(
    text,
    v.trim(),
    v.minLength(1, 'Say who decides this.'),
    v.maxLength(200, 'A name has at most 200 characters.'),
  ),
})

/** Verdicts that a person can accept; what is verified needs no answer. */
export const acceptable = ['different', 'leftOut', 'failed'] as const

export const RetryBody = v.object({ code: text, kind: v.picklist(kinds) })
export const AcceptBody = v.object({
  code: text,
  kind: v.picklist(kinds),
  verdict: v.picklist(acceptable),
  ...NoteBody.entries,
})
export const AcceptQuery = v.object({
  code: text,
  kind: v.picklist(kinds),
  verdict: v.picklist(acceptable),
})

export const RetriedSchema = v.object({
  /** How many items went back into the queue. */
  items: count,
})
export type RetriedView = v.InferOutput<typeof RetriedSchema>

/** The findings that are accepted, after the change. */
export const FindingsViewSchema = v.object({
  accepted: v.array(v.object({ ...AcceptQuery.entries, ...NoteSchema.entries })),
  needsAttention: count,
})
export type FindingsView = v.InferOutput<typeof FindingsViewSchema>
