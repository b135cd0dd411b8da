import { type Call, doc } from './caller.ts'
import { tourDashboards } from './tour-dashboards.ts'
import { tourSchemes } from './tour-schemes.ts'

const own = 'com.atlassian.jira.plugin.system.customfieldtypes:'

/** The custom fields of the tour's project: made, equipped, set in TOUR-2, and refused where they should be. */
export async function tourFields(call: Call): Promise<void> {
  const api = '/rest/api/3'
  const get = async <T>(path: string) => (await call<T>('GET', `${api}${path}`)).body
  const post = async <T>(path: string, body?: unknown) =>
    (await call<T>('POST', `${api}${path}`, body)).body
  const put = (path: string, body: unknown) => call('PUT', `${api}${path}`, body)

  const { accountId } = await get<{ accountId: string }>('/myself')
  const project = await get<{ id: string }>('/project/TOUR')
  const screens = await get<{ values: { id: number }[] }>('/screens?queryString=Tour%20screen')
  const screen = screens.values[0]?.id
  const [tab] = await get<{ id: number }[]>(`/screens/${screen}/tabs`)
  const field = async (name: string, type: string, searcher?: string) => {
    const made = await post<{ id: string }>('/field', {
      name,
      type: `${own}${type}`,
      ...(searcher ? { searcherKey: `${own}${searcher}` } : {}),
    })
    await post(`/screens/${screen}/tabs/${tab?.id}/fields`, { fieldId: made.id })
    return made.id
  }
  const contextOf = async (id: string) =>
    (await get<{ values: { id: string }[] }>(`/field/${id}/context`)).values[0]?.id

  const severity = await field('Severity', 'select', 'multiselectsearcher')
  const path = `/field/${severity}/context/${await contextOf(severity)}/option`
  await post(path, { options: [{ value: 'High' }, { value: 'Low', disabled: true }] })
  await post(path, { options: [{ value: 'high' }] })
  await get(path)
  const place = await field('Place', 'cascadingselect', 'cascadingselectsearcher')
  const below = `/field/${place}/context/${await contextOf(place)}/option`
  const { options } = await post<{ options: { id: string }[] }>(below, {
    options: [{ value: 'Europe' }],
  })
  await post(below, { options: [{ value: 'Oslo', optionId: options[0]?.id }] })
  const only = { name: 'For the tour', projectIds: [project.id], issueTypeIds: [] }
  await post(`/field/${severity}/context`, only)
  await post(`/field/${severity}/context`, only)
  const points = await field('Points', 'float', 'exactnumber')
  const when = await field('When', 'datetime', 'datetimerange')
  const day = await field('Day', 'datepicker')
  const story = await field('Story', 'textarea', 'textsearcher')
  const people = await field('People', 'multiuserpicker', 'userpickergroupsearcher')
  const tags = await field('Tags', 'labels', 'labelsearcher')
  const groups = await field('Teams', 'multigrouppicker')
  const twin = await field('Twin', 'project', 'projectsearcher')
  const address = await field('Address', 'url', 'exacttextsearcher')
  await post('/field', { name: 'Nothing', type: 'no-such-type' })
  await get(`/field/${points}/context?isGlobalContext=true`)
  await get('/field/customfield_1/context')
  await get(`/field/${points}/context/10000/option`)
  await get('/field')
  await get('/field/search?type=custom&query=sever')

  await put('/issue/TOUR-2?notifyUsers=false', {
    fields: {
      [place]: { value: 'Europe', child: { value: 'Oslo' } },
      [points]: 2.5,
      [when]: '2019-01-17T12:34:00.000+0100',
      [day]: '2019-01-17',
      [story]: doc('Once'),
      [people]: [{ accountId }],
      [tags]: ['a', 'b'],
      [groups]: [{ name: 'site-admins' }],
      [twin]: { key: 'TOUR' },
      [address]: 'https://example.com',
    },
  })
  // The project's own context has no options.
  await put('/issue/TOUR-2', { fields: { [severity]: { value: 'High' } } })
  await put('/issue/TOUR-2', { fields: { [points]: 'many', [address]: 'nowhere' } })
  await get('/issue/TOUR-2?expand=changelog')
  await get('/issue/TOUR-2/editmeta')
  await tourSchemes(call)
  await tourDashboards(call)
}
