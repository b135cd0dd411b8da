import { ok, refuse } from '../answer.ts'
import { needProject } from '../issue/find.ts'
import { type Call, pageOf, paging, param, type Route } from '../site.ts'
import { account, userView } from '../views.ts'

function getUser(call: Call) {
  const accountId = call.query.get('accountId')
  if (!accountId) refuse(400, "Either the 'accountId' or the 'query' query parameter is required.")
  if (!account(call.store, accountId))
    refuse(404, `The user with account ID '${accountId}' does not exist.`)
  return ok(userView(call, accountId))
}

/** The prefix of the address or of a word of the name, as Jira searches; a full address finds one. */
function searchUsers(call: Call) {
  const { startAt, maxResults } = paging(call, 50, 1000)
  const accountId = call.query.get('accountId')
  if (accountId) return ok(account(call.store, accountId) ? [userView(call, accountId)] : [])
  const query = call.query.get('query')?.trim().toLowerCase()
  if (query === undefined || query === '')
    refuse(400, "The 'query' query parameter is required and cannot be empty.")
  const like = `${query.replace(/[\\%_]/g, '\\$&')}%`
  const found = call.store.rows(
    `SELECT accountId FROM account
      WHERE email LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\'
      ORDER BY number LIMIT ? OFFSET ?`,
    like,
    like,
    `% ${like}`,
    Math.min(maxResults, 1000 - startAt),
    startAt,
  )
  return ok(found.map((row) => userView(call, String(row.accountId))))
}

function listUsers(call: Call) {
  const { startAt, maxResults } = paging(call, 50, 1000)
  const sql = 'SELECT accountId FROM account ORDER BY number LIMIT ? OFFSET ?'
  const found = call.store.rows(sql, maxResults, startAt)
  return ok(found.map((row) => userView(call, String(row.accountId))))
}

function bulkUsers(call: Call) {
  const asked = call.query.getAll('accountId')
  if (asked.length === 0) refuse(400, 'The accountId query parameter is required.')
  const known = asked.filter((accountId) => account(call.store, accountId))
  return ok(pageOf(call, known, (accountId) => userView(call, accountId), 10, 200))
}

function bulkGroups(call: Call) {
  const names = call.query.getAll('groupName')
  const ids = call.query.getAll('groupId')
  const groups = call.store
    .all('group')
    .map(({ data }) => data)
    .filter((group) => names.length === 0 || names.includes(group.name))
    .filter((group) => ids.length === 0 || ids.includes(group.groupId))
  return ok(pageOf(call, groups, ({ name, groupId }) => ({ name, groupId }), 50, 50))
}

function pickGroups(call: Call) {
  const query = call.query.get('query')?.toLowerCase() ?? ''
  const { maxResults } = paging(call, 20, 1000)
  const found = call.store
    .all('group')
    .filter(({ data }) => data.name.toLowerCase().includes(query))
  const shown = found.slice(0, maxResults)
  return ok({
    header: `Showing ${shown.length} of ${found.length} matching groups`,
    total: found.length,
    groups: shown.map(({ data }) => ({
      name: data.name,
      html: data.name,
      labels: [],
      groupId: data.groupId,
    })),
  })
}

function listRoles(call: Call) {
  return ok(
    call.store.all('role').map(({ id, data }) => ({
      self: `${call.base}/rest/api/3/role/${id}`,
      name: data.name,
      id,
      description: data.description,
      actors: [],
    })),
  )
}

function projectRoles(call: Call) {
  const project = needProject(call.store, param(call, 'projectIdOrKey'))
  const self = `${call.base}/rest/api/3/project/${project.id}/role`
  const links = call.store.all('role').map(({ id, data }) => [data.name, `${self}/${id}`])
  return ok(Object.fromEntries(links))
}

export const peopleRoutes: Route[] = [
  ['GET', '/rest/api/3/user', getUser],
  ['GET', '/rest/api/3/user/search', searchUsers],
  ['GET', '/rest/api/3/user/bulk', bulkUsers],
  ['GET', '/rest/api/3/users/search', listUsers],
  ['GET', '/rest/api/3/group/bulk', bulkGroups],
  ['GET', '/rest/api/3/groups/picker', pickGroups],
  ['GET', '/rest/api/3/role', listRoles],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/role', projectRoles],
]
