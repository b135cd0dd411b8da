import type { Call } from './caller.ts'

/** Groups, roles and categories, each as it is meant and as it is refused. */
export async function tourAccess(call: Call): Promise<void> {
  const api = '/rest/api/3'
  const get = (path: string) => call('GET', `${api}${path}`)
  const post = (path: string, body: unknown) => call('POST', `${api}${path}`, body)
  const { accountId } = (await get('/myself')).body as { accountId: string }

  const { groupId } = (await post('/group', { name: 'tour-guides' })).body as { groupId: string }
  await post('/group', { name: 'Tour-Guides' })
  await post(`/group/user?groupId=${groupId}`, { accountId })
  await post(`/group/user?groupId=${groupId}`, { accountId })
  await post('/group/user?groupname=nobody', { accountId })
  await get(`/group/member?groupId=${groupId}&includeInactiveUsers=true`)
  await get('/group/member?groupname=tour-guides')
  await get('/group/member')

  const role = (await post('/role', { name: 'Guide', description: 'Shows the way' })).body as {
    id: number
  }
  await post('/role', { name: 'guide' })
  await post('/role', { name: ' spaced ' })
  const category = (await post('/projectCategory', { name: 'Trips', description: 'Far away' }))
    .body as { id: string }
  await post('/projectCategory', { name: 'trips' })
  await post('/projectCategory', { name: '' })
  await get('/projectCategory')
  await post('/project', {
    key: 'TRIP',
    name: 'Trip',
    projectTypeKey: 'software',
    leadAccountId: accountId,
    categoryId: Number(category.id),
  })
  await get('/project/TRIP')
  const actors = `/project/TRIP/role/${role.id}`
  await post(actors, { user: [accountId], groupId: [groupId] })
  await post(actors, { user: [accountId] })
  await post(actors, { groupId: ['none'] })
  await get(actors)
  await get('/project/TRIP/role/1')
}
