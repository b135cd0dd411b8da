import { type Call, doc } from './caller.ts'
import { tourAccess } from './tour-access.ts'
import { tourAfter } from './tour-after.ts'
import { tourFields } from './tour-fields.ts'

/** Calls everything that the practice site answers, once as it is meant and often once as it is refused. */
export async function tour(call: Call): Promise<void> {
  const api = '/rest/api/3'
  const id = (body: unknown) => (body as { id: string }).id
  const get = (path: string) => call('GET', `${api}${path}`)
  const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
    call('POST', `${api}${path}`, body, headers)
  const put = (path: string, body: unknown) => call('PUT', `${api}${path}`, body)
  const drop = (path: string) => call('DELETE', `${api}${path}`)

  await tourAccess(call)
  const me = (await get('/myself')).body as { accountId: string }
  for (const path of [
    ...['/serverInfo', '/configuration', '/mypermissions?permissions=ADMINISTER,BROWSE_PROJECTS'],
    ...[
      '/mypermissions',
      `/user?accountId=${me.accountId}`,
      '/user?accountId=nobody',
      '/user/search?query=adm',
    ],
    ...[
      `/user/bulk?accountId=${me.accountId}`,
      '/users/search',
      '/group/bulk',
      '/groups/picker?query=jira',
    ],
    ...[
      '/role',
      '/issuetype',
      '/priority',
      '/priority/search',
      '/resolution',
      '/resolution/search',
    ],
    ...[
      '/issueLinkType',
      '/status',
      '/statuscategory',
      '/statuses/search?maxResults=2',
      '/field',
      '/label',
    ],
    ...[
      '/screens',
      '/screenscheme',
      '/issuetypescreenscheme',
      '/issuetypescheme',
      '/workflowscheme',
    ],
    ...[
      '/workflow/search',
      '/workflows/search',
      '/project/search',
      '/projectvalidate/key?key=TOUR',
    ],
    ...['/filter/search', '/dashboard/search', '/mypreferences?key=none', '/attachment/meta'],
  ])
    await get(path)
  await put('/mypreferences?key=user.autowatch.disabled', 'true')
  await get('/mypreferences?key=user.autowatch.disabled')
  await drop('/mypreferences?key=user.autowatch.disabled')
  await post('/permissions/check', {
    globalPermissions: ['ADMINISTER'],
    projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], projects: [10000], issues: [] }],
  })

  const type = id(
    (await post('/issuetype', { name: 'Chore', description: 'x', hierarchyLevel: 0 })).body,
  )
  await post('/issuetype', { name: 'chore', hierarchyLevel: 0 })
  await get(`/issuetype/${type}`)
  await get('/issuetype/1')
  const spare = id((await post('/issuetype', { name: 'Spare', type: 'standard' })).body)
  await drop(`/issuetype/${spare}`)
  await post('/priority', { name: 'Blocker', statusColor: '#ff0000', description: 'x' })
  await post('/priority', { name: 'Blocker', statusColor: '#ff0000' })
  await post('/resolution', { name: 'Fixed', description: '' })
  await post('/resolution', { name: 'Fixed' })
  await post('/issueLinkType', { name: 'Causes', inward: 'is caused by', outward: 'causes' })
  const statuses = (
    await post('/statuses', {
      scope: { type: 'GLOBAL' },
      statuses: [{ name: 'Reopened', statusCategory: 'TODO', description: 'again' }],
    })
  ).body as unknown as { id: string; name: string }[]
  await post('/statuses', {
    scope: { type: 'GLOBAL' },
    statuses: [{ name: 'reopened', statusCategory: 'TODO' }],
  })
  const reopened = statuses[0]?.id ?? ''
  await get(`/statuses?id=${reopened}`)

  const screen = ((await post('/screens', { name: 'Tour screen' })).body as { id: number }).id
  const tabs = (await get(`/screens/${screen}/tabs`)).body as unknown as { id: number }[]
  await post(`/screens/${screen}/tabs`, { name: 'Second' })
  const fields = `/screens/${screen}/tabs/${tabs[0]?.id}/fields`
  const all = [
    'summary',
    'issuetype',
    'parent',
    'description',
    'environment',
    'priority',
    'resolution',
  ]
  all.push(
    'assignee',
    'reporter',
    'labels',
    'components',
    'fixVersions',
    'versions',
    'duedate',
    'timetracking',
  )
  for (const fieldId of all) await post(fields, { fieldId })
  await post(fields, { fieldId: 'summary' })
  await get(fields)
  const screens = { default: screen, create: screen, edit: screen }
  const screenScheme = id((await post('/screenscheme', { name: 'Tour screens', screens })).body)
  const typeScreens = id(
    (
      await post('/issuetypescreenscheme', {
        name: 'Tour type screens',
        issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: String(screenScheme) }],
      })
    ).body,
  )
  const types = (await get('/issuetype')).body as unknown as { id: string; name: string }[]
  const typeId = (name: string) => types.find((each) => each.name === name)?.id ?? ''
  const scheme = (
    await post('/issuetypescheme', {
      name: 'Tour types',
      issueTypeIds: [typeId('Epic'), typeId('Task'), typeId('Sub-task'), type],
    })
  ).body as { issueTypeSchemeId: string }
  const known = (await get('/statuses/search')).body as {
    values: { id: string; name: string; statusCategory: string; description: string }[]
  }
  const references = known.values.map((each) => ({
    ...each,
    scope: undefined,
    statusReference: `ref-${each.id}`,
  }))
  const workflow = {
    scope: { type: 'GLOBAL' },
    statuses: references,
    workflows: [
      {
        name: 'Tour workflow',
        description: '',
        statuses: references.map(({ statusReference }) => ({ statusReference, properties: {} })),
        transitions: [
          {
            id: '1',
            name: 'Create',
            type: 'INITIAL',
            toStatusReference: `ref-${reopened}`,
            links: [],
          },
          ...references.map(({ name, statusReference }, index) => ({
            id: String(index + 10),
            name,
            type: 'GLOBAL',
            toStatusReference: statusReference,
            links: [],
            transitionScreen: {
              ruleKey: 'system:transition-screen',
              parameters: { screenId: String(screen) },
            },
          })),
        ],
      },
    ],
  }
  await post('/workflows/create/validation', {
    payload: workflow,
    validationOptions: { levels: ['ERROR'] },
  })
  await post('/workflows/create', workflow)
  await post('/workflows/create', workflow)
  await post('/workflows', { workflowNames: ['Tour workflow'] })
  const workflowScheme = (
    await post('/workflowscheme', { name: 'Tour flow', defaultWorkflow: 'Tour workflow' })
  ).body as { id: number }
  const project = {
    key: 'TOUR',
    name: 'Tour',
    projectTypeKey: 'software',
    leadAccountId: me.accountId,
    assigneeType: 'UNASSIGNED',
    issueTypeScheme: Number(scheme.issueTypeSchemeId),
    issueTypeScreenScheme: Number(typeScreens),
    workflowScheme: workflowScheme.id,
  }
  await post('/project', project)
  await post('/project', project)
  for (const path of [
    '',
    '/statuses',
    '/role',
    '/components',
    '/versions',
    '/component',
    '/version',
  ])
    await get(`/project/TOUR${path}`)
  await get('/project/NONE')
  await put('/project/TOUR', { description: 'A tour', url: 'https://example.org' })
  await post('/project', {
    key: 'TEMP',
    name: 'From a template',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic',
    leadAccountId: me.accountId,
  })
  await drop('/project/TEMP?enableUndo=true')
  await things(call, me.accountId)
}

