import { ok, refuse, refuseField } from '../answer.ts'
import { list, needText, object, text } from '../input.ts'
import { checkJql } from '../issue/conditions.ts'
import type { Thing } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { userView } from '../views.ts'

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
    sharePermissions: [],
    editPermissions: [],
  }
}

/** What is asked for by name is found by a part of it, or as it stands with isSubstringMatch=false. */
function searchFilters(call: Call) {
  const { query } = call
  const name = query.get('filterName')?.toLowerCase() ?? ''
  const owner = query.get('accountId')
  const ids = query.getAll('id')
  const found = call.store
    .all('filter')
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

function createFilter(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The filter must have a name.')
  if (name.length > 255) refuseField('filterName', 'The entered filter name is too long.')
  const owner = call.site.me
  const same = call.store.all('filter').filter(({ data }) => data.owner === owner)
  if (same.some(({ data }) => data.name.toLowerCase() === name.toLowerCase()))
    refuseField('filterName', 'Filter with same name already exists.')
  if (list(body.sharePermissions ?? [], 'sharePermissions').length > 0)
    refuse(400, 'This practice site keeps filters private.')
  const jql = text(body, 'jql') ?? ''
  checkJql(call, jql)
  const data = { name, description: text(body, 'description') ?? '', jql, owner }
  return ok(filterView(call, { id: call.store.add('filter', data), owner: 0, data }))
}

function getFilter(call: Call) {
  const found = call.store.get('filter', param(call, 'id'))
  if (!found)
    refuse(
      400,
      'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.',
    )
  return ok(filterView(call, found))
}

export const filterRoutes: Route[] = [
  ['GET', '/rest/api/3/filter/search', searchFilters],
  ['POST', '/rest/api/3/filter', createFilter],
  ['GET', '/rest/api/3/filter/{id}', getFilter],
]
