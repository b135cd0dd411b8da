/**
 * What crosses the wire about the rows of a source: the list behind each number of its inspection, and behind
 * what an app left there. Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   GET /api/migrations/:id/source/:list?app&field&entity&project&issue&person&workflow&part&after&limit    SourceRowPage
 *       app: only what the app with this key left or uses · field: of that, only issues with a value in this field; without an app, only options of this field
 *       entity: only properties of this bearer (IssueProperty, …) · project: only rows of the project with this key
 *       issue: only rows of the issue with this key
 *       workflow, part: only what stands in this workflow, of this part (shared/workflow-rows.ts)
 *       person: only issues in scope that name this user (by key) as reporter, assignee or creator; `note` says who that is
 *   GET /api/migrations/:id/source/noted?note&after&limit                SourceRowPage: what a note of the inspection counts, by its `n`
 *   GET /api/migrations/:id/entities/:entity?after&limit                 AppTablePage: rows that the snapshot does not keep, read from the backup again
 *   GET /api/migrations/:id/apps/:key/tables/:table?after&limit          AppTablePage, read from the backup again
 *
 * 409 not-now before the source was read, and for rows that hold secrets; 404 not-found for an app, a note or a
 * table that it does not have.
 */
import * as v from 'valibot'
import type { Table } from './record.ts'
import type { WorkflowPart } from './workflow-rows.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The tables of a snapshot, each of which is a list. */
export const sourceLists = [
  'user',
  'group',
  'membership',
  'project',
  'projectKey',
  'projectCategory',
  'role',
  'roleActor',
  'component',
  'version',
  'issueType',
  'status',
  'priority',
  'resolution',
  'issue',
  'comment',
  'worklog',
  'changeGroup',
  'changeItem',
  'attachment',
  'linkType',
  'link',
  'remoteLink',
  'label',
  'watcher',
  'vote',
  'issueVersion',
  'issueComponent',
  'customField',
  'fieldContext',
  'fieldOption',
  'fieldValue',
  'filter',
  'dashboard',
  'gadget',
  'gadgetSetting',
  'board',
  'sprint',
  'rank',
  'property',
  'renderer',
  'plugin',
  'appTable',
  'appUse',
  'userId',
  'permissionScheme',
  'permissionGrant',
  'globalGrant',
  'projectScheme',
  'securityScheme',
  'securityLevel',
  'securityMember',
  'notificationScheme',
  'notification',
  'eventType',
  'share',
  'workflow',
  'workflowPart',
  'workflowScheme',
  'workflowUse',
] as const satisfies readonly Table[]
export type SourceList = (typeof sourceLists)[number]

/** What an app left in a source or uses there, by the ids and keys of the snapshot. */
export interface AppMarks {
  propertyKeys: readonly string[]
  fieldIds: readonly string[]
  filterIds: readonly string[]
  /** Ids of dashboards with its gadgets, names of workflows with code of its own. */
  dashboardIds: readonly string[]
  workflows: readonly string[]
  tables: readonly string[]
}

/** Which rows of a snapshot are asked for. */
export interface ListingQuestion {
  /** 'noted': what a note of the reading counts. */
  table: SourceList | 'noted'
  /** Which note, by the number that the inspection gives it. */
  note?: number
  /** Only what bears one of these marks; absent = all. */
  marks?: AppMarks
  /** Only properties of this bearer. */
  entity?: string
  /** Only what belongs to the project with this key. */
  project?: string
  /** Only what belongs to the issue with this key. */
  issue?: string
  /** Only options of this custom field. */
  field?: string
  /** Only what stands in this workflow, and of that only this part. */
  workflow?: string
  part?: WorkflowPart
  /** Only issues that name the user with this key, in the projects with these ids. */
  naming?: { key: string; projectIds: readonly string[] }
  /** The last row of the page before, by its `n`; 0 = from the beginning. */
  after: number
  limit: number
}

/** One row of the source in a few words. */
export const SourceRowSchema = v.object({
  n: count,
  /** What it is called, or how its text begins; '' = it has neither. */
  label: text,
  /** What tells it from others of its name. */
  detail: v.nullable(text),
  issueKey: v.nullable(text),
  projectKey: v.nullable(text),
})
export type SourceRow = v.InferOutput<typeof SourceRowSchema>
export const SourceRowPageSchema = v.object({
  rows: v.array(SourceRowSchema),
  /** What the note says whose rows they are, or who the person is; null: they are of none. */
  note: v.optional(v.nullable(text), null),
  /** Pass it as `after` for the next page; null at the end. */
  next: v.nullable(count),
})
export type SourceRowPage = v.InferOutput<typeof SourceRowPageSchema>

/** One row of a table that an app keeps of its own. */
export const AppTableRowSchema = v.object({
  n: count,
  /** value null: the row has none · hidden: by its column's name it may be a password or a token. */
  cells: v.array(v.object({ column: text, value: v.nullable(text), hidden: v.boolean() })),
})
export const AppTablePageSchema = v.object({
  rows: v.array(AppTableRowSchema),
  next: v.nullable(count),
})
export type AppTablePage = v.InferOutput<typeof AppTablePageSchema>
