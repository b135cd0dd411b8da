/**
 * What crosses the wire between the agent and the extension or the command line.
 * Requests are parsed with these schemas by the agent, answers by the extension: each side trusts only what it parsed.
 * All of it needs `Authorization: Bearer <token>` but for GET /api/about and POST /api/pair.
 *
 *   GET    /api/about                                  About
 *   POST   /api/pair                    PairBody       Paired        (the code is good once, for ten minutes)
 *   GET    /api/state?since=CURSOR                     State         migrations changed after the cursor
 *   GET    /api/events?since=CURSOR                    text/event-stream: `event: state`, id = cursor, data = State
 *   POST   /api/migrations              MigrationBody  MigrationView (201)
 *   GET    /api/migrations/:id                         MigrationDetail
 *   POST   /api/migrations/:id/:act     (run|pause|resume|stop|archive|unarchive)  MigrationView
 *   DELETE /api/migrations/:id                         204
 *   GET    /api/migrations/:id/items?kind&verdict&project&after&limit   ItemPage
 *   GET    /api/migrations/:id/log?after&limit         LogPage
 *   GET    /api/migrations/:id/report                  zip ; /report.html, /items.csv, /id-mappings.csv, /summary.csv, /requires-attention.csv, /run.json, /errors.log, /errors.zip
 *   GET    /api/verdicts?site=URL&issue=KEY            VerdictView of an issue and all that belongs to it
 *   GET    /api/verdicts?site=URL&project=KEY          ProjectVerdictView
 * Pairing: api-pairing.ts. Checks before a run and answers to findings: api-checks.ts.
 * Every error body is { problem: ProblemView } with a fitting status code.
 */
import * as v from 'valibot'
import { kinds } from './plan.ts'
import { missingParts, purposes, setupSteps } from './setup.ts'
import { activities, migrationStatuses, pauseReasons, verdicts } from './status.ts'

const text = v.string()

/** Longer names are cut in every list and heading anyway. */
export const longestName = 200
/** Of a migration. */
export const MigrationName = v.pipe(
  text,
  v.trim(),
  v.minLength(1, 'Give the migration a name.'),
  v.maxLength(longestName, `A name has at most ${longestName} characters.`),
)
/** Where something lies on the agent's machine; the longest that Linux takes (PATH_MAX). */
export const MachinePath = v.pipe(
  text,
  v.trim(),
  v.minLength(1, 'Say where it lies.'),
  v.maxLength(4096, 'A path has at most 4,096 characters.'),
)
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Epoch milliseconds. */
const time = v.pipe(v.number(), v.integer())
const nullable = <S extends v.GenericSchema>(schema: S) => v.nullable(schema)

export const ProblemSchema = v.object({
  code: text,
  sentence: text,
  hint: text,
  again: v.boolean(),
})
export const ReasonSchema = v.object({ code: text, text })

export const AboutSchema = v.object({
  product: v.literal('landfall'),
  version: text,
  name: text,
  startedAt: time,
})
export type About = v.InferOutput<typeof AboutSchema>

const optionalText = v.optional(nullable(v.pipe(text, v.trim(), v.minLength(1))))
export const SourceBody = v.variant('kind', [
  v.object({
    kind: v.literal('backup'),
    path: v.pipe(text, v.trim(), v.minLength(1, 'Say where the backup is.')),
    attachments: optionalText,
    timeZone: optionalText,
  }),
  v.object({
    kind: v.literal('datacenter'),
    /** As https://jira.acme.com, or with a context path; the address of a page is cut down to that. */
    url: v.pipe(text, v.trim(), v.minLength(1, 'Say the address of the Jira Data Center.')),
    /** Whose password the token is; absent or null: it is a personal access token. */
    user: optionalText,
    token: v.pipe(text, v.minLength(1, 'The token of the Jira Data Center is missing.')),
  }),
])
export const SiteBody = v.variant('kind', [
  v.object({ kind: v.literal('practice') }),
  v.object({
    kind: v.literal('cloud'),
    url: v.pipe(text, v.trim(), v.url('The site looks like https://acme.atlassian.net.')),
    email: v.pipe(
      text,
      v.trim(),
      v.email('The e-mail address belongs to the account that made the token.'),
    ),
    token: v.pipe(text, v.trim(), v.minLength(1, 'The API token is missing.')),
  }),
])
export const ScopeBody = v.object({
  projects: nullable(v.array(v.pipe(text, v.regex(/^[A-Z][A-Z0-9_]+$/)))),
})
export const MigrationBody = v.object({
  name: MigrationName,
  source: SourceBody,
  site: SiteBody,
  scope: v.optional(ScopeBody, { projects: null }),
})
export type MigrationInput = v.InferOutput<typeof MigrationBody>

