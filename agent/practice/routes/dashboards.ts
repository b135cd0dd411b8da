import { nothing, ok, refuse, refuseField } from '../answer.ts'
import { type Json, needText, object, text } from '../input.ts'
import type { Thing } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { account, userView } from '../views.ts'
import { readShares, shareViews } from './filter-shares.ts'

/** The one dashboard that Jira itself provides. */
const systemId = 10_000

function systemView(call: Call) {
  return {
    self: `${call.base}/rest/api/3/dashboard/${systemId}`,
    id: String(systemId),
    name: 'Default dashboard',
    description: '',
    isFavourite: false,
    popularity: 0,
    sharePermissions: [],
    editPermissions: [],
    isWritable: true,
    systemDashboard: true,
    view: `${call.base}/jira/dashboards/${systemId}`,
  }
}

function dashboardView(call: Call, { id, data }: Thing<'dashboard'>) {
  const { accountId, displayName, active, avatarUrls, self } = userView(call, data.owner)
  return {
    self: `${call.base}/rest/api/3/dashboard/${id}`,
    id: String(id),
    name: data.name,
    description: data.description,
    owner: { self, accountId, displayName, active, avatarUrls },
    isFavourite: false,
    popularity: 0,
    sharePermissions: shareViews(call, data.shares),
    editPermissions: shareViews(call, data.editors),
    isWritable: data.owner === call.site.me,
    systemDashboard: false,
    view: `${call.base}/jira/dashboards/${id}`,
  }
}

/** What is asked for by name is found by a part of it. */
function searchDashboards(call: Call) {
  const name = call.query.get('dashboardName')?.toLowerCase() ?? ''
  const owner = call.query.get('accountId')
  const own = call.store.all('dashboard').map((each) => ({
    owner: each.data.owner,
    view: dashboardView(call, each),
  }))
  const found = [{ owner: null, view: systemView(call) }, ...own]
    .filter(({ view }) => view.name.toLowerCase().includes(name))
    .filter((each) => owner === null || each.owner === owner)
  return ok(pageOf(call, found, ({ view }) => view))
}

/** What create and update have in common; own = the dashboard that may keep its name. */
function readDashboard(call: Call, body: Json, owner: string, own?: number) {
  const name = needText(body, 'name', 'You must specify a name to save the dashboard as.')
  if (name.length > 255) refuseField('portalPageName', 'The dashboard name is too long.')
  const same = call.store
    .all('dashboard')
    .filter(({ id, data }) => data.owner === owner && id !== own)
  if (same.some(({ data }) => data.name.toLowerCase() === name.toLowerCase()))
    refuseField('portalPageName', 'Dashboard with same name already exists.')
  for (const field of ['sharePermissions', 'editPermissions'])
    if (body[field] === undefined) refuseField(field, `The ${field} are required.`)
  return {
    name,
    description: text(body, 'description') ?? '',
    shares: readShares(call, body.sharePermissions, 'sharePermissions'),
    editors: readShares(call, body.editPermissions, 'editPermissions'),
  }
}

function createDashboard(call: Call) {
  const owner = call.site.me
  const data = { ...readDashboard(call, object(call.body), owner), owner }
  // The dashboard of the system has the first number.
  const id = call.store.next('dashboard', systemId + 1)
  call.store.add('dashboard', data, { id })
  return ok(dashboardView(call, { id, owner: 0, data }))
}

function updateDashboard(call: Call) {
  const found = needDashboard(call, 'id')
  const { owner } = found.data
  const data = { ...readDashboard(call, object(call.body), owner, found.id), owner }
  call.store.put('dashboard', found.id, data)
  return ok(dashboardView(call, { ...found, data }))
}

function deleteDashboard(call: Call) {
  // The document knows no 404 here.
  const found = call.store.get('dashboard', param(call, 'id')) ?? refuse(400, absent)
  for (const { id } of call.store.all('gadget', found.id)) call.store.remove('gadget', id)
  call.store.remove('dashboard', found.id)
  return nothing()
}

const absent =
  "The dashboard you requested either does not exist or you don't have the required permissions to perform this action."

/** The dashboard that a path names, of whoever has an account. */
export function needDashboard(call: Call, name: 'id' | 'dashboardId'): Thing<'dashboard'> {
  const found = call.store.get('dashboard', param(call, name))
  return found && account(call.store, found.data.owner) ? found : refuse(404, absent)
}

function oneDashboard(call: Call) {
  if (param(call, 'id') === String(systemId)) return ok(systemView(call))
  return ok(dashboardView(call, needDashboard(call, 'id')))
}

export const dashboardRoutes: Route[] = [
  ['GET', '/rest/api/3/dashboard/search', searchDashboards],
  ['POST', '/rest/api/3/dashboard', createDashboard],
  ['GET', '/rest/api/3/dashboard/{id}', oneDashboard],
  ['PUT', '/rest/api/3/dashboard/{id}', updateDashboard],
  ['DELETE', '/rest/api/3/dashboard/{id}', deleteDashboard],
]
