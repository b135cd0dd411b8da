import type { FieldOption, FieldPart, SiteField } from '../../shared/custom-fields.ts'
import type { SiteShare } from '../../shared/filter-shares.ts'
import type { Holder } from '../../shared/holders.ts'
import type { AdfDoc, Origin, SiteFacts, Visibility } from '../../shared/plan.ts'
import type { OwnedWant } from '../../shared/site-facts.ts'
import type { NotificationScheme, SiteApplication } from '../../shared/site-schemes.ts'
import type { AfterReading } from './reading-after.ts'
import type { DashboardReading } from './reading-dashboards.ts'
import type { FullReading } from './reading-full.ts'

/**
 * The reading half of a site: all that verify may use. Every call may throw a Problem; a limit or an
 * unreachable site is waited out below this interface (with-pace, with-retry) until the signal aborts.
 */
export interface SiteReading extends AfterReading, DashboardReading, FullReading {
  /** Who am I, what the site has by name, and which accounts belong to these addresses. */
  facts(want: {
    emails: Iterable<string>
    projectKeys: string[]
    projectNames: string[]
    /** Absent: no filters and dashboards are read. */
    filters?: OwnedWant
    dashboards?: OwnedWant
    /** What this account may not see is left empty instead of being a Problem. */
    mayBeRefused?: boolean
  }): Promise<SiteFacts>
  /** Whether the token's account has these permissions (project permissions: in any project), all fields, and how many projects. */
  forChecks(permissions: readonly string[]): Promise<{
    permissions: Record<string, boolean>
    fields: { id: string; name: string }[]
    /** How many projects this account sees: without any, no project permission can be told. */
    projects: number
  }>
  /** level: 1 = epics, 0 = what stands under them, -1 = sub-tasks. */
  issueTypes(): Promise<
    { id: string; name: string; description: string; subtask: boolean; level?: number }[]
  >
  statuses(): Promise<
    {
      id: string
      name: string
      description: string
      category: string
      scope: 'GLOBAL' | 'PROJECT'
    }[]
  >
  priorities(): Promise<{ id: string; name: string; description: string; color: string }[]>
  resolutions(): Promise<{ id: string; name: string; description: string }[]>
  linkTypes(): Promise<{ id: string; name: string; inward: string; outward: string }[]>
  roles(): Promise<{ id: string; name: string; description: string }[]>
  projectCategories(): Promise<{ id: string; name: string; description: string }[]>
  /** The groups of these names; null = all that the site has. */
  groups(names: readonly string[] | null): Promise<{ id: string; name: string }[]>
  /** Account ids, inactive ones too. */
  groupMembers(groupId: string): AsyncIterable<string>
  /** Who stands in a project role directly: accounts, and groups by name. */
  roleActors(
    projectKey: string,
    roleId: string,
  ): Promise<{ accountIds: string[]; groups: string[] }>
  /** Who may do what in a project; every project has one. Groups are told by name, roles and fields by id. */
  permissionScheme(projectKey: string): Promise<{
    id: string
    name: string
    grants: { permission: string; holder: Holder }[]
  }>
  /** The security levels of a project with their members; null where it has none. */
  securityScheme(projectKey: string): Promise<SiteSecurityScheme | null>
  /** Who is told of what in a project; null where nobody is. */
  notificationScheme(projectKey: string): Promise<NotificationScheme | null>
  /** The scheme that new projects come into; null where the site has none. Needs Administer Jira. */
  defaultNotifications(): Promise<NotificationScheme | null>
  /** The site's applications with their seats: null = not told, or unlimited. Needs Administer Jira. */
  applicationRoles(): Promise<SiteApplication[]>
  /** Custom fields of the whole site, not of single team-managed projects. */
  customFields(): Promise<SiteField[]>
  /** everywhere: for all projects and issue types. */
  fieldContexts(fieldId: string): Promise<{ id: string; name: string; everywhere: boolean }[]>
  fieldOptions(
    fieldId: string,
    contextId: string,
  ): Promise<(FieldOption & { id: string; disabled: boolean })[]>
  accounts(
    accountIds: readonly string[],
  ): Promise<{ accountId: string; displayName: string; email: string | null; active: boolean }[]>
  /** At most 20 active people whose address or name has a word that begins with this, as the site searches. */
  findAccounts(
    words: string,
  ): Promise<{ accountId: string; displayName: string; email: string | null }[]>
  project(key: string): Promise<SiteProject | null>
  components(projectKey: string): Promise<SiteComponent[]>
  versions(projectKey: string): Promise<SiteVersion[]>
  /** At most 100 keys; issues that do not exist or cannot be seen are absent from the answer. customFields: ids of those to read, too. */
  issues(keys: readonly string[], customFields?: readonly string[]): Promise<SiteIssue[]>
  /** The keys of a project's issues by rising number, for what the source did not expect to be there. */
  keysOf(projectKey: string): AsyncIterable<string>
  comments(issueKey: string): Promise<SiteComment[]>
  worklogs(issueKey: string): Promise<SiteWorklog[]>
  watchers(issueKey: string): Promise<string[]>
  remoteLinks(issueKey: string): Promise<SiteRemoteLink[]>
  /** The bytes of an attachment, in chunks. */
  content(attachmentId: string): Promise<AsyncIterable<Uint8Array>>
  transitions(
    issueKey: string,
  ): Promise<{ id: string; name: string; toStatus: string; fields: string[] }[]>
  /**
   * Filters by their whole name, null = all; 'mine' = those of the token's account, 'any' = those it sees,
   * 'all' = also what others share with nobody, which only administrators may ask for.
   */
  filters(
    name: string | null,
    whose: 'mine' | 'any' | 'all',
  ): Promise<{ id: string; name: string; description: string; jql: string }[]>
  /** One filter; null where there is none, or this account does not see it. */
  filter(
    filterId: string,
  ): Promise<{ id: string; name: string; description: string; jql: string } | null>
  /** With whom a filter is shared, and who may change it beside its owner; null where this account does not see it. */
  filterShares(filterId: string): Promise<{
    ownerAccountId: string | null
    shares: SiteShare[]
    editors: SiteShare[]
  } | null>
  /** The keys that a JQL finds, page by page. Throws a Problem where the site refuses the JQL. */
  keysFound(jql: string): AsyncIterable<string>
  /** Boards of a filter, or those whose names hold these words. */
  boards(by: { filterId: string } | { name: string }): Promise<SiteBoard[]>
  /** The id of the filter that a board shows. */
  boardFilter(boardId: string): Promise<string | null>
  sprints(boardId: string): Promise<SiteSprint[]>
  /** The keys of the issues that are, or were when it was closed, in a sprint. */
  keysInSprint(sprintId: string): AsyncIterable<string>
  /** The id of something that carries this exact name, null where there is none. */
  idByName(
    what:
      | 'screen'
      | 'screenScheme'
      | 'issueTypeScreenScheme'
      | 'issueTypeScheme'
      | 'workflow'
      | 'workflowScheme',
    name: string,
  ): Promise<string | null>
  /** How many requests were sent so far, all methods. */
  requests(): number
  /** Milliseconds that an answer takes, the median of the first ones; null before any came. */
  latencyMs(): number | null
}

