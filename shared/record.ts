import type { AppTableRow, AppUseRow, PluginRow, UserIdRow } from './app-rows.ts'
import type { GadgetRow, GadgetSettingRow } from './dashboards.ts'
import type {
  AttachmentRow,
  ChangeGroupRow,
  ChangeItemRow,
  CommentRow,
  FieldValueRow,
  IssueComponentRow,
  IssueRow,
  IssueVersionRow,
  LabelRow,
  LinkRow,
  LinkTypeRow,
  RankRow,
  RemoteLinkRow,
  VoteRow,
  WatcherRow,
  WorklogRow,
} from './issue-rows.ts'
import type {
  BoardRow,
  ComponentRow,
  CustomFieldRow,
  DashboardRow,
  FieldContextRow,
  FieldOptionRow,
  FilterRow,
  GroupRow,
  IssueTypeRow,
  MembershipRow,
  PriorityRow,
  ProjectCategoryRow,
  ProjectKeyRow,
  ProjectRow,
  PropertyRow,
  RendererRow,
  ResolutionRow,
  RoleActorRow,
  RoleRow,
  SprintRow,
  StatusRow,
  UserRow,
  VersionRow,
} from './rows.ts'
import type {
  EventTypeRow,
  GlobalGrantRow,
  NotificationRow,
  PermissionGrantRow,
  ProjectSchemeRow,
  SchemeRow,
  SecurityLevelRow,
  SecurityMemberRow,
  SecuritySchemeRow,
  ShareRow,
} from './scheme-rows.ts'
import type { WorkflowPartRow, WorkflowRow, WorkflowUseRow } from './workflow-rows.ts'

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
  /** The file as it lay on disk when it was read (epoch ms); null where the source is none. */
  file: { bytes: number; modifiedAt: number } | null
  /** What a live source gave; null of a backup, and where an older Landfall read it. */
  live?: LiveFacts | null
}

/** As whom a live source was read, and how much of each project it gave. */
export interface LiveFacts {
  account: { name: string; displayName: string }
  projects: ProjectReading[]
}

/**
 * read: its issues were asked for · not-chosen: a person read other projects only · archived: Jira gives their
 * issues to nobody · not-searched: Jira does not let this account search it.
 */
export type HowRead = 'read' | 'not-chosen' | 'archived' | 'not-searched'

export interface ProjectReading {
  key: string
  how: HowRead
  /** Issues, as many as the source said it has; null where it was not asked, or does not say. */
  stated: number | null
  read: number
  /** Those that are too large to be answered, and those that are counted but not listed. */
  tooLarge: number
  notFound: number
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
  gadget: GadgetRow
  gadgetSetting: GadgetSettingRow
  board: BoardRow
  sprint: SprintRow
  rank: RankRow
  property: PropertyRow
  renderer: RendererRow
  plugin: PluginRow
  appTable: AppTableRow
  appUse: AppUseRow
  userId: UserIdRow
  permissionScheme: SchemeRow
  permissionGrant: PermissionGrantRow
  globalGrant: GlobalGrantRow
  projectScheme: ProjectSchemeRow
  securityScheme: SecuritySchemeRow
  securityLevel: SecurityLevelRow
  securityMember: SecurityMemberRow
  notificationScheme: SchemeRow
  notification: NotificationRow
  eventType: EventTypeRow
  share: ShareRow
  workflow: WorkflowRow
  workflowPart: WorkflowPartRow
  workflowScheme: SchemeRow
  workflowUse: WorkflowUseRow
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