/** The components, versions and issues of the tour's project. */
async function things(call: Call, accountId: string): Promise<void> {
  const api = '/rest/api/3'
  const id = (body: unknown) => (body as { id: string }).id
  const get = (path: string) => call('GET', `${api}${path}`)
  const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
    call('POST', `${api}${path}`, body, headers)
  const put = (path: string, body: unknown) => call('PUT', `${api}${path}`, body)
  const drop = (path: string) => call('DELETE', `${api}${path}`)

  const component = id(
    (await post('/component', { name: 'Engine', project: 'TOUR', leadAccountId: accountId })).body,
  )
  await post('/component', { name: 'engine', project: 'TOUR' })
  await get(`/component/${component}`)
  await put(`/component/${component}`, {
    description: 'Makes it go',
    assigneeType: 'COMPONENT_LEAD',
  })
  const projectId = Number(id((await get('/project/TOUR')).body))
  const version = id(
    (await post('/version', { name: '1.0', projectId, releaseDate: '2020-02-29' })).body,
  )
  await post('/version', { name: '1.0', projectId })
  await get(`/version/${version}`)
  await put(`/version/${version}`, { released: true, startDate: '2020-01-01' })

  const fields = {
    project: { key: 'TOUR' },
    issuetype: { name: 'Task' },
    summary: 'First',
    description: doc('What'),
    environment: doc('Where'),
    priority: { name: 'Blocker' },
    reporter: { accountId },
    assignee: { accountId },
    labels: ['a', 'b'],
    components: [{ name: 'Engine' }],
    fixVersions: [{ id: version }],
    versions: [{ name: '1.0' }],
    duedate: '2020-03-01',
    timetracking: { originalEstimate: '3h', remainingEstimate: '1h' },
  }
  const properties = [{ key: 'landfall.origin', value: { v: 1 } }]
  await post('/issue/bulk', {
    issueUpdates: [
      { fields, properties },
      { fields: { ...fields, summary: 'Second', issuetype: { name: 'Nothing' } } },
      { fields: { ...fields, summary: 'Third' } },
    ],
  })
  await post('/issue/bulk', { issueUpdates: [{ fields: { summary: 'Nowhere' } }] })
  await post('/issue', {
    fields: { ...fields, issuetype: { name: 'Sub-task' }, parent: { key: 'TOUR-1' } },
  })
  await post('/issue', { fields: { ...fields, priority: { name: 'None' } } })
  await get('/issue/TOUR-1?properties=landfall.origin&expand=changelog')
  await get('/issue/TOUR-99')
  await post('/issue/bulkfetch', {
    issueIdsOrKeys: ['TOUR-1', 'TOUR-2', 'TOUR-99'],
    fields: ['*all'],
    properties: ['landfall.origin'],
  })
  await put('/issue/TOUR-1?notifyUsers=false', {
    fields: { summary: 'First, edited', resolution: { name: 'Fixed' } },
  })
  await put('/issue/TOUR-1', { update: { labels: [{ add: 'c' }, { remove: 'a' }] } })
  await put('/issue/TOUR-1', { fields: { created: '2001-01-01' } })
  await get('/issue/TOUR-1/editmeta')
  await get('/issue/createmeta/TOUR/issuetypes')
  const types = (await get('/issuetype')).body as unknown as { id: string; name: string }[]
  const taskId = types.find(({ name }) => name === 'Task')?.id
  await get(`/issue/createmeta/TOUR/issuetypes/${taskId}`)
  const moves = (await get('/issue/TOUR-1/transitions?expand=transitions.fields')).body as {
    transitions: { id: string; name: string }[]
  }
  const done = moves.transitions.find(({ name }) => name === 'Done')?.id
  await post('/issue/TOUR-1/transitions', {
    transition: { id: done },
    fields: { resolution: { name: 'Done' } },
  })
  await post('/issue/TOUR-1/transitions', { transition: { id: '999' } })
  await get('/issue/TOUR-1/changelog')
  await post('/changelog/bulkfetch', { issueIdsOrKeys: ['TOUR-1'], fieldIds: ['status'] })

  const comment = id(
    (
      await post('/issue/TOUR-1/comment', {
        body: doc('Hello'),
        visibility: { type: 'role', value: 'Administrators' },
        properties,
      })
    ).body,
  )
  await post('/issue/TOUR-1/comment', { body: 'plain' })
  await get('/issue/TOUR-1/comment?expand=properties')
  await get(`/issue/TOUR-1/comment/${comment}`)
  await put(`/issue/TOUR-1/comment/${comment}`, { body: doc('Hello again') })
  await post('/comment/list', { ids: [Number(comment)] })
  const worklog = id(
    (
      await post('/issue/TOUR-1/worklog?adjustEstimate=leave&notifyUsers=false', {
        started: '2019-01-17T12:34:00.000+0000',
        timeSpentSeconds: 5400,
        comment: doc('Did it'),
        properties,
      })
    ).body,
  )
  await post('/issue/TOUR-1/worklog', { timeSpent: 'long' })
  await get('/issue/TOUR-1/worklog?expand=properties')
  await get(`/issue/TOUR-1/worklog/${worklog}`)
  await put(`/issue/TOUR-1/worklog/${worklog}`, { timeSpent: '2h' })
  await post('/worklog/list', { ids: [Number(worklog)] })
  for (const path of [
    '/issue/TOUR-1/properties',
    '/project/TOUR/properties',
    `/comment/${comment}/properties`,
    `/issue/TOUR-1/worklog/${worklog}/properties`,
    '/user/properties',
  ]) {
    await put(`${path}/colour`, { of: 'sky' })
    await put(`${path}/colour`, { of: 'sea' })
    await get(path)
    await get(`${path}/colour`)
    await drop(`${path}/colour`)
    await drop(`${path}/colour`)
  }
  await drop(`/issue/TOUR-1/worklog/${worklog}`)
  await drop(`/issue/TOUR-1/comment/${comment}`)

  await get('/issue/TOUR-1/watchers')
  await post('/issue/TOUR-1/watchers', accountId)
  await post('/issue/TOUR-1/watchers', 'nobody')
  await drop(`/issue/TOUR-1/watchers?accountId=${accountId}`)
  await get('/issue/TOUR-1/votes')
  await post('/issue/TOUR-1/votes')
  await drop('/issue/TOUR-1/votes')
  await post('/issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'TOUR-1' },
    outwardIssue: { key: 'TOUR-2' },
  })
  await post('/issueLink', {
    type: { name: 'No' },
    inwardIssue: { key: 'TOUR-1' },
    outwardIssue: { key: 'TOUR-2' },
  })
  const linked = (await get('/issue/TOUR-1?fields=issuelinks')).body as {
    fields: { issuelinks: { id: string }[] }
  }
  const link = linked.fields.issuelinks[0]?.id
  await get(`/issueLink/${link}`)
  await drop(`/issueLink/${link}`)
  const remote = {
    globalId: 'system=1&id=2',
    object: { title: 'Elsewhere', url: 'https://example.org/2' },
  }
  await post('/issue/TOUR-1/remotelink', remote)
  await post('/issue/TOUR-1/remotelink', remote)
  await get('/issue/TOUR-1/remotelink')
  await drop(`/issue/TOUR-1/remotelink?globalId=${encodeURIComponent(remote.globalId)}`)

  const form = () => {
    const files = new FormData()
    files.append('file', new Blob(['some bytes']), 'notes.txt')
    return files
  }
  const attached = (
    await post('/issue/TOUR-1/attachments', form(), { 'X-Atlassian-Token': 'no-check' })
  ).body as unknown as { id: string }[]
  await post('/issue/TOUR-1/attachments', form())
  const attachment = attached[0]?.id
  await get(`/attachment/${attachment}`)
  await get(`/attachment/content/${attachment}`)
  await call('GET', `${api}/attachment/content/${attachment}?redirect=false`, undefined, {
    range: 'bytes=0-3',
  })
  await drop(`/attachment/${attachment}`)

  await get(
    `/search/jql?jql=${encodeURIComponent('project = TOUR ORDER BY key')}&maxResults=1&fields=summary`,
  )
  await post('/search/jql', {
    jql: 'project = TOUR AND labels = b',
    fields: ['*all'],
    maxResults: 10,
  })
  await post('/search/jql', { jql: 'ORDER BY key' })
  await post('/search/approximate-count', { jql: 'project = TOUR' })
  await drop('/issue/TOUR-1')
  await drop('/issue/TOUR-1?deleteSubtasks=true')
  await drop(`/component/${component}`)
  await drop(`/version/${version}`)
  await tourFields(call)
  await agile(call)
}

