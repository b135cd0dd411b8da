import type { FieldPromise, ValuePromise } from './custom-fields.ts'
import type { DashboardPromise } from './dashboards.ts'
import type { FilterPromise } from './filter-shares.ts'
import type { FramePromises, Reusable } from './frame.ts'
import type { HeldAuthor, HeldIssue, HeldPerson } from './held.ts'
import type { FindFile, SetupOptions } from './plan-options.ts'

export type { SiteFacts } from './site-facts.ts'

/** What the plan stage promises: one PlannedItem for each item of the source, and a few means to the end. */

/** Kinds of source items: each is counted, and ends with a verdict. */
export const kinds = [
  'user',
  'group',
  'membership',
  'issueType',
  'status',
  'priority',
  'resolution',
  'linkType',
  'projectCategory',
  'role',
  'project',
  'roleActor',
  'component',
  'version',
  'issue',
  'comment',
  'worklog',
  'attachment',
  'link',
  'remoteLink',
  'watcher',
  'vote',
  'history',
  'customField',
  'fieldValue',
  'property',
  'filter',
  'dashboard',
  'board',
  'sprint',
] as const
export type Kind = (typeof kinds)[number]

/** Things written to the site on the way that no source item stands for; never counted. */
export const means = [
  'screens',
  'issueTypeScheme',
  'workflow',
  'workflowScheme',
  'filler',
  'progress',
  'sprintClose',
  'note',
  'fillerDelete',
] as const
export type Means = (typeof means)[number]
const allMeans = new Set<string>(means)
/** Whether it only helps the items of the source to arrive: no number counts it. */
export const isMeans = (kind: PlannedKind): kind is Means => allMeans.has(kind)

/** The order of the push. Within a phase, lanes run beside each other; a lane's batches run one after the other. */
export const phases = [
  'people',
  'frame',
  'projects',
  'parts',
  'issues',
  'content',
  'files',
  'tidy',
] as const
export type Phase = (typeof phases)[number]

/** A reason a person understands, with a code that scripts and the report group by. */
export interface Reason {
  code: string
  text: string
}

