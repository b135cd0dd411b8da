import { randomUUID } from 'node:crypto'
import { made, ok, refuse } from '../answer.ts'
import { needText, object } from '../input.ts'
import type { Thing } from '../kinds.ts'
import { type Call, paging, type Route } from '../site.ts'
import { account, userView } from '../views.ts'

const groupView = (call: Call, { data }: Thing<'group'>) => ({
  name: data.name,
  groupId: data.groupId,
  self: `${call.base}/rest/api/3/group?groupId=${data.groupId}`,
})

function createGroup(call: Call) {
  const name = needText(object(call.body), 'name', 'The group name must be specified.')
  if (name.length > 255) refuse(400, 'The group name must not exceed 255 characters.')
  if (call.store.byName('group', name))
    refuse(400, `A group or user with the name '${name}' already exists.`)
  const data = { groupId: randomUUID(), name }
  return made(groupView(call, { id: call.store.add('group', data), owner: 0, data }))
}

/** The group that the query names, by its id or by its name. */
function named(call: Call): Thing<'group'> {
  const groupId = call.query.get('groupId')
  const name = call.query.get('groupname')
  if (!groupId && !name) refuse(400, "Either the 'groupId' or the 'groupname' is required.")
  const found = call.store
    .all('group')
    .find(({ data }) => (groupId ? data.groupId === groupId : data.name === name))
  return found ?? refuse(404, `The group '${groupId ?? name}' does not exist.`)
}

/** 50 is the documented size of a page of members. */
const membersAPage = 50

function listMembers(call: Call) {
  const { id } = named(call)
  const { startAt, maxResults } = paging(call, membersAPage)
  const found = call.store.rows(
    'SELECT accountId FROM member WHERE groupId = ? ORDER BY accountId LIMIT ? OFFSET ?',
    id,
    maxResults,
    startAt,
  )
  const total = Number(
    call.store.row('SELECT count(*) AS n FROM member WHERE groupId = ?', id)?.n ?? 0,
  )
  return ok({
    self: `${call.base}${call.path}`,
    maxResults,
    startAt,
    total,
    isLast: startAt + found.length >= total,
    values: found.map((row) => memberView(call, String(row.accountId))),
  })
}

/** A member is described with fewer details than a user elsewhere. */
function memberView(call: Call, accountId: string) {
  const { self, displayName, active, accountType } = userView(call, accountId)
  return { self, accountId, displayName, active, accountType }
}

function addMember(call: Call) {
  const group = named(call)
  const accountId = needText(object(call.body), 'accountId', 'The accountId is required.')
  if (!account(call.store, accountId))
    refuse(404, `The user with account ID '${accountId}' does not exist.`)
  const sql = 'INSERT OR IGNORE INTO member VALUES (?, ?)'
  if (call.store.run(sql, group.id, accountId) === 0)
    refuse(400, `Cannot add user. '${accountId}' is already a member of '${group.data.name}'.`)
  return made(groupView(call, group))
}

export const groupRoutes: Route[] = [
  ['POST', '/rest/api/3/group', createGroup],
  ['GET', '/rest/api/3/group/member', listMembers],
  ['POST', '/rest/api/3/group/user', addMember],
]