async function agile(call: Call): Promise<void> {
  const api = '/rest/agile/1.0'
  const id = (body: unknown) => (body as { id: number }).id
  await call('GET', `${api}/board`)
  const location = { type: 'project', projectKeyOrId: 'TOUR' }
  const filter = (jql: string, name: string) =>
    call('POST', '/rest/api/3/filter', { name, jql, description: 'On tour' })
  const jql =
    'project = TOUR AND (assignee in (currentUser(), EMPTY) OR NOT labels = x) ORDER BY Rank'
  const filterId = Number(((await filter(jql, 'Tour')).body as { id: string }).id)
  await filter('project = TOUR', 'tour')
  await filter('project = NOWHERE', 'Nowhere')
  await filter('status was "To Do" AND fixVersion in releasedVersions()', 'History')
  await call('GET', `/rest/api/3/filter/${filterId}`)
  await call('GET', '/rest/api/3/filter/1')
  await call('GET', '/rest/api/3/filter/search?filterName=tour&expand=jql,description,owner')
  const board = id(
    (
      await call('POST', `${api}/board`, {
        name: 'Tour board',
        type: 'scrum',
        filterId,
        location,
      })
    ).body,
  )
  await call('GET', `${api}/board/${board}`)
  await call('GET', `${api}/board/${board}/configuration`)
  await call('GET', `${api}/board?filterId=${filterId}`)
  await call('POST', `${api}/board`, { name: 'No filter', type: 'scrum', filterId: 1 })
  const mine = { name: 'Mine', type: 'kanban', filterId, location: { type: 'user' } }
  await call('POST', `${api}/board`, mine)
  await call('GET', `${api}/board/${board}/issue?fields=summary`)
  await tourAfter(call, board)
  const sprint = id(
    (await call('POST', `${api}/sprint`, { name: 'Sprint 1', originBoardId: board })).body,
  )
  await call('GET', `${api}/sprint/${sprint}`)
  await call('POST', `${api}/sprint/${sprint}`, { goal: 'Get there' })
  await call('POST', `${api}/sprint/${sprint}`, { state: 'active' })
  const dates = { startDate: '2020-01-01T00:00:00.000Z', endDate: '2020-01-15T00:00:00.000Z' }
  await call('POST', `${api}/sprint/${sprint}`, { ...dates, state: 'active' })
  await call('POST', `${api}/sprint/${sprint}/issue`, { issues: ['TOUR-2'] })
  await call('GET', `${api}/sprint/${sprint}/issue`)
  await call('GET', `${api}/board/${board}/sprint`)
}
