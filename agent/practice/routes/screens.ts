import { made, ok, refuse, refuseField } from '../answer.ts'
import { anyField } from '../custom/find.ts'
import { isObject, needText, object, text, whole } from '../input.ts'
import type { Thing } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { need } from '../store.ts'

const screenView = ({ id, data }: Thing<'screen'>) => ({
  id,
  name: data.name,
  description: data.description,
})

function listScreens(call: Call) {
  const ids = call.query.getAll('id')
  const query = call.query.get('queryString')?.toLowerCase() ?? ''
  const found = call.store
    .all('screen')
    .filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
    .filter(({ data }) => data.name.toLowerCase().includes(query))
  return ok(pageOf(call, found, screenView, 100, 100))
}

function createScreen(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The screen name is required.')
  if (name.length > 255) refuseField('name', 'The name must be 255 characters or less.')
  if (call.store.byName('screen', name))
    refuseField('name', 'A screen with this name already exists.')
  // A new screen comes with one empty tab.
  const tabs = [{ id: call.store.next('tab', 10_000), name: 'Field Tab', fields: [] }]
  const data = { name, description: text(body, 'description') ?? '', tabs }
  return made(screenView({ id: call.store.add('screen', data), owner: 0, data }))
}

const needScreen = (call: Call) =>
  need(call.store, 'screen', param(call, 'screenId'), 'The screen was not found.')

function needTab(call: Call) {
  const screen = needScreen(call)
  const tab = screen.data.tabs.find(({ id }) => String(id) === param(call, 'tabId'))
  return { screen, tab: tab ?? refuse(404, 'The screen tab was not found.') }
}

const tabView = ({ id, name }: { id: number; name: string }) => ({ id, name })

function createTab(call: Call) {
  const screen = needScreen(call)
  const name = needText(object(call.body), 'name', 'The screen tab name is required.')
  if (screen.data.tabs.some((tab) => tab.name === name))
    refuse(400, 'A screen tab with this name already exists on this screen.')
  const tab = { id: call.store.next('tab', 10_000), name, fields: [] }
  call.store.put('screen', screen.id, { ...screen.data, tabs: [...screen.data.tabs, tab] })
  return ok(tabView(tab))
}

function fieldView(call: Call, id: string) {
  return { id, name: anyField(call.store, id)?.name ?? id }
}

function addField(call: Call) {
  const { screen, tab } = needTab(call)
  const fieldId = needText(object(call.body), 'fieldId', 'The field ID is required.')
  if (!anyField(call.store, fieldId)?.orderable)
    refuse(400, `The field with id '${fieldId}' does not exist or cannot be added to a screen.`)
  if (screen.data.tabs.some((each) => each.fields.includes(fieldId)))
    refuse(400, `The field with id '${fieldId}' already exists on the screen.`)
  const tabs = screen.data.tabs.map((each) =>
    each.id === tab.id ? { ...each, fields: [...each.fields, fieldId] } : each,
  )
  call.store.put('screen', screen.id, { ...screen.data, tabs })
  return ok(fieldView(call, fieldId))
}

function listScreenSchemes(call: Call) {
  const ids = call.query.getAll('id')
  const query = call.query.get('queryString')?.toLowerCase() ?? ''
  const found = call.store
    .all('screenScheme')
    .filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
    .filter(({ data }) => data.name.toLowerCase().includes(query))
  return ok(pageOf(call, found, ({ id, data }) => ({ id, ...data }), 25, 100))
}

function createScreenScheme(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The screen scheme name is required.')
  if (call.store.byName('screenScheme', name))
    refuseField('name', 'The name of the screen scheme is already used.')
  const given = object(body.screens)
  const screens: Record<string, number> = {}
  for (const operation of ['default', 'create', 'edit', 'view']) {
    const id = whole(given, operation)
    if (id === undefined && operation === 'default')
      refuseField('screens', 'The ID of the default screen is required.')
    if (id === undefined) continue
    need(call.store, 'screen', id, `The screen with ID ${id} was not found.`)
    screens[operation] = id
  }
  const description = text(body, 'description') ?? ''
  return made({ id: call.store.add('screenScheme', { name, description, screens }) })
}

function listIssueTypeScreenSchemes(call: Call) {
  const ids = call.query.getAll('id')
  const query = call.query.get('queryString')?.toLowerCase() ?? ''
  const found = call.store
    .all('issueTypeScreenScheme')
    .filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
    .filter(({ data }) => data.name.toLowerCase().includes(query))
  const view = ({ id, data }: Thing<'issueTypeScreenScheme'>) => ({
    id: String(id),
    name: data.name,
    description: data.description,
  })
  return ok(pageOf(call, found, view, 50, 100))
}

function createIssueTypeScreenScheme(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The issue type screen scheme name is required.')
  if (call.store.byName('issueTypeScreenScheme', name))
    refuseField('name', 'An issue type screen scheme with this name already exists.', 409)
  const given = Array.isArray(body.issueTypeMappings) ? body.issueTypeMappings.filter(isObject) : []
  const mappings = given.map((each) => {
    const issueTypeId = needText(each, 'issueTypeId')
    const screenSchemeId = needText(each, 'screenSchemeId')
    if (issueTypeId !== 'default')
      need(call.store, 'issueType', issueTypeId, `The issue type ${issueTypeId} was not found.`)
    const missing = `The screen scheme ${screenSchemeId} was not found.`
    need(call.store, 'screenScheme', screenSchemeId, missing)
    return { issueTypeId, screenSchemeId }
  })
  if (!mappings.some(({ issueTypeId }) => issueTypeId === 'default'))
    refuseField('issueTypeMappings', 'A mapping for the default issue type is required.')
  const description = text(body, 'description') ?? ''
  const id = call.store.add('issueTypeScreenScheme', { name, description, mappings })
  return made({ id: String(id) })
}

const screens = '/rest/api/3/screens'
export const screenRoutes: Route[] = [
  ['GET', screens, listScreens],
  ['POST', screens, createScreen],
  ['GET', `${screens}/{screenId}/tabs`, (call) => ok(needScreen(call).data.tabs.map(tabView))],
  ['POST', `${screens}/{screenId}/tabs`, createTab],
  [
    'GET',
    `${screens}/{screenId}/tabs/{tabId}/fields`,
    (call) => ok(needTab(call).tab.fields.map((id) => fieldView(call, id))),
  ],
  ['POST', `${screens}/{screenId}/tabs/{tabId}/fields`, addField],
  ['GET', '/rest/api/3/screenscheme', listScreenSchemes],
  ['POST', '/rest/api/3/screenscheme', createScreenScheme],
  ['GET', '/rest/api/3/issuetypescreenscheme', listIssueTypeScreenSchemes],
  ['POST', '/rest/api/3/issuetypescreenscheme', createIssueTypeScreenScheme],
]
