import type { Call } from './caller.ts'

/** Dashboards and their gadgets, as they are meant and as they are refused. */
export async function tourDashboards(call: Call): Promise<void> {
  const api = '/rest/api/3/dashboard'
  const get = (path: string) => call('GET', `${api}${path}`)
  const post = (path: string, body: unknown) => call('POST', `${api}${path}`, body)
  const put = (path: string, body: unknown) => call('PUT', `${api}${path}`, body)
  const drop = (path: string) => call('DELETE', `${api}${path}`)
  const { accountId } = (await call('GET', '/rest/api/3/myself')).body as { accountId: string }
  const none = { sharePermissions: [], editPermissions: [] }
  const user = [{ type: 'user', user: { accountId } }]

  const { id } = (
    await post('', {
      name: 'Wall',
      description: 'All there is',
      sharePermissions: [{ type: 'authenticated' }],
      editPermissions: user,
    })
  ).body as { id: string }
  await post('', { name: 'wall', ...none })
  await post('', { name: 'Half' })
  await post('', { name: 'Nobody', ...none, sharePermissions: [{ type: 'group', group: {} }] })
  await get(`/search?dashboardName=wal&accountId=${accountId}&expand=description,owner`)
  await get('/search')
  await get(`/${id}`)
  await get('/10000')
  await get('/4711')
  await put(`/${id}`, { name: 'Wall', description: 'Some', ...none })
  await put('/4711', { name: 'None', ...none })

  const { gadgets } = (await get('/gadgets')).body as {
    gadgets: { uri?: string; moduleKey?: string }[]
  }
  const uri = gadgets.find((one) => one.uri)?.uri
  const moduleKey = gadgets.find((one) => one.moduleKey)?.moduleKey
  const add = (body: object) => post(`/${id}/gadget`, body)
  const position = { row: 0, column: 0 }
  const first = (await add({ uri, color: 'red', position })).body as { id: number }
  const second = (await add({ moduleKey, title: 'On top', position })).body as { id: number }
  await add({ uri, moduleKey })
  await add({ uri: 'rest/gadgets/none.xml' })
  await add({ moduleKey: 'none:none', ignoreUriAndModuleKeyValidation: true })
  await add({ uri, color: 'pink' })
  await add({ uri, position: { row: 0, column: 2 } })
  await post('/4711/gadget', { uri })
  await get(`/${id}/gadget`)
  await get('/4711/gadget')
  await put(`/${id}/gadget/${first.id}`, {
    title: 'Moved',
    color: 'gray',
    position: { row: 0, column: 1 },
  })
  await put(`/${id}/gadget/4711`, { title: 'None' })
  const config = (gadget: number) => `/${id}/items/${gadget}/properties/config`
  await put(config(first.id), { filterId: '10000' })
  await put(config(first.id), { filterId: '10001' })
  await put(config(first.id), { filterId: 10_001 })
  await put(config(second.id), { filterId: 10_001 })
  await get(config(first.id))
  await get(`/${id}/items/${first.id}/properties/none`)
  await get(config(4711))
  await drop(`/${id}/gadget/${second.id}`)
  await drop(`/${id}/gadget/${second.id}`)
  await drop(`/${id}`)
  await drop(`/${id}`)
}
