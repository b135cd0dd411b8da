import { createAgileClient } from 'jira.js/agile'
import { createCloudClient } from 'jira.js/cloud'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedPractice, servePractice } from '../../agent/practice/serve.ts'
import { doc } from './caller.ts'

let site: ServedPractice
beforeAll(async () => {
  site = await servePractice({ port: 0, stateDir: null, rateLimits: 'off' })
})
afterAll(() => site.close())

const adf = (text: string) => doc(text) as never

/** The client of others, set to throw at every answer that is not as its own schemas say. */
function clients() {
  const config = {
    host: site.url,
    auth: { type: 'basic', email: site.email, apiToken: site.token },
    onSchemaMismatch: 'throw',
  } as const
  return { jira: createCloudClient(config), agile: createAgileClient(config) }
}

test('a client written by others understands all that the site has by name', async () => {
  const { jira } = clients()
  const me = await jira.myself.getCurrentUser()
  expect((await jira.serverInfo.getServerInfo()).deploymentType).toBe('Cloud')
  expect((await jira.issueTypes.getIssueAllTypes()).map(({ name }) => name)).toContain('Epic')
  expect((await jira.issuePriorities.searchPriorities()).values).toHaveLength(5)
  expect((await jira.issueLinkTypes.getIssueLinkTypes()).issueLinkTypes).toHaveLength(4)
  expect((await jira.status.search()).values?.map(({ name }) => name)).toEqual([
    'To Do',
    'In Progress',
    'Done',
  ])
  await jira.workflowStatuses.getStatuses()
  await jira.workflowStatusCategories.getStatusCategories()
  await jira.userSearch.findUsers({ query: 'admin' })
  await jira.users.getUser({ accountId: me.accountId ?? '' })
  await jira.users.getAllUsers()
  await jira.groups.findGroups({ query: 'jira' })
  await jira.issueFields.getFields()
  await jira.labels.getAllLabels()
  await jira.screens.getScreens()
  await jira.screenSchemes.getScreenSchemes()
  await jira.issueTypeScreenSchemes.getIssueTypeScreenSchemes()
  await jira.issueTypeSchemes.getAllIssueTypeSchemes()
  await jira.workflowSchemes.getAllWorkflowSchemes()
  await jira.workflows.searchWorkflows()
  await jira.workflows.readWorkflows({ workflowNames: ['jira'] })
  await jira.filters.getFiltersPaginated()
  await jira.dashboards.getDashboardsPaginated()
  await jira.projectRoles.getAllProjectRoles()
  await jira.jiraSettings.getConfiguration()
  await jira.permissions.getMyPermissions({ permissions: 'ADMINISTER' })
  await jira.projectKeyAndNameValidation.validateProjectKey({ key: 'OTHER' })
  expect((await jira.issueAttachments.getAttachmentMeta()).enabled).toBe(true)
})