/** An Atlassian Document Format document or node, as plain JSON. */
export interface AdfNode {
  type: string
  attrs?: Record<string, unknown>
  content?: AdfNode[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  text?: string
}
export interface AdfDoc {
  type: 'doc'
  version: 1
  content: AdfNode[]
}

/** The key of the entity property that carries an Origin: machine-readable truth and idempotency marker. */
export const originKey = 'landfall.origin'
/** Who made the item at the source and when; times are ISO with offset. */
export interface Origin {
  v: 1
  source: string
  kind: Kind | Means
  id: string
  author?: string
  authorKey?: string
  created?: string
  updateAuthor?: string
  updated?: string
  key?: string
  creator?: string
  reporter?: string
  assignee?: string
  resolved?: string
}

export interface Visibility {
  type: 'role' | 'group'
  value: string
}

/** What is promised of each kind, and compared field by field afterwards. */
export interface Promises extends FramePromises {
  user: { accountId: string; displayName: string; email: string | null }
  group: Reusable
  membership: { group: string; accountId: string }
  projectCategory: { name: string; description: string }
  role: { name: string; description: string }
  roleActor: {
    projectKey: string
    role: string
    actor: { accountId: string } | { group: string }
  }
  vote: null
  history: null
  customField: FieldPromise
  fieldValue: ValuePromise
  property: null
  filter: FilterPromise
  dashboard: DashboardPromise
  /** filter: the source's id of its filter; projectKey null = it belongs to the token's account. */
  board: { name: string; type: 'scrum' | 'kanban'; filter: string; projectKey: string | null }
  /** board: the source's id. start and end in epoch ms. A closed sprint is closed by a sprintClose. */
  sprint: {
    name: string
    goal: string
    board: string
    state: 'future' | 'active' | 'closed'
    start: number | null
    end: number | null
  }
  /** sprint: the source's id. */
  sprintClose: { sprint: string }
  project: {
    key: string
    name: string
    description: string
    url: string | null
    leadAccountId: string
    assigneeType: 'PROJECT_LEAD' | 'UNASSIGNED'
    projectTypeKey: 'software' | 'business' | 'service_desk'
    /** By name. */
    category?: string | null
    /** Only where PlanOptions.held asks for it, here and below. */
    held?: { lead: HeldPerson | null }
  }
  component: {
    projectKey: string
    name: string
    description: string
    leadAccountId: string | null
    assigneeType: 'PROJECT_DEFAULT' | 'COMPONENT_LEAD' | 'PROJECT_LEAD' | 'UNASSIGNED'
    held?: { lead: HeldPerson | null }
  }
  version: {
    projectKey: string
    name: string
    description: string
    startDate: string | null
    releaseDate: string | null
    released: boolean
    archived: boolean
  }
  issue: {
    key: string
    number: number
    issueType: string
    parentKey: string | null
    /** The parent that an epic link gives it after creation. */
    epicKey?: string | null
    summary: string
    description: AdfDoc | null
    environment: AdfDoc | null
    priority: string | null
    reporterAccountId: string | null
    assigneeAccountId: string | null
    labels: string[]
    components: string[]
    fixVersions: string[]
    versions: string[]
    duedate: string | null
    originalEstimateSeconds: number | null
    remainingEstimateSeconds: number | null
    /** Reached after creation by a `progress` item. */
    status: string
    resolution: string | null
    origin: Origin
    held?: HeldIssue
  }
  comment: {
    issueKey: string
    body: AdfDoc
    visibility: Visibility | null
    origin: Origin
    held?: HeldAuthor
  }
  worklog: {
    issueKey: string
    started: string
    timeSpentSeconds: number
    comment: AdfDoc | null
    visibility: Visibility | null
    origin: Origin
    held?: HeldAuthor
  }
  /** path: where the agent reads the bytes; '' where there is only what the source says of them. */
  attachment: {
    issueKey: string
    filename: string
    size: number
    mimetype: string | null
    path: string
    held?: HeldAuthor
  }
  /** Jira's own words: "inwardIssue <outward word> outwardIssue", i.e. the source blocks the destination when source is inwardIssue. */
  link: { type: string; inwardKey: string; outwardKey: string }
  remoteLink: {
    issueKey: string
    globalId: string
    title: string
    url: string
    summary: string | null
    relationship: string | null
    applicationType: string | null
    applicationName: string | null
  }
  watcher: { issueKey: string; accountId: string }
  /** One screen with every field that the push writes, its screen scheme and issue type screen scheme. */
  screens: { name: string; fields: string[] }
  issueTypeScheme: { name: string; projectKey: string; issueTypes: string[] }
  workflow: { name: string; projectKey: string; statuses: string[]; initial: string }
  workflowScheme: { name: string; projectKey: string; workflow: string }
  /** An issue that only fills a gap in the numbers, deleted at the end. */
  filler: { key: string; number: number; issueType: string; origin: Origin }
  fillerDelete: { key: string }
  /** The status by transition, and the resolution with it. */
  progress: { issueKey: string; status: string; resolution: string | null }
  /** A comment that Landfall itself adds: authors and times of attachments, or the rest of a long text (restricted as that text is). */
  note: { issueKey: string; body: AdfDoc; visibility?: Visibility; origin: Origin }
}
export type PlannedKind = keyof Promises

/** One planned item. Exactly one of promise and leftOut is set. */
export interface PlannedItem<K extends PlannedKind = PlannedKind> {
  kind: K
  /** Unique within its kind in this source. */
  sourceId: string
  /** What a person recognises: "PAY-12", "Comment by Fred on PAY-12". */
  label: string
  projectKey: string | null
  issueKey: string | null
  phase: Phase
  /** Batches of a lane go one after the other, in the order of the plan. */
  lane: string
  promise: Promises[K]
  /** What will not survive, told before the run. */
  losses: Reason[]
  /** Set when the item is not moved at all; then promise is null. */
  leftOut: Reason | null
}

export interface PlanOptions extends SetupOptions {
  /** Project keys to move; null = all. */
  projects: string[] | null
  /** IANA zone or fixed offset to read the source's wall clock in; null = what the snapshot found. */
  timeZone: string | null
  /** Say what the source held and not what Landfall would write: for a site that another program filled. */
  held?: boolean
  /** Finds an attachment's bytes; null = no attachments folder was given. */
  findFile: FindFile | null
}

/** Wiki markup to a valid ADF document. Never throws: what cannot be converted comes as readable text with a reason. */
export type ToAdf = (wiki: string) => Promise<{ doc: AdfDoc; lost: Reason[] }>
