import type { FieldPart, FieldPromise, FieldType } from '../../shared/custom-fields.ts'
import type { GadgetPromise } from '../../shared/dashboards.ts'
import type { Promises } from '../../shared/plan.ts'

/** Ids of the site's items that a body needs beside what the plan promised. */
export interface ProjectFrame {
  issueTypeSchemeId: string
  workflowSchemeId: string
  issueTypeScreenSchemeId: string
  categoryId?: string | null
}

/** What came of one element of a request: the site's id, or its refusal in its own words. */
export type Outcome =
  | { ok: true; siteId: string; key?: string }
  | { ok: false; code: string; text: string; hint: string; again: boolean }

/** All that one custom field of an issue is to hold. */
export interface FieldSetting {
  fieldId: string
  type: FieldType
  parts: FieldPart[]
}

/** With whom a filter is shared, by the ids of the site. */
export type ShareTarget =
  | { to: 'everyone' }
  | { to: 'group'; groupId: string }
  | { to: 'project'; projectId: string }
  | { to: 'role'; projectId: string; roleId: string }
  | { to: 'user'; accountId: string }

/**
 * The writing half of a site. Each call is one request (screens: a few). A call that throws may or may
 * not have landed: only `Problem` with again=false from an answer of the site says that it did not.
 */
export interface SiteWriting {
  createIssueType(promise: Promises['issueType']): Promise<Outcome>
  createStatuses(promises: Promises['status'][]): Promise<Outcome[]>
  createPriority(promise: Promises['priority']): Promise<Outcome>
  createResolution(promise: Promises['resolution']): Promise<Outcome>
  createLinkType(promise: Promises['linkType']): Promise<Outcome>
  createGroup(promise: Promises['group']): Promise<Outcome>
  addMember(groupId: string, accountId: string): Promise<Outcome>
  createRole(promise: Promises['role']): Promise<Outcome>
  addRoleActor(
    projectKey: string,
    roleId: string,
    actor: { accountId: string } | { groupId: string },
  ): Promise<Outcome>
  createProjectCategory(promise: Promises['projectCategory']): Promise<Outcome>
  createScreens(promise: Promises['screens']): Promise<Outcome>
  /** A custom field that can do nothing yet: see equipField. The id is customfield_…. */
  createField(promise: FieldPromise): Promise<Outcome>
  /** A few requests that add what a field lacks: a context for these projects, options, a place on the screen. */
  equipField(
    fieldId: string,
    promise: FieldPromise,
    projects: { id: string; key: string }[],
  ): Promise<Outcome>
  /**
   * Sets custom fields of one issue in one request; fields that the site refuses are named by it, and the
   * others are sent again without them (each alone where it names none). One outcome for each setting.
   */
  setFields(issueKey: string, settings: FieldSetting[]): Promise<Outcome[]>
  createIssueTypeScheme(
    promise: Promises['issueTypeScheme'],
    issueTypeIds: string[],
  ): Promise<Outcome>
  createWorkflow(
    promise: Promises['workflow'],
    statuses: { id: string; name: string; description: string; category: string }[],
  ): Promise<Outcome>
  createWorkflowScheme(promise: Promises['workflowScheme']): Promise<Outcome>
  createProject(promise: Promises['project'], frame: ProjectFrame): Promise<Outcome>
  createComponent(promise: Promises['component']): Promise<Outcome>
  createVersion(promise: Promises['version'], projectId: string): Promise<Outcome>
  /** At most 50; the answer has one outcome for each promise, in its order, with the key the site gave. */
  createIssues(
    promises: (Promises['issue'] | Promises['filler'])[],
    projectId: string,
  ): Promise<Outcome[]>
  transition(issueKey: string, transitionId: string, resolution: string | null): Promise<Outcome>
  setResolution(issueKey: string, resolution: string | null): Promise<Outcome>
  /** jql: the promised one with the site's ids in it. */
  createFilter(
    promise: Promises['filter'],
    jql: string,
    shares: readonly ShareTarget[],
  ): Promise<Outcome>
  /** Says who sees a filter and who may change it; all of it is set anew. */
  shareFilter(
    filterId: string,
    promise: Promises['filter'],
    jql: string,
    to: { shares: readonly ShareTarget[]; editors: readonly ShareTarget[] },
  ): Promise<Outcome>
  /** With whom it is shared and who may change it is said at once. */
  createDashboard(
    promise: Promises['dashboard'],
    to: { shares: readonly ShareTarget[]; editors: readonly ShareTarget[] },
  ): Promise<Outcome>
  /** Below those that stand in its column; gadgets further down make room. */
  addGadget(dashboardId: string, gadget: GadgetPromise): Promise<Outcome>
  /** settings: the promised ones with the site's ids in them; sending them twice changes nothing. */
  setGadget(
    dashboardId: string,
    gadgetId: string,
    settings: Record<string, string>,
  ): Promise<Outcome>
  createBoard(promise: Promises['board'], filterId: string): Promise<Outcome>
  /** A future one; setSprintState moves it on. */
  createSprint(promise: Promises['sprint'], boardId: string): Promise<Outcome>
  setSprintState(sprintId: string, state: 'active' | 'closed'): Promise<Outcome>
  /** At most 50 keys. */
  moveToSprint(sprintId: string, issueKeys: readonly string[]): Promise<Outcome>
  setParent(issueKey: string, parentKey: string): Promise<Outcome>
  createComment(promise: Promises['comment'] | Promises['note']): Promise<Outcome>
  createWorklog(promise: Promises['worklog']): Promise<Outcome>
  /** Streams the file; the answer's id is the attachment's. */
  attach(promise: Promises['attachment']): Promise<Outcome>
  createLink(promise: Promises['link']): Promise<Outcome>
  createRemoteLink(promise: Promises['remoteLink']): Promise<Outcome>
  addWatcher(promise: Promises['watcher']): Promise<Outcome>
  deleteIssue(key: string): Promise<Outcome>
  /** Stops the site from making the token's account a watcher of all that it creates. */
  disableAutowatch(): Promise<Outcome>
}
