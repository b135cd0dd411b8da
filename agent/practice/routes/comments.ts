import { richText } from '../adf.ts'
import { made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { isObject, type Json, list, object } from '../input.ts'
import { readProperties } from '../issue/create.ts'
import { needIssue } from '../issue/find.ts'
import { properties, putProperty } from '../issue/property.ts'
import { readVisibility } from '../issue/visibility.ts'
import { watchMyself } from '../issue/watch.ts'
import type { Issue, Thing } from '../kinds.ts'
import { type Call, paging, param, type Route } from '../site.ts'
import { commentView } from '../views.ts'

/** Comments of one issue, a limit of Jira Cloud. */
const mostComments = 5_000

function view(call: Call, comment: Thing<'comment'>, expand: string | null) {
  const shown = commentView(call, comment)
  if (!expand?.split(',').includes('properties')) return shown
  return { ...shown, properties: properties(call.store, 'comment', comment.id) }
}

const issueOf = (call: Call) => needIssue(call.store, param(call, 'issueIdOrKey'))

function readBody(value: unknown) {
  const body = richText(value, 'comment')
  if (!isObject(body) || !Array.isArray(body.content) || body.content.length === 0)
    refuseField('comment', 'Comment body can not be empty!')
  return body
}

/** Adds a comment; author and time are the caller and the clock, whatever the request says. */
export function addComment(call: Call, issue: Issue, body: Json): Thing<'comment'> {
  if (call.store.count('comment', issue.id) >= mostComments)
    refuse(413, `The number of comments in this issue exceeds the limit of ${mostComments}.`)
  const now = call.site.now()
  const data = {
    author: call.site.me,
    updateAuthor: call.site.me,
    body: readBody(body.body),
    visibility: readVisibility(call, body.visibility),
    created: now,
    updated: now,
  }
  const id = call.store.add('comment', data, { owner: issue.id })
  for (const { key, value } of readProperties(body.properties))
    putProperty(call.store, 'comment', id, key, value)
  call.store.run('UPDATE issue SET updated = ? WHERE id = ?', now, issue.id)
  watchMyself(call, issue.id)
  return { id, owner: issue.id, data }
}

function createComment(call: Call) {
  const comment = addComment(call, issueOf(call), object(call.body))
  return made(view(call, comment, call.query.get('expand')))
}

function named(call: Call): Thing<'comment'> {
  const issue = issueOf(call)
  const comment = call.store.get('comment', param(call, 'id'))
  if (comment?.owner !== issue.id)
    refuse(404, `Can not find a comment for the id: ${param(call, 'id')}.`)
  return comment
}

function updateComment(call: Call) {
  const comment = named(call)
  const body = object(call.body)
  const data = {
    ...comment.data,
    body: readBody(body.body),
    visibility:
      'visibility' in body ? readVisibility(call, body.visibility) : comment.data.visibility,
    updateAuthor: call.site.me,
    updated: call.site.now(),
  }
  call.store.put('comment', comment.id, data)
  for (const { key, value } of readProperties(body.properties))
    putProperty(call.store, 'comment', comment.id, key, value)
  return ok(view(call, { ...comment, data }, call.query.get('expand')))
}

function deleteComment(call: Call) {
  const { id } = named(call)
  call.store.run(`DELETE FROM property WHERE entity = 'comment' AND id = ?`, id)
  call.store.remove('comment', id)
  return nothing()
}

function listComments(call: Call) {
  const issue = issueOf(call)
  const { startAt, maxResults } = paging(call, 50, mostComments)
  const order = call.query.get('orderBy')
  const all =
    order === '-created'
      ? call.store
          .all('comment', issue.id)
          .toReversed()
          .slice(startAt, startAt + maxResults)
      : call.store.page('comment', issue.id, startAt, maxResults)
  return ok({
    startAt,
    maxResults,
    total: call.store.count('comment', issue.id),
    comments: all.map((each) => view(call, each, call.query.get('expand'))),
  })
}

function commentsById(call: Call) {
  const ids = list(object(call.body).ids, 'ids')
  if (ids.length === 0 || ids.length > 1000) refuse(400, 'Specify between 1 and 1000 comment IDs.')
  const found = ids.flatMap((id) => call.store.get('comment', String(id)) ?? [])
  return ok({
    maxResults: 1_048_576,
    startAt: 0,
    total: found.length,
    isLast: true,
    values: found.map((each) => view(call, each, call.query.get('expand'))),
  })
}

const comments = '/rest/api/3/issue/{issueIdOrKey}/comment'
export const commentRoutes: Route[] = [
  ['GET', comments, listComments],
  ['POST', comments, createComment],
  ['GET', `${comments}/{id}`, (call) => ok(view(call, named(call), call.query.get('expand')))],
  ['PUT', `${comments}/{id}`, updateComment],
  ['DELETE', `${comments}/{id}`, deleteComment],
  ['POST', '/rest/api/3/comment/list', commentsById],
]
