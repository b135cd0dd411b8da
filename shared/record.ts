/**
 * The rows of a snapshot, one interface a table; the SQL columns carry exactly these names.
 * `string | null`: null = the source did not have the value (an absent attribute), '' = it was empty.
 * Ids are the source's own, as text. Times are the source's own text (`2008-01-07 16:24:54.23`, the
 * server's wall clock, see SnapshotInfo.timeZone) unless a comment says otherwise.
 */
export interface SnapshotInfo {
  /** A stable id of this source: hash of its server id or, where absent, of its first bytes. */
  sourceId: string
  sourceKind: 'backup' | 'datacenter'
  /** Where it was read from, for people. */
  label: string
  /** e.g. "6.3.11"; null when the file does not tell. */
  version: string | null
  build: string | null
  /** Epoch ms of the export, null in old files. */
  exportedAt: number | null
  /** IANA zone or fixed offset ("UTC+08:00") in which wall-clock times are to be read. */
  timeZone: string
  /** How the zone was found, in words for a person; 'assumed' when nothing told. */
  timeZoneFrom: 'user' | 'header' | 'clock' | 'field times' | 'assumed'
  baseUrl: string | null
  /** Control characters that XML forbids, kept out of the values. */
  illegalCharacters: number
}

/** How many rows of each entity were found, and how many the file itself says it has. */
export interface EntityCount {
  entity: string
  found: number
  /** From the trailing comment; null where the file has none. */
  stated: number | null
  /** 'kept' in the snapshot, 'counted' only, 'secret' (never stored). */
  treatment: 'kept' | 'counted' | 'secret'
}

export interface UserRow {
  key: string
  name: string | null
  displayName: string | null
  email: string | null
  active: 0 | 1
  deleted: 0 | 1
  directory: string | null
}
export interface GroupRow {
  name: string
  description: string | null
  active: 0 | 1
}
export interface MembershipRow {
  groupName: string
  childKind: 'user' | 'group'
  child: string
}
export interface ProjectRow {
  id: string
  key: string
  originalKey: string
  name: string
  description: string | null
  lead: string | null
  url: string | null
  categoryId: string | null
  type: string | null
  assigneeType: string | null
  counter: number | null
  archived: 0 | 1
}
export interface ProjectKeyRow {
  projectId: string
  key: string
}
export interface ProjectCategoryRow {
  id: string
  name: string
  description: string | null
}
export interface RoleRow {
  id: string
  name: string
  description: string | null
}
export interface RoleActorRow {
  id: string
  projectId: string | null
  roleId: string
  actorKind: 'user' | 'group'
  actor: string
}
export interface ComponentRow {
  id: string
  projectId: string
  name: string
  description: string | null
  lead: string | null
  assigneeType: string | null
  archived: 0 | 1
}
export interface VersionRow {
  id: string
  projectId: string
  name: string
  description: string | null
  sequence: number | null
  released: 0 | 1
  archived: 0 | 1
  startDate: string | null
  releaseDate: string | null
}
export interface IssueTypeRow {
  id: string
  name: string
  description: string | null
  subtask: 0 | 1
  sequence: number | null
}
/** category: 1 none, 2 new, 3 done, 4 in progress (Jira's own ids); null before 6.2. */
export interface StatusRow {
  id: string
  name: string
  description: string | null
  category: string | null
  sequence: number | null
}
export interface PriorityRow {
  id: string
  name: string
  description: string | null
  color: string | null
  sequence: number | null
}
export interface ResolutionRow {
  id: string
  name: string
  description: string | null
  sequence: number | null
}
/** Estimates and time spent in seconds. number = the part of the key after the dash. */
export interface IssueRow {
  id: string
  projectId: string
  number: number
  key: string
  type: string | null
  status: string | null
  priority: string | null
  resolution: string | null
  summary: string | null
  description: string | null
  environment: string | null
  reporter: string | null
  assignee: string | null
  creator: string | null
  created: string | null
  updated: string | null
  due: string | null
  resolved: string | null
  originalEstimate: number | null
  remainingEstimate: number | null
  timeSpent: number | null
  security: string | null
  votes: number | null
  watches: number | null
  archived: 0 | 1
}
export interface CommentRow {
  id: string
  issueId: string
  author: string | null
  body: string | null
  created: string | null
  updateAuthor: string | null
  updated: string | null
  groupLevel: string | null
  roleLevel: string | null
}
export interface WorklogRow {
  id: string
  issueId: string
  author: string | null
  body: string | null
  created: string | null
  updateAuthor: string | null
  updated: string | null
  started: string | null
  seconds: number | null
  groupLevel: string | null
  roleLevel: string | null
}
export interface ChangeGroupRow {
  id: string
  issueId: string
  author: string | null
  created: string | null
}
export interface ChangeItemRow {
  id: string
  groupId: string
  fieldType: string | null
  field: string | null
  oldValue: string | null
  oldString: string | null
  newValue: string | null
  newString: string | null
}
export interface AttachmentRow {
  id: string
  issueId: string
  filename: string
  mimetype: string | null
  size: number | null
  author: string | null
  created: string | null
}
export interface LinkTypeRow {
  id: string
  name: string
  inward: string | null
  outward: string | null
  style: string | null
}
/** For sub-task links source = parent, for epic links source = epic. */
export interface LinkRow {
  id: string
  typeId: string
  sourceId: string
  destinationId: string
  sequence: number | null
  relation: 'link' | 'subtask' | 'epic'
}
export interface RemoteLinkRow {
  id: string
  issueId: string
  globalId: string | null
  title: string | null
  url: string | null
  summary: string | null
  relationship: string | null
  applicationType: string | null
  applicationName: string | null
}
/** fieldId null = the system field Labels. */
export interface LabelRow {
  issueId: string
  label: string
  fieldId: string | null
}
export interface WatcherRow {
  issueId: string
  user: string
}
export interface VoteRow {
  issueId: string
  user: string
}
export interface IssueVersionRow {
  issueId: string
  versionId: string
  role: 'fix' | 'affects'
}
export interface IssueComponentRow {
  issueId: string
  componentId: string
}
export interface CustomFieldRow {
  id: string
  name: string
  description: string | null
  type: string
  searcher: string | null
}
export interface FieldContextRow {
  id: string
  fieldId: string
  name: string | null
  projectId: string | null
  configId: string | null
}
export interface FieldOptionRow {
  id: string
  fieldId: string
  configId: string | null
  parentId: string | null
  sequence: number | null
  value: string | null
  disabled: 0 | 1
}
export interface FieldValueRow {
  id: string
  issueId: string
  fieldId: string
  parentKey: string | null
  stringValue: string | null
  numberValue: string | null
  dateValue: string | null
  textValue: string | null
}
export interface FilterRow {
  id: string
  name: string
  owner: string | null
  jql: string | null
  description: string | null
}
export interface DashboardRow {
  id: string
  name: string
  owner: string | null
}
export interface BoardRow {
  id: string
  name: string
  owner: string | null
  filterId: string | null
  kind: 'scrum' | 'kanban'
}
/** start, end and complete are epoch ms. */
export interface SprintRow {
  id: string
  name: string
  goal: string | null
  boardId: string | null
  state: 'future' | 'active' | 'closed'
  start: number | null
  end: number | null
  complete: number | null
}
export interface RankRow {
  issueId: string
  fieldId: string | null
  rank: string
}
export interface PropertyRow {
  id: string
  entity: string
  entityId: string
  key: string
  value: string | null
}
/** renderer of a text field ('description', 'comment', …) in a project: 'wiki' or 'text'. */
export interface RendererRow {
  projectId: string | null
  field: string
  renderer: 'wiki' | 'text'
}

