import { made, nothing, ok, refuse } from '../answer.ts'
import { needIssue, needProject } from '../issue/find.ts'
import {
  dropProperty,
  type Entity,
  getProperty,
  properties,
  putProperty,
} from '../issue/property.ts'
import { type Call, param, type Route } from '../site.ts'
import { need } from '../store.ts'

type Find = (call: Call) => number

/** The four requests that every kind of entity answers about its properties. */
function propertyRoutesOf(path: string, entity: Entity, find: Find): Route[] {
  const missing = (call: Call): never =>
    refuse(404, `The property with key '${param(call, 'propertyKey')}' does not exist.`)
  const one = `${path}/{propertyKey}`
  const list: Route = [
    'GET',
    path,
    (call) => {
      const keys = properties(call.store, entity, find(call)).map(({ key }) => key)
      const self = (key: string) => `${call.base}${call.path}/${encodeURIComponent(key)}`
      return ok({ keys: keys.map((key) => ({ self: self(key), key })) })
    },
  ]
  const put: Route = [
    'PUT',
    one,
    (call) => {
      const id = find(call)
      if (call.body === undefined) refuse(400, 'The property value is required.')
      const fresh = putProperty(call.store, entity, id, param(call, 'propertyKey'), call.body)
      return fresh ? made({}) : ok({})
    },
  ]
  const get: Route = [
    'GET',
    one,
    (call) => {
      const key = param(call, 'propertyKey')
      const value = getProperty(call.store, entity, find(call), key)
      return value === undefined ? missing(call) : ok({ key, value })
    },
  ]
  const drop: Route = [
    'DELETE',
    one,
    (call) =>
      dropProperty(call.store, entity, find(call), param(call, 'propertyKey'))
        ? nothing()
        : missing(call),
  ]
  return [list, put, get, drop]
}

const issueOf: Find = (call) => needIssue(call.store, param(call, 'issueIdOrKey')).id
const projectOf: Find = (call) => needProject(call.store, param(call, 'projectIdOrKey')).id
const commentOf: Find = (call) => {
  const id = param(call, 'commentId')
  return need(call.store, 'comment', id, `Can not find a comment for the id: ${id}.`).id
}
/** Properties of a user are named by the query; without one they are those of the token's own account. */
const userOf: Find = (call) => {
  const accountId = call.query.get('accountId') ?? call.site.me
  const row = call.store.row('SELECT number FROM account WHERE accountId = ?', accountId)
  return row
    ? Number(row.number)
    : refuse(404, `The user with account ID '${accountId}' does not exist.`)
}
const worklogOf: Find = (call) => {
  const issue = issueOf(call)
  const id = param(call, 'worklogId')
  const worklog = call.store.get('worklog', id)
  return worklog?.owner === issue
    ? worklog.id
    : refuse(404, `Cannot find worklog with id: '${id}'.`)
}

export const propertyRoutes: Route[] = [
  ...propertyRoutesOf('/rest/api/3/issue/{issueIdOrKey}/properties', 'issue', issueOf),
  ...propertyRoutesOf('/rest/api/3/project/{projectIdOrKey}/properties', 'project', projectOf),
  ...propertyRoutesOf('/rest/api/3/comment/{commentId}/properties', 'comment', commentOf),
  ...propertyRoutesOf('/rest/api/3/user/properties', 'user', userOf),
  ...propertyRoutesOf(
    '/rest/api/3/issue/{issueIdOrKey}/worklog/{worklogId}/properties',
    'worklog',
    worklogOf,
  ),
]
