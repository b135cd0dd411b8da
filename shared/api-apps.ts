/**
 * What crosses the wire about app migrations: moving the data of Marketplace apps, one app at a time.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   GET    /api/migrations/:id/apps                                 AppsView: every app that leaves a trace in the source
 *   PUT    /api/migrations/:id/apps/:key          AppDecisionBody   AppsView; 409 not-now once its app migration has begun
 *   PUT    /api/migrations/:id/apps/:key/handler  AppHandlerBody    AppsView; the app's own cloud handler is its path from now on
 *   DELETE /api/migrations/:id/apps/:key/handler                    AppsView
 *   POST   /api/migrations/:id/apps/:key/rerun                      AppsView (202); 409 with the reason in `rerun`
 *   POST   /api/migrations/:id/apps/:key/cancel                     AppsView (202); 409 with the reason in `cancel`
 *   GET    /api/migrations/:id/apps/:key/records?verdict&after&limit  AppRecordPage: what its counts count
 *   GET    /api/migrations/:id/apps/:key/log?level&after&limit      AppLogPage, newest first
 *   GET    /api/migrations/:id/apps/:key/log.csv                    text/csv, columns time,level,event,message,transfer; 409 with the reason in `log`
 *
 * Apps are known once the source was read (409 not-now before). The decision is obeyed by the next run of the
 * migration: its apps begin after its own items were read back. `:key` is AppView.key, escaped for an address.
 * A change of an app migration raises the migration's `changed`, so the cursor of /api/events tells of it.
 *
 * An app's own handler calls other addresses of the agent, as the app migration platform has them; it shows
 * `Authorization: Bearer <HMAC-SHA256(secret, transferId) in hex>`. See agent/apps/README.md.
 *
 *   POST /rest/atlassian-connect/1/migration/progress/{transferId}             VendorProgressBody
 *   GET  /rest/atlassian-connect/1/migration/mapping/{transferId}/page?namespace&lastEntity&pageSize
 *   POST /rest/atlassian-connect/1/migration/mapping/{transferId}/find?namespace   ["source id", …]
 *   GET  /rest/atlassian-connect/1/migration/data/{transferId}/all             [{ s3Key, label }]
 *   GET  /rest/atlassian-connect/1/migration/data/{s3Key}                      { url }
 */
import * as v from 'valibot'
import { logLevels } from './api.ts'
import { appLimits, appStatuses } from './app-status.ts'
import { verdicts } from './status.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Epoch milliseconds. */
const time = v.pipe(v.number(), v.integer())

/** What a person says of an app: move its data, leave it, or only keep it in files. */
export const appDecisions = ['needed', 'not needed', 'archive'] as const
export type AppDecision = (typeof appDecisions)[number]

/** What of an app was found in the source. */
export const AppTraceSchema = v.object({
  /** Its own tables. */
  tables: v.array(v.object({ name: text, rows: count, bytes: count })),
  /** Entity properties by what they hang on: IssueProperty, ProjectProperty, … */
  properties: v.array(v.object({ entity: text, count })),
  /** Custom fields of its types. */
  fields: v.array(v.object({ id: text, name: text, type: text, issues: count })),
  /** Workflows with conditions, validators or functions of its own. */
  workflows: v.array(text),
  /** Dashboards with its gadgets, by id. */
  dashboards: v.array(text),
  /** Filters that name a field of it. */
  filters: count,
  issues: count,
  projects: count,
})
export type AppTrace = v.InferOutput<typeof AppTraceSchema>

export const AppCountsSchema = v.object({
  source: count,
  verified: count,
  different: count,
  leftOut: count,
  failed: count,
})
export type AppCounts = v.InferOutput<typeof AppCountsSchema>

/** null = the act is possible now; else why it is not. */
const reason = v.nullable(text)

