/**
 * What crosses the wire about repairs: what differs on the site is put right, one item a repair, each a step of the
 * ledger. Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   POST   /api/migrations/:id/repairs/preview    RepairPreviewBody  RepairPreview   what would be done; writes nothing
 *   POST   /api/migrations/:id/repairs            RepairBody         RepairsView (202): begun; read again until `running` is false
 *   POST   /api/migrations/:id/repairs/links      RepairLinksBody    RepairLinks     whose texts may hold old links; writes nothing
 *   GET    /api/migrations/:id/repairs?seq&after&limit               RepairsView     newest first; seq: those of one item
 *   DELETE /api/migrations/:id/repairs/run                           RepairsView: stopped; what was sent is read back first
 *   POST   /api/migrations/:id/repairs/:n/undo    UndoBody           RepairsView (202)
 *
 * via 'agent': the agent writes with its token. via 'page': requests go through a page of the site with the login of the
 * admin who sits before it. While a call with via 'page' is under way its caller asks for the requests, one by one:
 *
 *   POST   /api/migrations/:id/page/turn          PageTurnBody       PageTurn: hands over an answer, waits for the next request
 *   GET    /api/migrations/:id/page/file/:request?from               bytes of the file to be sent, a part at a time
 *
 * The page makes only requests that it knows (method and path), on its own origin.
 */
import * as v from 'valibot'
import { ProblemSchema } from './api.ts'
import { NoteBody } from './api-checks.ts'
import { kinds } from './plan.ts'
import { repairActs } from './repair.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const time = v.pipe(v.number(), v.integer())

/** So many items are previewed or repaired at once. */
export const mostRepairs = 200

export const repairVias = ['agent', 'page'] as const
export type RepairVia = (typeof repairVias)[number]

const common = {
  via: v.optional(v.picklist(repairVias), 'agent'),
  /** The origin of the page that asks, as the browser vouches for it; the migration must be of that site. */
  site: v.optional(v.pipe(text, v.url())),
}
const who = NoteBody.entries.who
const items = v.pipe(
  v.array(count),
  v.minLength(1, 'Choose at least one item.'),
  v.maxLength(mostRepairs, `At most ${mostRepairs} items are repaired at once.`),
)
export const RepairPreviewBody = v.object({ items, ...common })
export const RepairBody = v.object({ items, who, ...common })
/** The issues whose own texts, comments and worklogs are meant. */
export const RepairLinksBody = v.object({
  issues: v.pipe(v.array(text), v.minLength(1), v.maxLength(mostRepairs)),
  site: common.site,
})
export type RepairLinksInput = v.InferInput<typeof RepairLinksBody>
export const RepairLinksSchema = v.object({ items: v.array(count) })
export type RepairLinks = v.InferOutput<typeof RepairLinksSchema>
export const UndoBody = v.object({ who, ...common })
export type RepairPreviewInput = v.InferInput<typeof RepairPreviewBody>
export type RepairInput = v.InferInput<typeof RepairBody>
export type UndoInput = v.InferInput<typeof UndoBody>

/** Who changed something on the site since it was migrated; at in epoch ms. Both null where the site does not say. */
export const ChangeSchema = v.object({ who: v.nullable(text), at: v.nullable(time) })
export type Change = v.InferOutput<typeof ChangeSchema>

/** One field of a repair, as text; long texts are cut where they begin to differ. */
export const RepairPartSchema = v.object({
  field: text,
  act: v.nullable(v.picklist(repairActs)),
  /** What the source has. */
  source: text,
  /** What verify read after the migration. */
  migrated: text,
  /** What stands on the site now: before the repair. */
  now: text,
  /** What will stand there: after the repair; null where this field stays as it is, and `why` says why. */
  after: v.nullable(text),
  why: v.nullable(text),
  /** A person changed it since: it is never written over. */
  changed: v.nullable(ChangeSchema),
})
export type RepairPart = v.InferOutput<typeof RepairPartSchema>