export const acts = ['run', 'pause', 'resume', 'stop', 'archive', 'unarchive'] as const
export const ActParam = v.object({ id: text, act: v.picklist(acts) })

export const CountsSchema = v.object({
  source: count,
  verified: count,
  verifiedWithLoss: count,
  different: count,
  leftOut: count,
  failed: count,
})

export const ProgressSchema = v.object({
  /** Words for a person: "Sending issues of PAY". */
  sentence: text,
  done: count,
  total: count,
  /** Which list of items holds those that are done (itemsOnly of api-watch); absent in an older cache. */
  of: v.optional(v.picklist(['settled', 'checked'])),
  /** Items a minute over the last minute; null until it can be told. */
  perMinute: nullable(v.number()),
  /** [at best, at worst] seconds; null until it can be told. */
  secondsLeft: nullable(v.tuple([v.number(), v.number()])),
})

export const MigrationViewSchema = v.object({
  id: text,
  /** The number at which this row last changed. */
  changed: count,
  name: text,
  status: v.picklist(migrationStatuses),
  activity: v.picklist(activities),
  pausedBy: v.array(v.picklist(pauseReasons)),
  /** Why a run ended as it did, or what it waits for; null when there is nothing to say. */
  reason: nullable(text),
  problem: nullable(ProblemSchema),
  archived: v.boolean(),
  source: v.object({
    kind: v.picklist(['backup', 'datacenter']),
    label: text,
    version: nullable(text),
  }),
  site: v.object({ kind: v.picklist(['practice', 'cloud']), url: nullable(text) }),
  projects: count,
  issues: count,
  progress: ProgressSchema,
  totals: CountsSchema,
  needsAttention: count,
  /** Apps with data that nobody has decided about, or whose migration ended without success; absent in an older cache. */
  appsInNeed: v.optional(count),
  /** How many errors of checks keep the next run from beginning; absent in an older cache. */
  blockedBy: v.optional(count),
  /** How far it is set up, see setup.ts: step null = done; it cannot run while something is missing. */
  setup: v.optional(
    v.object({
      purpose: v.picklist(purposes),
      step: nullable(v.picklist(setupSteps)),
      missing: v.array(v.picklist(missingParts)),
    }),
  ),
  createdAt: time,
  startedAt: nullable(time),
  finishedAt: nullable(time),
  /** Of its runs so far, ms: pauses, outages and the time between runs are none. */
  workedMs: v.optional(count),
  changedAt: time,
})
export type MigrationView = v.InferOutput<typeof MigrationViewSchema>

export const StateSchema = v.object({
  /** Pass it as `since` the next time. */
  cursor: count,
  migrations: v.array(MigrationViewSchema),
  /** Ids that are no more. */
  deleted: v.array(text),
  /** This is a page only: what follows is asked for with its cursor. */
  more: v.optional(v.boolean()),
})
export type State = v.InferOutput<typeof StateSchema>