test('a client written by others can fill a project and read it back', async () => {
  const { jira, agile } = clients()
  const me = (await jira.myself.getCurrentUser()).accountId ?? ''
  const project = await jira.projects.createProject({
    key: 'OTHER',
    name: 'Made by another client',
    projectTypeKey: 'software',
    leadAccountId: me,
  })
  await jira.projectComponents.createComponent({
    project: 'OTHER',
    name: 'Engine',
    leadAccountId: me,
  })
  await jira.projectVersions.createVersion({
    projectId: Number(project.id),
    name: '1.0',
    releaseDate: '2020-02-29',
  })
  const made = await jira.issues.createIssues({
    issueUpdates: ['One', 'Two', ''].map((summary) => ({
      fields: {
        project: { key: 'OTHER' },
        issuetype: { name: 'Task' },
        summary,
        description: adf('What'),
        components: [{ name: 'Engine' }],
        fixVersions: [{ name: '1.0' }],
        labels: ['x'],
      },
    })),
  })
  expect(made.issues?.map(({ key }) => key)).toEqual(['OTHER-1', 'OTHER-2'])
  expect(made.errors?.map(({ failedElementNumber }) => failedElementNumber)).toEqual([2])

  await jira.issueComments.addComment({ issueIdOrKey: 'OTHER-1', body: adf('Hello') })
  await jira.issueWorklogs.addWorklog({
    issueIdOrKey: 'OTHER-1',
    started: '2019-01-17T12:34:00.000+0000',
    timeSpentSeconds: 3600,
    adjustEstimate: 'leave',
  })
  await jira.issueLinks.linkIssues({
    type: { name: 'Blocks' },
    inwardIssue: { key: 'OTHER-1' },
    outwardIssue: { key: 'OTHER-2' },
  })
  await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey: 'OTHER-1',
    globalId: 'a',
    object: { title: 'Elsewhere', url: 'https://example.org' },
  })
  await jira.issueProperties.setIssueProperty({
    issueIdOrKey: 'OTHER-1',
    propertyKey: 'k',
    body: { v: 1 },
  })
  const attached = await jira.issueAttachments.addAttachment({
    issueIdOrKey: 'OTHER-1',
    attachments: { filename: 'notes.txt', content: Buffer.from('some bytes') },
  })
  expect(attached.map(({ filename, size }) => [filename, size])).toEqual([['notes.txt', 10]])
  const bytes = await jira.issueAttachments.getAttachmentContent({ id: attached[0]?.id ?? '' })
  expect(new TextDecoder().decode(bytes as never)).toBe('some bytes')
  await jira.issueAttachments.getAttachment({ id: attached[0]?.id ?? '' })

  const { transitions } = await jira.issues.getTransitions({ issueIdOrKey: 'OTHER-1' })
  const done = transitions?.find(({ name }) => name === 'Done')
  await jira.issues.doTransition({ issueIdOrKey: 'OTHER-1', transition: { id: done?.id ?? '' } })
  const one = await jira.issues.getIssue({ issueIdOrKey: 'OTHER-1' })
  expect(one.fields).toMatchObject({
    status: { name: 'Done' },
    resolution: { name: 'Done' },
    issuelinks: [{ outwardIssue: { key: 'OTHER-2' } }],
    comment: { total: 1 },
  })
  expect((await jira.issues.getChangeLogs({ issueIdOrKey: 'OTHER-1' })).values).toHaveLength(1)
  await jira.issues.bulkFetchIssues({ issueIdsOrKeys: ['OTHER-1', 'OTHER-9'], fields: ['*all'] })
  await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'OTHER' })
  await jira.issues.getEditIssueMeta({ issueIdOrKey: 'OTHER-1' })
  await jira.issueComments.getComments({ issueIdOrKey: 'OTHER-1' })
  await jira.issueWorklogs.getIssueWorklog({ issueIdOrKey: 'OTHER-1' })
  await jira.issueWatchers.getIssueWatchers({ issueIdOrKey: 'OTHER-1' })
  await jira.issueVotes.getVotes({ issueIdOrKey: 'OTHER-1' })
  await jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: 'OTHER-1' })
  await jira.issueProperties.getIssueProperty({ issueIdOrKey: 'OTHER-1', propertyKey: 'k' })
  await jira.projects.getProject({ projectIdOrKey: 'OTHER' })
  await jira.projects.searchProjects()
  await jira.projects.getAllStatuses({ projectIdOrKey: 'OTHER' })
  await jira.projectComponents.getProjectComponents({ projectIdOrKey: 'OTHER' })
  await jira.projectVersions.getProjectVersions({ projectIdOrKey: 'OTHER' })
  await jira.projectRoles.getProjectRoles({ projectIdOrKey: 'OTHER' })
  const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql: 'project = OTHER',
    fields: ['summary'],
  })
  expect(found.issues?.map(({ key }) => key)).toEqual(['OTHER-2', 'OTHER-1'])
  expect((await jira.issueSearch.countIssues({ jql: 'project = OTHER' })).count).toBe(2)
  await jira.issues.editIssue({ issueIdOrKey: 'OTHER-1', fields: { summary: 'One, edited' } })
  await jira.issues.deleteIssue({ issueIdOrKey: 'OTHER-2' })

  const filter = await jira.filters.createFilter({ name: 'Ours', jql: 'project = OTHER' })
  await jira.filters.getFilter({ id: Number(filter.id) })
  const filterId = Number(filter.id)
  const board = await agile.board.createBoard({ name: 'Board', type: 'scrum', filterId })
  await agile.board.getConfiguration({ boardId: Number(board.id) })
  const sprint = await agile.sprint.createSprint({
    name: 'Sprint 1',
    originBoardId: Number(board.id),
  })
  expect(sprint.state).toBe('future')
  const sprintId = Number(sprint.id)
  await agile.sprint.moveIssuesToSprintAndRank({ sprintId, issues: ['OTHER-1'] })
  const inSprint = { jql: `sprint = ${sprintId}` }
  expect((await jira.issueSearch.countIssues(inSprint)).count).toBe(1)
  const { groupId } = await jira.groups.createGroup({ name: 'others' })
  await jira.groups.addUserToGroup({ groupId: groupId ?? '', accountId: me })
  expect((await jira.groups.getUsersFromGroup({ groupId: groupId ?? '' })).total).toBe(1)
  const role = await jira.projectRoles.createProjectRole({ name: 'Other role' })
  const at = { projectIdOrKey: 'OTHER', id: Number(role.id) }
  await jira.projectRoleActors.addActorUsers({ ...at, user: [me] })
  expect((await jira.projectRoles.getProjectRole(at)).actors).toHaveLength(1)
  await jira.projectCategories.createProjectCategory({ name: 'Others' })
  expect(await jira.projectCategories.getAllProjectCategories()).toHaveLength(1)
  await agile.board.getAllBoards()
})
