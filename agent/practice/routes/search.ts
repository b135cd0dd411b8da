import { createHash } from 'node:crypto'
import { ok, refuse } from '../answer.ts'
import { object, strings, text, whole } from '../input.ts'
import { countFound, search } from '../issue/search.ts'
import { issueView, wantedFields } from '../issue/view.ts'
import type { Call, Route } from '../site.ts'

interface Asked {
  jql: string
  fields: string[]
  properties: string[]
  maxResults: number
  nextPageToken: string | null
}

/** Issues of one page: more when few fields are asked for. */
const mostIssues = 5_000
const mostWithFields = 100

const digest = (jql: string) => createHash('sha256').update(jql).digest('base64url').slice(0, 12)

/** A token is good for the query that gave it, and says where to go on. */
function readToken(token: string | null, jql: string): number {
  if (token === null || token === '') return 0
  const [startAt, of] = Buffer.from(token, 'base64url').toString().split(' ')
  if (!/^\d+$/.test(startAt ?? '') || of !== digest(jql))
    refuse(400, 'The provided next page token is invalid or expired.')
  return Number(startAt)
}

function find(call: Call, asked: Asked) {
  const fields = wantedFields(call, asked.fields, 'id')
  const bare = asked.fields.length === 0 || asked.fields.every((each) => each === 'id')
  const most = fields.length > 0 ? mostWithFields : mostIssues
  const limit = Math.min(Math.max(asked.maxResults, 1), most)
  const startAt = readToken(asked.nextPageToken, asked.jql)
  const found = search(call, asked.jql, startAt, limit + 1)
  const want = { fields, properties: asked.properties, comments: 20 }
  const isLast = found.length <= limit
  const token = Buffer.from(`${startAt + limit} ${digest(asked.jql)}`).toString('base64url')
  return ok({
    // Without any field named, an issue is its id alone: not even the key.
    issues: found
      .slice(0, limit)
      .map((issue) => (bare ? { id: String(issue.id) } : issueView(call, issue, want))),
    ...(isLast ? {} : { nextPageToken: token }),
    isLast,
  })
}

function searchByGet(call: Call) {
  const listed = (name: string) =>
    call.query
      .getAll(name)
      .flatMap((each) => each.split(','))
      .filter(Boolean)
  const most = call.query.get('maxResults')
  if (most !== null && !/^\d+$/.test(most)) refuse(400, 'maxResults is not a number.')
  return find(call, {
    jql: call.query.get('jql') ?? '',
    fields: listed('fields'),
    properties: listed('properties'),
    maxResults: Number(most ?? 50),
    nextPageToken: call.query.get('nextPageToken'),
  })
}

function searchByPost(call: Call) {
  const body = object(call.body)
  return find(call, {
    jql: text(body, 'jql') ?? '',
    fields: strings(body.fields ?? [], 'fields'),
    properties: strings(body.properties ?? [], 'properties'),
    maxResults: whole(body, 'maxResults') ?? 50,
    nextPageToken: text(body, 'nextPageToken') ?? null,
  })
}

export const searchRoutes: Route[] = [
  ['GET', '/rest/api/3/search/jql', searchByGet],
  ['POST', '/rest/api/3/search/jql', searchByPost],
  [
    'POST',
    '/rest/api/3/search/approximate-count',
    (call) => ok({ count: countFound(call, text(object(call.body), 'jql') ?? '') }),
  ],
]