export const FindingSchema = v.object({
  code: text,
  verdict: v.picklist(verdicts),
  kind: v.picklist(kinds),
  text,
  hint: text,
  items: count,
  /** How many others failed because one of these is not there; absent in an older cache, here and below. */
  dependents: v.optional(count),
  /** Whether its items say it in different words: then text and hint are those of one of them. */
  varies: v.optional(v.boolean()),
  /** The label of one of its items. */
  example: v.optional(text),
  /** Somebody has looked at it and lives with it; null (or absent in an older cache) until then. */
  accepted: v.optional(nullable(v.object({ note: text, who: text, at: time }))),
})
export const ProjectViewSchema = v.object({
  key: text,
  name: text,
  /** Link to the project on the site; null until its issues are in. */
  url: nullable(text),
  /** Of each what was not left out; people are the users of the whole migration. */
  people: v.object({ done: count, total: count }),
  issues: v.object({ done: count, total: count }),
  files: v.object({ done: count, total: count }),
  totals: CountsSchema,
})
export const KindViewSchema = v.object({
  kind: v.picklist(kinds),
  sent: count,
  counts: CountsSchema,
})
export const TimelineSchema = v.object({ at: time, stage: text, text })
export const MigrationDetailSchema = v.object({
  migration: MigrationViewSchema,
  kinds: v.array(KindViewSchema),
  projects: v.array(ProjectViewSchema),
  findings: v.array(FindingSchema),
  /** All that people did, and the newest stages. */
  timeline: v.array(TimelineSchema),
  /** How many older stages the log has besides; an earlier agent does not say. */
  olderStages: v.optional(count, 0),
  /** Which reports from before a run there are: by the latest checks, and as a run was planned. */
  reports: v.optional(v.object({ checked: v.boolean(), planned: v.boolean() })),
})
export type MigrationDetail = v.InferOutput<typeof MigrationDetailSchema>

export const DifferenceSchema = v.object({ field: text, promised: text, found: text })
export const ItemViewSchema = v.object({
  seq: count,
  kind: v.picklist(kinds),
  sourceId: text,
  siteId: nullable(text),
  label: text,
  projectKey: nullable(text),
  issueKey: nullable(text),
  /** null while the item is still on its way. */
  verdict: nullable(v.picklist(verdicts)),
  losses: v.array(ReasonSchema),
  differences: v.array(DifferenceSchema),
  /** Why it was left out or failed. */
  reason: nullable(ReasonSchema),
  hint: nullable(text),
})
export type ItemView = v.InferOutput<typeof ItemViewSchema>
/** next: pass it as `after`; null at the end. */
export const ItemPageSchema = v.object({ items: v.array(ItemViewSchema), next: nullable(count) })

export const logLevels = ['info', 'warn', 'error'] as const
export const LogLineSchema = v.object({
  n: count,
  at: time,
  level: v.picklist(logLevels),
  project: nullable(text),
  phase: text,
  text,
})
export type LogLine = v.InferOutput<typeof LogLineSchema>
export const LogPageSchema = v.object({ lines: v.array(LogLineSchema), next: nullable(count) })

export const VerdictViewSchema = v.object({
  /** null: no migration of this agent knows this issue. */
  migration: nullable(v.object({ id: text, name: text })),
  issueKey: text,
  /** The worst of the issue and all that belongs to it; null while it is on its way or not known. */
  verdict: nullable(v.picklist(verdicts)),
  withLoss: v.boolean(),
  items: v.array(ItemViewSchema),
  /** Where migration is null: the one that moved the issue's project, but not the issue. */
  inProjectOf: v.optional(nullable(v.object({ id: text, name: text }))),
})
export type VerdictView = v.InferOutput<typeof VerdictViewSchema>
export const ProjectVerdictViewSchema = v.object({
  migration: nullable(v.object({ id: text, name: text })),
  projectKey: text,
  project: nullable(ProjectViewSchema),
  kinds: v.array(KindViewSchema),
})
export type ProjectVerdictView = v.InferOutput<typeof ProjectVerdictViewSchema>
