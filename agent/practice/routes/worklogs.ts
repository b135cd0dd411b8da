import { richText } from '../adf.ts'
import { made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { type Json, list, object, text, whole } from '../input.ts'
import { readProperties } from '../issue/create.ts'
import { asIssue, needIssue } from '../issue/find.ts'
import { properties, putProperty } from '../issue/property.ts'
import { readVisibility } from '../issue/visibility.ts'
import { watchMyself } from '../issue/watch.ts'
import type { Issue, Thing, Things } from '../kinds.ts'
import { type Call, paging, param, type Route } from '../site.ts'
import { seconds, worklogView } from '../views.ts'

/** Worklogs of one issue, a limit of Jira Cloud. */
const mostWorklogs = 10_000

function view(call: Call, worklog: Thing<'worklog'>) {
  const shown = worklogView(call, worklog)
  if (!call.query.get('expand')?.split(',').includes('properties')) return shown
  return { ...shown, properties: properties(call.store, 'worklog', worklog.id) }
}

const issueOf = (call: Call) => needIssue(call.store, param(call, 'issueIdOrKey'))

function spentOf(body: Json): number | undefined {
  const given = whole(body, 'timeSpentSeconds')
  const words = text(body, 'timeSpent')
  const spent = given ?? (words === undefined ? undefined : seconds(words))
  if (spent === null) refuseField('timeLogged', 'Invalid time duration entered.')
  if (spent !== undefined && spent <= 0)
    refuseField('timeLogged', 'You must indicate the time spent working.')
  return spent
}

/** The documents' form only: 2021-01-17T12:34:00.000+0000. */
function startedOf(body: Json): number | undefined {
  const given = text(body, 'started')
  if (given === undefined) return undefined
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d)(\d\d)$/.exec(given)
  const time = parts ? Date.parse(`${parts[1]}:${parts[2]}`) : Number.NaN
  if (Number.isNaN(time)) refuseField('started', 'Worklog start date is not valid.')
  return time
}

type Estimate = Issue['data']['remainingEstimate']

/** What remains after time was spent, as adjustEstimate asks; the standard is to take it off. */
function remaining(call: Call, before: Estimate, spent: number): Estimate {
  const duration = (name: string) => {
    const read = seconds(call.query.get(name) ?? '')
    return read ?? refuseField(name, `The ${name} is not a valid time duration.`)
  }
  switch (call.query.get('adjustEstimate') ?? 'auto') {
    case 'leave':
      return before
    case 'new':
      return duration('newEstimate')
    case 'manual':
      return Math.max(0, (before ?? 0) - duration('reduceBy'))
    case 'auto':
      return Math.max(0, (before ?? 0) - spent)
    default:
      return refuse(400, 'Invalid value for adjustEstimate.')
  }
}

/** Books spent seconds on the issue (fewer when negative). */
function book(call: Call, issueId: number, spent: number): void {
  const row = call.store.row('SELECT * FROM issue WHERE id = ?', issueId)
  if (!row) return
  const { data } = asIssue(row)
  const timeSpent = (data.timeSpent ?? 0) + spent
  const remainingEstimate = remaining(call, data.remainingEstimate, spent)
  const changed = { ...data, timeSpent: timeSpent > 0 ? timeSpent : null, remainingEstimate }
  const sql = 'UPDATE issue SET data = ?, updated = ? WHERE id = ?'
  call.store.run(sql, JSON.stringify(changed), call.site.now(), issueId)
}

function createWorklog(call: Call) {
  const issue = issueOf(call)
  const body = object(call.body)
  if (call.store.count('worklog', issue.id) >= mostWorklogs)
    refuse(413, `The number of worklogs in this issue exceeds the limit of ${mostWorklogs}.`)
  const spent = spentOf(body)
  if (spent === undefined) refuseField('timeLogged', 'You must indicate the time spent working.')
  const now = call.site.now()
  const data: Things['worklog'] = {
    author: call.site.me,
    updateAuthor: call.site.me,
    comment: richText(body.comment, 'comment'),
    visibility: readVisibility(call, body.visibility),
    started: startedOf(body) ?? now,
    timeSpentSeconds: spent,
    created: now,
    updated: now,
  }
  const id = call.store.add('worklog', data, { owner: issue.id })
  for (const { key, value } of readProperties(body.properties))
    putProperty(call.store, 'worklog', id, key, value)
  book(call, issue.id, spent)
  watchMyself(call, issue.id)
  return made(view(call, { id, owner: issue.id, data }))
}

function named(call: Call): Thing<'worklog'> {
  const issue = issueOf(call)
  const worklog = call.store.get('worklog', param(call, 'id'))
  if (worklog?.owner !== issue.id)
    refuse(404, `Cannot find worklog with id: '${param(call, 'id')}'.`)
  return worklog
}

function updateWorklog(call: Call) {
  const worklog = named(call)
  const body = object(call.body)
  const timeSpentSeconds = spentOf(body) ?? worklog.data.timeSpentSeconds
  const { comment, visibility } = worklog.data
  const data = {
    ...worklog.data,
    timeSpentSeconds,
    started: startedOf(body) ?? worklog.data.started,
    comment: 'comment' in body ? richText(body.comment, 'comment') : comment,
    visibility: 'visibility' in body ? readVisibility(call, body.visibility) : visibility,
    updateAuthor: call.site.me,
    updated: call.site.now(),
  }
  call.store.put('worklog', worklog.id, data)
  book(call, worklog.owner, timeSpentSeconds - worklog.data.timeSpentSeconds)
  return ok(view(call, { ...worklog, data }))
}

function deleteWorklog(call: Call) {
  const { id, owner, data } = named(call)
  book(call, owner, -data.timeSpentSeconds)
  call.store.run(`DELETE FROM property WHERE entity = 'worklog' AND id = ?`, id)
  call.store.remove('worklog', id)
  return nothing()
}

function listWorklogs(call: Call) {
  const issue = issueOf(call)
  const { startAt, maxResults } = paging(call, 5_000, 5_000)
  return ok({
    startAt,
    maxResults,
    total: call.store.count('worklog', issue.id),
    worklogs: call.store
      .page('worklog', issue.id, startAt, maxResults)
      .map((each) => view(call, each)),
  })
}

function worklogsById(call: Call) {
  const ids = list(object(call.body).ids, 'ids')
  if (ids.length > 1000) refuse(400, 'At most 1000 worklogs can be asked for.')
  const found = ids.flatMap((id) => call.store.get('worklog', String(id)) ?? [])
  return ok(found.map((each) => view(call, each)))
}

const worklogs = '/rest/api/3/issue/{issueIdOrKey}/worklog'
export const worklogRoutes: Route[] = [
  ['GET', worklogs, listWorklogs],
  ['POST', worklogs, createWorklog],
  ['GET', `${worklogs}/{id}`, (call) => ok(view(call, named(call)))],
  ['PUT', `${worklogs}/{id}`, updateWorklog],
  ['DELETE', `${worklogs}/{id}`, deleteWorklog],
  ['POST', '/rest/api/3/worklog/list', worklogsById],
]