export interface SiteProject {
  id: string
  key: string
  name: string
  description: string
  url: string | null
  leadAccountId: string | null
  assigneeType: string | null
  projectTypeKey: string
  category: string | null
}
export interface SiteSecurityScheme {
  id: string
  name: string
  defaultLevelId: string | null
  levels: { id: string; name: string; members: Holder[] }[]
}
export interface SiteBoard {
  id: string
  name: string
  type: string
  projectKey: string | null
}
/** start and end in epoch ms. */
export interface SiteSprint {
  id: string
  name: string
  goal: string
  state: string
  start: number | null
  end: number | null
}
export interface SiteComponent {
  id: string
  name: string
  description: string
  leadAccountId: string | null
  assigneeType: string | null
}
export interface SiteVersion {
  id: string
  name: string
  description: string
  startDate: string | null
  releaseDate: string | null
  released: boolean
  archived: boolean
}
export interface SiteIssue {
  id: string
  key: string
  projectKey: string
  issueType: string
  parentKey: string | null
  summary: string
  description: AdfDoc | null
  environment: AdfDoc | null
  priority: string | null
  status: string
  resolution: string | null
  reporterAccountId: string | null
  assigneeAccountId: string | null
  labels: string[]
  components: string[]
  fixVersions: string[]
  versions: string[]
  duedate: string | null
  /** The security level; null or absent = whoever sees the project sees the issue. */
  security?: { id: string; name: string } | null
  originalEstimateSeconds: number | null
  remainingEstimateSeconds: number | null
  timeSpentSeconds: number | null
  origin: Origin | null
  attachments: SiteAttachment[]
  links: SiteLink[]
  /** The first page as the site gives it with the issue, and how many there are in all. */
  comments: { items: SiteComment[]; total: number }
  worklogs: { items: SiteWorklog[]; total: number }
  watchCount: number
  /** What the custom fields that were asked for hold, by the field's id. */
  custom: Record<string, FieldPart[]>
}
export interface SiteAttachment {
  id: string
  filename: string
  size: number
  mimetype: string
  authorAccountId: string | null
  created: string
}
/** Seen from one issue: exactly one of inwardKey and outwardKey is set, the other end. */
export interface SiteLink {
  id: string
  type: string
  inwardKey: string | null
  outwardKey: string | null
}
/** origin is only there where it was asked for (comments(), worklogs()). */
export interface SiteComment {
  id: string
  body: AdfDoc
  visibility: Visibility | null
  authorAccountId: string | null
  created: string
  origin: Origin | null
}
export interface SiteWorklog {
  id: string
  started: string
  timeSpentSeconds: number
  comment: AdfDoc | null
  visibility: Visibility | null
  authorAccountId: string | null
  origin: Origin | null
}
export interface SiteRemoteLink {
  id: string
  globalId: string | null
  title: string
  url: string
  summary: string | null
  relationship: string | null
}
