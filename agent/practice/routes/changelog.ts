import { ok, refuse } from '../answer.ts'
import { object, strings, text, whole } from '../input.ts'
import { findIssue, needIssue } from '../issue/find.ts'
import { type Call, paging, param, type Route } from '../site.ts'
import { changeView } from '../views.ts'

function ofIssue(call: Call) {
  const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
  const { startAt, maxResults } = paging(call, 100, 100)
  const total = call.store.count('change', issue.id)
  const values = call.store.page('change', issue.id, startAt, maxResults)
  return ok({
    self: `${call.base}${call.path}`,
    maxResults,
    startAt,
    total,
    isLast: startAt + values.length >= total,
    values: values.map((each) => changeView(call, each)),
  })
}

/** Histories of up to 1,000 issues and 10 fields, a page at a time; issues without history are absent. */
function ofMany(call: Call) {
  const body = object(call.body)
  const asked = strings(body.issueIdsOrKeys, 'issueIdsOrKeys')
  const only = strings(body.fieldIds ?? [], 'fieldIds')
  if (asked.length === 0 || asked.length > 1000)
    refuse(400, 'Between 1 and 1000 issue IDs or keys are required.')
  if (only.length > 10) refuse(400, 'At most 10 field IDs are allowed.')
  const limit = Math.min(whole(body, 'maxResults') ?? 1000, 10_000)
  const token = text(body, 'nextPageToken') ?? '0'
  if (!/^\d+$/.test(token)) refuse(400, 'The provided next page token is invalid.')
  const all = asked
    .flatMap((each) => findIssue(call.store, each) ?? [])
    .flatMap(({ id }) => call.store.all('change', id))
    .filter(({ data }) => only.length === 0 || data.items.some(({ field }) => only.includes(field)))
  const page = all.slice(Number(token), Number(token) + limit)
  const end = Number(token) + page.length
  const byIssue = Map.groupBy(page, ({ owner }) => owner)
  return ok({
    issueChangeLogs: [...byIssue].map(([issueId, changes]) => ({
      issueId: String(issueId),
      changeHistories: changes.map((each) => changeView(call, each)),
    })),
    ...(end < all.length ? { nextPageToken: String(end) } : {}),
  })
}

export const changelogRoutes: Route[] = [
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/changelog', ofIssue],
  ['POST', '/rest/api/3/changelog/bulkfetch', ofMany],
]