/** possible: parts with an `after` are written. done: it is right already. changed: by a person since. by hand: see why. */
export const repairChances = ['possible', 'done', 'changed', 'by hand'] as const
export const RepairPlanSchema = v.object({
  seq: count,
  kind: v.picklist(kinds),
  label: text,
  issueKey: v.nullable(text),
  chance: v.picklist(repairChances),
  /** A sentence: why it is not possible, or what one should know; null when there is nothing to say. */
  why: v.nullable(text),
  parts: v.array(RepairPartSchema),
  /** The writes, as they leave: "PUT /rest/api/3/issue/PAY-1". */
  requests: v.array(text),
})
export type RepairPlan = v.InferOutput<typeof RepairPlanSchema>
export const RepairPreviewSchema = v.object({
  plans: v.array(RepairPlanSchema),
  /** How many writes all that is possible takes. */
  requests: count,
  /** Where they go: the site's address. */
  site: text,
  /** Whether the agent's token may write, as far as can be told; null: not known. */
  tokenWrites: v.nullable(v.boolean()),
})
export type RepairPreview = v.InferOutput<typeof RepairPreviewSchema>

/** planned → sending → sent → verified, or failed; undoing → undone. */
export const repairStates = [
  'planned',
  'sending',
  'sent',
  'verified',
  'failed',
  'undoing',
  'undone',
] as const
export type RepairState = (typeof repairStates)[number]
export const RepairSchema = v.object({
  n: count,
  seq: count,
  kind: v.picklist(kinds),
  label: text,
  issueKey: v.nullable(text),
  state: v.picklist(repairStates),
  via: v.picklist(repairVias),
  who: text,
  at: time,
  parts: v.array(RepairPartSchema),
  requests: v.array(text),
  /** Why it failed or could not be undone. */
  problem: v.nullable(ProblemSchema),
  /** What it wrote can be taken back. */
  undoable: v.boolean(),
  undoneBy: v.nullable(v.object({ who: text, at: time })),
})
export type RepairView = v.InferOutput<typeof RepairSchema>

export const RepairsViewSchema = v.object({
  running: v.boolean(),
  /** What is going on, for a person; null when nothing runs. */
  sentence: v.nullable(text),
  done: count,
  total: count,
  repairs: v.array(RepairSchema),
  /** Pass it as `after`; null at the end. */
  next: v.nullable(count),
})
export type RepairsView = v.InferOutput<typeof RepairsViewSchema>

/** A file that goes through a page is at most so many bytes (both ways); bigger ones need the agent's token. */
export const pageFileLimit = 20 * 1024 * 1024
/** Bytes of a part of such a file. */
export const pageFilePart = 1024 * 1024

/** A request that the page is to make on its own origin. path is with its query. */
export const PageRequestSchema = v.object({
  id: count,
  method: v.picklist(['GET', 'POST', 'PUT', 'DELETE']),
  path: v.pipe(text, v.startsWith('/rest/')),
  /** A JSON text; null where there is none, or a file. */
  body: v.nullable(text),
  /** Sent as multipart/form-data, part "file". */
  file: v.nullable(v.object({ name: text, type: text, size: count })),
  /** The answer is wanted as base64. */
  bytes: v.boolean(),
})
export type PageRequest = v.InferOutput<typeof PageRequestSchema>
/** status 0: no answer came, and error says why. */
export const PageAnswerSchema = v.object({
  id: count,
  status: count,
  headers: v.record(text, text),
  body: text,
  error: v.optional(v.nullable(text), null),
})
export type PageAnswer = v.InferOutput<typeof PageAnswerSchema>
export const PageTurnBody = v.object({ answer: v.optional(v.nullable(PageAnswerSchema), null) })
/** request null: nothing to do within a few seconds; open: whether more may come. */
export const PageTurnSchema = v.object({
  request: v.nullable(PageRequestSchema),
  open: v.boolean(),
})
export type PageTurn = v.InferOutput<typeof PageTurnSchema>
