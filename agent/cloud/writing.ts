import type { Promises } from '../../shared/plan.ts'

/** Ids of the site's items that a body needs beside what the plan promised. */
export interface ProjectFrame {
  issueTypeSchemeId: string
  workflowSchemeId: string
  issueTypeScreenSchemeId: string
}

/** What came of one element of a request: the site's id, or its refusal in its own words. */
export type Outcome =
  | { ok: true; siteId: string; key?: string }
  | { ok: false; code: string; text: string; hint: string; again: boolean }

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
  createScreens(promise: Promises['screens']): Promise<Outcome>
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
