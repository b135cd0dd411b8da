import type { Outcome, SiteWriting } from './writing.ts'

/**
 * A site that takes everything and keeps nothing: the whole push runs, and not one request is sent.
 * Ids are told apart from a site's at a glance; issues get the keys that they were promised.
 */
export function createDryWriting(): SiteWriting {
  let last = 0
  const took = async (): Promise<Outcome> => ({ ok: true, siteId: `dry-${++last}` })
  const done = async (): Promise<Outcome> => ({ ok: true, siteId: '' })
  return {
    createIssueType: took,
    createStatuses: (promises) => Promise.all(promises.map(took)),
    createPriority: took,
    createResolution: took,
    createLinkType: took,
    createScreens: took,
    createGroup: took,
    addMember: done,
    createRole: took,
    addRoleActor: done,
    createProjectCategory: took,
    createField: took,
    equipField: took,
    setFields: (_key, settings) => Promise.all(settings.map(done)),
    createIssueTypeScheme: took,
    createWorkflow: took,
    createWorkflowScheme: took,
    createProject: took,
    createComponent: took,
    createVersion: took,
    createIssues: (promises) =>
      Promise.all(promises.map(async ({ key }) => ({ ...(await took()), key }))),
    transition: done,
    setResolution: done,
    setParent: done,
    createFilter: took,
    shareFilter: done,
    createDashboard: took,
    addGadget: took,
    setGadget: done,
    createBoard: took,
    createSprint: took,
    setSprintState: done,
    moveToSprint: done,
    createComment: took,
    createWorklog: took,
    attach: took,
    createLink: done,
    createRemoteLink: took,
    addWatcher: done,
    deleteIssue: done,
    disableAutowatch: done,
  }
}
