import { ok, refuse, refuseField } from '../answer.ts'
import { isObject, type Json, needText, object, text } from '../input.ts'
import { checkJql } from '../issue/conditions.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { userView } from '../views.ts'
import { readShares, shareViews } from './filter-shares.ts'

function filterView(call: Call, { id, data }: Thing<'filter'>) {
  const jql = encodeURIComponent(data.jql)
  return {
    self: `${call.base}/rest/api/3/filter/${id}`,
    id: String(id),
    name: data.name,
    description: data.description,
    owner: userView(call, data.owner),
    jql: data.jql,
    viewUrl: `${call.base}/issues/?filter=${id}`,
    searchUrl: `${call.base}/rest/api/3/search?jql=${jql}`,
    favourite: false,
    favouritedCount: 0,
    sharePermissions: shareViews(call, data.shares),
    editPermissions: shareViews(call, data.editors),
  }
}

/** Whoever asks administers the site: all projects and groups are theirs, what is private to others is not. */
const sees = (call: Call, { owner, shares = [] }: Things['filter']) =>
  owner === call.site.me ||
  shares.some(({ type, accountId }) => type !== 'user' || accountId === call.site.me)

/** What is asked for by name is found by a part of it, or as it stands with isSubstringMatch=false. */
function searchFilters(call: Call) {
  const { query } = call
  const name = query.get('filterName')?.toLowerCase() ?? ''
  const owner = query.get('accountId')
  const ids = query.getAll('id')
  const found = call.store
    .all('filter')
    .filter(({ data }) => query.get('overrideSharePermissions') === 'true' || sees(call, data))
    .filter(({ data }) => data.name.toLowerCase().includes(name))
    .filter(({ data }) => owner === null || data.owner === owner)
    .filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
  return ok(
    pageOf(call, found, (each) => {
      const { searchUrl: _, ...view } = filterView(call, each)
      return { expand: 'description,owner,jql,sharePermissions', ...view, subscriptions: [] }
    }),
  )
}

/** What create and update have in common; own = the filter that may keep its name. */
function readFilter(call: Call, body: Json, owner: string, own?: number) {
  const name = needText(body, 'name', 'The filter must have a name.')
  if (name.length > 255) refuseField('filterName', 'The entered filter name is too long.')
  const same = call.store.all('filter').filter(({ id, data }) => data.owner === owner && id !== own)
  if (same.some(({ data }) => data.name.toLowerCase() === name.toLowerCase()))
    refuseField('filterName', 'Filter with same name already exists.')
  const jql = text(body, 'jql') ?? ''
  checkJql(call, jql)
  const shares = readShares(call, body.sharePermissions, 'sharePermissions')
  return { name, description: text(body, 'description') ?? '', jql, shares }
}

/** Who may change it is not taken here: "when updating a filter, but not when creating" (the document). */
function createFilter(call: Call) {
  const owner = call.site.me
  const data = { ...readFilter(call, object(call.body), owner), owner }
  return ok(filterView(call, { id: call.store.add('filter', data), owner: 0, data }))
}

function updateFilter(call: Call) {
  const body = isObject(call.body) ? call.body : {}
  const found = needFilter(call)
  const { owner } = found.data
  const editors = body.editPermissions
    ? { editors: readShares(call, body.editPermissions, 'editPermissions') }
    : {}
  const data = { ...found.data, ...readFilter(call, body, owner, found.id), ...editors }
  call.store.put('filter', found.id, data)
  return ok(filterView(call, { ...found, data }))
}

function needFilter(call: Call) {
  const found = call.store.get('filter', param(call, 'id'))
  const override = call.query.get('overrideSharePermissions') === 'true'
  return (
    (found && (override || sees(call, found.data)) ? found : undefined) ??
    refuse(
      400,
      'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.',
    )
  )
}

export const filterRoutes: Route[] = [
  ['GET', '/rest/api/3/filter/search', searchFilters],
  ['POST', '/rest/api/3/filter', createFilter],
  ['GET', '/rest/api/3/filter/{id}', (call) => ok(filterView(call, needFilter(call)))],
  ['PUT', '/rest/api/3/filter/{id}', updateFilter],
]
