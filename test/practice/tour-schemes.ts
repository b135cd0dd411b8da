import type { Call } from './caller.ts'

/** Permission, security and notification schemes and the seats, as they are meant and as they are refused. */
export async function tourSchemes(call: Call): Promise<void> {
  const api = '/rest/api/3'
  const get = (path: string) => call('GET', `${api}${path}`)
  const post = (path: string, body: unknown) => call('POST', `${api}${path}`, body)
  const put = (path: string, body: unknown) => call('PUT', `${api}${path}`, body)
  const { accountId } = (await get('/myself')).body as { accountId: string }

  const holders = [
    { type: 'anyone' },
    { type: 'applicationRole' },
    { type: 'group', parameter: 'site-admins' },
    { type: 'projectRole', value: '10002' },
    { type: 'user', parameter: accountId },
    { type: 'projectLead' },
  ]
  const scheme = (
    await post('/permissionscheme', {
      name: 'Closed',
      description: 'For few',
      permissions: holders.map((holder) => ({ permission: 'BROWSE_PROJECTS', holder })),
    })
  ).body as { id: number }
  await post('/permissionscheme?expand=permissions', { name: 'closed' })
  const wrong = { permission: 'BROWSE_PROJECTS', holder: { type: 'group', parameter: 'nobody' } }
  await post('/permissionscheme', { name: 'Wrong', permissions: [wrong] })
  await get('/permissionscheme?expand=all')
  await put('/project/TOUR/permissionscheme', { id: scheme.id })
  await put('/project/TOUR/permissionscheme', { id: 99 })
  await get('/project/TOUR/permissionscheme?expand=all')
  await get('/project/NONE/permissionscheme')

  await get('/project/TOUR/issuesecuritylevelscheme')
  await get('/project/TOUR/securitylevel')
  const security = (
    await post('/issuesecurityschemes', {
      name: 'Board',
      description: 'Levels',
      levels: [
        {
          name: 'Secret',
          isDefault: true,
          members: [{ type: 'reporter' }, { type: 'group', parameter: 'site-admins' }],
        },
        { name: 'Staff', members: [{ type: 'projectrole', parameter: '10002' }] },
      ],
    })
  ).body as { id: string }
  await post('/issuesecurityschemes', { name: 'board' })
  await put('/project/TOUR', { issueSecurityScheme: Number(security.id) })
  await put('/project/TOUR', { issueSecurityScheme: 4711, permissionScheme: 4711 })
  const { levels } = (await get('/project/TOUR/issuesecuritylevelscheme')).body as {
    levels: { id: string }[]
  }
  await get('/project/TOUR/securitylevel')
  await get(`/issuesecurityschemes/${security.id}/members?issueSecurityLevelId=${levels[0]?.id}`)
  await get('/issuesecurityschemes/4711/members')
  await put('/issue/TOUR-2', { fields: { security: { id: levels[0]?.id } } })
  await put('/issue/TOUR-2', { fields: { security: { id: '1' } } })
  await get('/issue/TOUR-2?fields=security')

  await get('/notificationscheme')
  await get('/project/TOUR/notificationscheme?expand=all')
  await get('/project/NONE/notificationscheme')
  await get('/applicationrole')
  await get('/applicationrole/jira-software')
  await get('/applicationrole/none')
  await tourShares(call, accountId)
}

/** Filters shared in every way that the site has. */
async function tourShares(call: Call, accountId: string): Promise<void> {
  const api = '/rest/api/3/filter'
  const { id } = (await call('GET', '/rest/api/3/project/TOUR')).body as { id: string }
  const group = { type: 'group', group: { name: 'site-admins' } }
  const role = { type: 'project', project: { id }, role: { id: 10_002 } }
  const shares = [group, role, { type: 'project', project: { id } }]
  const make = (name: string, sharePermissions: unknown[]) =>
    call('POST', api, { name, jql: 'project = TOUR', sharePermissions })
  const made = (await make('Shared', shares)).body as { id: string }
  await make('Everybody', [{ type: 'authenticated' }, group])
  await make('The web', [{ type: 'global' }])
  await make('Nobody', [{ type: 'group', group: { name: 'nobody' } }])
  await make('Nowhere', [{ type: 'project', project: { id: '4711' } }])
  await call('GET', `${api}/${made.id}`)
  await call('PUT', `${api}/${made.id}`, {
    name: 'Shared',
    jql: 'project = TOUR',
    sharePermissions: shares,
    editPermissions: [{ type: 'user', user: { accountId } }],
  })
  await call('PUT', `${api}/${made.id}`, { name: 'Everybody', jql: 'project = TOUR' })
  await call('PUT', `${api}/4711`, { name: 'None' })
  await call('GET', `${api}/search?filterName=shared&expand=sharePermissions,editPermissions`)
}