export interface Tables {
  user: UserRow
  group: GroupRow
  membership: MembershipRow
  project: ProjectRow
  projectKey: ProjectKeyRow
  projectCategory: ProjectCategoryRow
  role: RoleRow
  roleActor: RoleActorRow
  component: ComponentRow
  version: VersionRow
  issueType: IssueTypeRow
  status: StatusRow
  priority: PriorityRow
  resolution: ResolutionRow
  issue: IssueRow
  comment: CommentRow
  worklog: WorklogRow
  changeGroup: ChangeGroupRow
  changeItem: ChangeItemRow
  attachment: AttachmentRow
  linkType: LinkTypeRow
  link: LinkRow
  remoteLink: RemoteLinkRow
  label: LabelRow
  watcher: WatcherRow
  vote: VoteRow
  issueVersion: IssueVersionRow
  issueComponent: IssueComponentRow
  customField: CustomFieldRow
  fieldContext: FieldContextRow
  fieldOption: FieldOptionRow
  fieldValue: FieldValueRow
  filter: FilterRow
  dashboard: DashboardRow
  board: BoardRow
  sprint: SprintRow
  rank: RankRow
  property: PropertyRow
  renderer: RendererRow
}
export type Table = keyof Tables

/** Tables whose rows belong to one issue by a column issueId. */
export type IssueTable = { [K in Table]: Tables[K] extends { issueId: string } ? K : never }[Table]

/** The reading half of a snapshot. Nothing here loads a whole big table: issues come by key range. */
export interface SnapshotReader {
  info(): SnapshotInfo
  entityCounts(): EntityCount[]
  count(table: Table): number
  /** Every row of a table, streamed in the order of the source's ids (numeric where numeric). */
  rows<T extends Table>(table: T): IterableIterator<Tables[T]>
  /** A page of a project's issues by rising number. */
  issues(projectId: string, afterNumber: number, limit: number): IssueRow[]
  issue(id: string): IssueRow | null
  issueByKey(key: string): IssueRow | null
  /** The rows of a per-issue table for these issues, ordered by issue, then id. */
  ofIssues<T extends IssueTable>(table: T, issueIds: readonly string[]): Tables[T][]
  /** How many rows of a per-issue table a project's issues have. */
  countOf(table: IssueTable, projectId: string): number
  /** Rows of a per-issue table whose issue is not in the source: dangling references. */
  orphans<T extends IssueTable>(table: T): IterableIterator<Tables[T]>
  /** The items of these change groups, ordered by group, then id. */
  changeItems(groupIds: readonly string[]): ChangeItemRow[]
  close(): void
}
