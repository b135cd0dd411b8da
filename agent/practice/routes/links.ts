import { type Answer, made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { isObject, type Json, needText, object, text } from '../input.ts'
import { asIssue, findIssue, needIssue } from '../issue/find.ts'
import { linkedView } from '../issue/view.ts'
import type { Issue, Thing, Things } from '../kinds.ts'
import { type Call, param, type Route } from '../site.ts'
import { linkTypeView } from '../views.ts'
import { addComment } from './comments.ts'

function readType(call: Call, value: unknown): Thing<'linkType'> {
  const { id, name } = isObject(value) ? value : {}
  const found =
    id === undefined
      ? call.store.byName('linkType', String(name ?? ''))
      : call.store.get('linkType', String(id))
  return found ?? refuse(404, `No issue link type with name '${name ?? id}' found.`)
}

function readEnd(call: Call, value: unknown): Issue {
  const { id, key } = isObject(value) ? value : {}
  return (
    findIssue(call.store, String(id ?? key ?? '')) ??
    refuse(404, 'Issue does not exist or you do not have permission to see it.')
  )
}

/** A link that is there already is answered like a new one, and stays one link. */
function createLink(call: Call): Answer {
  const body = object(call.body)
  const type = readType(call, body.type)
  const inward = readEnd(call, body.inwardIssue)
  const outward = readEnd(call, body.outwardIssue)
  if (inward.id === outward.id) refuse(400, 'You cannot link an issue to itself.')
  const known = call.store.row(
    'SELECT id FROM link WHERE typeId = ? AND inward = ? AND outward = ?',
    type.id,
    inward.id,
    outward.id,
  )
  const id = known ? Number(known.id) : call.store.next('link', 10_000)
  if (!known)
    call.store.run('INSERT INTO link VALUES (?, ?, ?, ?)', id, type.id, inward.id, outward.id)
  if (isObject(body.comment)) addComment(call, inward, body.comment)
  const Location = `${call.base}/rest/api/3/issueLink/${id}`
  return { status: 201, headers: { Location } }
}

function needLink(call: Call) {
  const id = param(call, 'linkId')
  const row = /^\d{1,15}$/.test(id)
    ? call.store.row('SELECT * FROM link WHERE id = ?', Number(id))
    : undefined
  return row ?? refuse(404, `No issue link with id '${id}' exists.`)
}

function getLink(call: Call) {
  const row = needLink(call)
  const end = (issueId: unknown) => {
    const issue = call.store.row('SELECT * FROM issue WHERE id = ?', Number(issueId))
    return issue && linkedView(call, asIssue(issue))
  }
  const type = readType(call, { id: row.typeId })
  return ok({
    id: String(row.id),
    self: `${call.base}/rest/api/3/issueLink/${row.id}`,
    type: linkTypeView(call, type),
    inwardIssue: end(row.inward),
    outwardIssue: end(row.outward),
  })
}

function deleteLink(call: Call) {
  call.store.run('DELETE FROM link WHERE id = ?', Number(needLink(call).id))
  return nothing()
}

const issueOf = (call: Call) => needIssue(call.store, param(call, 'issueIdOrKey'))

const remoteView = (call: Call, { id, owner, data }: Thing<'remoteLink'>) => ({
  id,
  self: `${call.base}/rest/api/3/issue/${owner}/remotelink/${id}`,
  ...(data.globalId === null ? {} : { globalId: data.globalId }),
  application: data.application,
  ...(data.relationship === null ? {} : { relationship: data.relationship }),
  object: data.object,
})

function readRemote(body: Json): Things['remoteLink'] {
  const given = object(body.object)
  needText(given, 'title', "'title' is required.")
  const url = needText(given, 'url', "'url' is required.")
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) refuseField('url', 'A valid URL is required.')
  const globalId = text(body, 'globalId') ?? null
  if (globalId !== null && globalId.length > 255)
    refuseField('globalId', 'The globalId must be 255 characters or less.')
  return {
    globalId,
    relationship: text(body, 'relationship') ?? null,
    application: isObject(body.application) ? body.application : {},
    object: { icon: {}, status: { icon: {} }, ...given },
  }
}

const remoteLinks = (call: Call, issue: Issue) => call.store.all('remoteLink', issue.id)

/** The same globalId on the same issue is the same link: 200 then, 201 for a new one. */
function putRemoteLink(call: Call): Answer {
  const issue = issueOf(call)
  const data = readRemote(object(call.body))
  const known =
    data.globalId !== null &&
    remoteLinks(call, issue).find((each) => each.data.globalId === data.globalId)
  if (known) call.store.put('remoteLink', known.id, data)
  const id = known ? known.id : call.store.add('remoteLink', data, { owner: issue.id })
  const identity = { id, self: `${call.base}/rest/api/3/issue/${issue.id}/remotelink/${id}` }
  return known ? ok(identity) : made(identity)
}

/** With globalId one link, else all of the issue. */
function listRemoteLinks(call: Call) {
  const all = remoteLinks(call, issueOf(call))
  const globalId = call.query.get('globalId')
  if (globalId === null) return ok(all.map((each) => remoteView(call, each)))
  const one = all.find(({ data }) => data.globalId === globalId)
  if (!one) refuse(404, `The remote issue link with global ID '${globalId}' does not exist.`)
  return ok(remoteView(call, one))
}

function deleteRemoteLink(call: Call) {
  const globalId = call.query.get('globalId') ?? refuse(400, 'The globalId is required.')
  const one = remoteLinks(call, issueOf(call)).find(({ data }) => data.globalId === globalId)
  if (!one) refuse(404, `The remote issue link with global ID '${globalId}' does not exist.`)
  call.store.remove('remoteLink', one.id)
  return nothing()
}

const remotelink = '/rest/api/3/issue/{issueIdOrKey}/remotelink'
export const linkRoutes: Route[] = [
  ['POST', '/rest/api/3/issueLink', createLink],
  ['GET', '/rest/api/3/issueLink/{linkId}', getLink],
  ['DELETE', '/rest/api/3/issueLink/{linkId}', deleteLink],
  ['GET', remotelink, listRemoteLinks],
  ['POST', remotelink, putRemoteLink],
  ['DELETE', remotelink, deleteRemoteLink],
]
