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
}