export const AppViewSchema = v.object({
  key: text,
  name: text,
  version: v.nullable(text),
  vendor: v.nullable(text),
  /** Where the vendor is reached: an address of the web. */
  contact: v.nullable(text),
  /** Part of Jira itself or of an Atlassian product: shown apart, and nothing is asked of it. */
  system: v.boolean(),
  trace: AppTraceSchema,
  decision: v.nullable(v.picklist(appDecisions)),
  /** How its data would move: titles of paths, in order; none = there is no automated path. */
  paths: v.array(text),
  /** The address of the app's own handler; its secret is never told. */
  handler: v.nullable(text),
  /** Hours from its first start until it counts as timed out. */
  allowedHours: count,
  status: v.picklist(appStatuses),
  /** 0 to 100; never goes back. */
  percent: v.number(),
  message: text,
  transferId: v.nullable(text),
  firstStartedAt: v.nullable(time),
  settledAt: v.nullable(time),
  updatedAt: v.nullable(time),
  /** What became of its records, by record of the paths; all zero before it began. */
  counts: AppCountsSchema,
  rerun: reason,
  /** Until when a re-run is possible should it fail or be incomplete; null = no question. */
  rerunUntil: v.nullable(time),
  cancel: reason,
  log: reason,
})
export type AppView = v.InferOutput<typeof AppViewSchema>

export const AppsViewSchema = v.object({
  apps: v.array(AppViewSchema),
  /** How many apps with data nobody has decided about. */
  undecided: count,
})
export type AppsView = v.InferOutput<typeof AppsViewSchema>

export const AppDecisionBody = v.object({
  decision: v.nullable(v.picklist(appDecisions)),
  /** Hours that it may take in all; as it was without it, which is 14 days unless told otherwise. */
  allowedHours: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(14 * 24))),
})
export type AppDecisionInput = v.InferOutput<typeof AppDecisionBody>

export const AppHandlerBody = v.object({
  url: v.pipe(
    text,
    v.trim(),
    v.url('The handler looks like https://app.example.com/migration.'),
    v.regex(/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/, 'A handler is reached by https.'),
  ),
  secret: v.pipe(text, v.trim(), v.minLength(16, 'A secret has at least 16 characters.')),
  /** It promises a sign of life every 15 minutes. */
  promisesSigns: v.optional(v.boolean(), false),
})
export type AppHandlerInput = v.InferOutput<typeof AppHandlerBody>

export const AppLogLineSchema = v.object({
  n: count,
  at: time,
  level: v.picklist(logLevels),
  event: text,
  message: text,
  transferId: v.nullable(text),
})
export type AppLogLine = v.InferOutput<typeof AppLogLineSchema>
export const AppLogPageSchema = v.object({
  lines: v.array(AppLogLineSchema),
  /** Pass it as `after` for older ones; null at the end. */
  next: v.nullable(count),
  /** Older lines than those were left out, by number or by age. */
  omitted: count,
})
export type AppLogPage = v.InferOutput<typeof AppLogPageSchema>

/** One record of an app: a property, a value, or a table with all its rows. */
export const AppRecordViewSchema = v.object({
  n: count,
  /** The path that moves it, by its key. */
  path: text,
  label: text,
  /** How many of the source's rows it stands for; the counts count these. */
  rows: count,
  /** Where those rows are listed (api-source.ts); null: it is one, or its path counts what no list of the source is. */
  listed: v.optional(
    v.nullable(
      v.variant('list', [
        v.object({ list: v.literal('appTable'), table: text }),
        v.object({ list: v.literal('property') }),
      ]),
    ),
    null,
  ),
  /** null: nothing has become of it yet. */
  verdict: v.nullable(v.picklist(verdicts)),
  reason: v.nullable(text),
})
export type AppRecordView = v.InferOutput<typeof AppRecordViewSchema>
export const AppRecordPageSchema = v.object({
  records: v.array(AppRecordViewSchema),
  /** Pass it as `after` for the next page; null at the end. */
  next: v.nullable(count),
})
export type AppRecordPage = v.InferOutput<typeof AppRecordPageSchema>

/** The words of the platform; others are refused with 400. */
export const vendorStatuses = ['IN_PROGRESS', 'SUCCESS', 'INCOMPLETE', 'FAILED'] as const
export const VendorProgressBody = v.object({
  status: v.picklist(vendorStatuses),
  percent: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  message: v.optional(
    v.pipe(
      text,
      v.transform((said) => said.slice(0, appLimits.messageLength)),
    ),
  ),
})
export type VendorProgress = v.InferOutput<typeof VendorProgressBody>
