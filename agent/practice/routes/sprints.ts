import { made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { list, needText, object, text, whole } from '../input.ts'
import { asIssue, findIssue } from '../issue/find.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, pageOf, paging, param, type Route } from '../site.ts'
import { need } from '../store.ts'
import { issuePage, needBoard } from './agile.ts'

const time = (ms: number | null) => (ms === null ? undefined : new Date(ms).toISOString())

function sprintView(call: Call, { id, owner, data }: Thing<'sprint'>) {
  const dates = {
    startDate: time(data.startDate),
    endDate: time(data.endDate),
    completeDate: time(data.completeDate),
  }
  return {
    id,
    self: `${call.base}/rest/agile/1.0/sprint/${id}`,
    state: data.state,
    name: data.name,
    ...Object.fromEntries(Object.entries(dates).filter(([, value]) => value !== undefined)),
    originBoardId: owner,
    goal: data.goal,
  }
}

function date(body: Record<string, unknown>, field: string): number | null | undefined {
  const given = text(body, field)
  if (given === undefined) return undefined
  const ms = Date.parse(given.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(ms) ? refuseField(field, `The ${field} is not a valid date.`) : ms
}

function createSprint(call: Call) {
  const body = object(call.body)
  const board = need(
    call.store,
    'board',
    whole(body, 'originBoardId') ?? 0,
    'Board does not exist.',
  )
  if (board.data.type !== 'scrum') refuse(400, 'The board does not support sprints.')
  const name = needText(body, 'name', 'You must specify a sprint name.')
  if (name.length > 30) refuseField('name', 'The sprint name must be shorter than 30 characters.')
  const data: Things['sprint'] = {
    name,
    goal: text(body, 'goal') ?? '',
    state: 'future',
    startDate: date(body, 'startDate') ?? null,
    endDate: date(body, 'endDate') ?? null,
    completeDate: null,
  }
  const id = call.store.add('sprint', data, { owner: board.id })
  return made(sprintView(call, { id, owner: board.id, data }))
}

const needSprint = (call: Call) =>
  need(call.store, 'sprint', param(call, 'sprintId'), 'Sprint does not exist.')

/** Sprints go from future over active to closed; the day of closing is the site's own. */
function updateSprint(call: Call) {
  const sprint = needSprint(call)
  const body = object(call.body)
  const state = (['future', 'active', 'closed'] as const).find((each) => each === body.state)
  const before = sprint.data.state
  if (state !== undefined && state !== before) {
    const next = { future: 'active', active: 'closed', closed: null }[before]
    if (state !== next) refuse(400, `The sprint cannot go from '${before}' to '${state}'.`)
  }
  const data: Things['sprint'] = {
    ...sprint.data,
    name: text(body, 'name') ?? sprint.data.name,
    goal: text(body, 'goal') ?? sprint.data.goal,
    ...(before === 'closed'
      ? {}
      : {
          startDate: date(body, 'startDate') ?? sprint.data.startDate,
          endDate: date(body, 'endDate') ?? sprint.data.endDate,
        }),
    state: state ?? before,
    completeDate:
      state === 'closed' && before !== 'closed' ? call.site.now() : sprint.data.completeDate,
  }
  if (data.state === 'active' && (data.startDate === null || data.endDate === null))
    refuse(400, 'A sprint needs a start date and an end date to become active.')
  call.store.put('sprint', sprint.id, data)
  return ok(sprintView(call, { ...sprint, data }))
}

function listSprints(call: Call) {
  const { id } = needBoard(call)
  const states = call.query.get('state')?.split(',') ?? []
  const found = call.store
    .all('sprint', id)
    .filter(({ data }) => states.length === 0 || states.includes(data.state))
  const { self: _, ...page } = pageOf(call, found, (each) => sprintView(call, each))
  return ok(page)
}

function moveToSprint(call: Call) {
  const { id, data } = needSprint(call)
  if (data.state === 'closed') refuse(400, 'Issues cannot be moved to a closed sprint.')
  const issues = list(object(call.body).issues, 'issues')
  if (issues.length > 50) refuse(400, 'At most 50 issues can be moved in one request.')
  const open = call.store.all('sprint').filter((sprint) => sprint.data.state !== 'closed')
  const leave = 'DELETE FROM sprintIssue WHERE sprintId = ? AND issueId = ?'
  for (const each of issues) {
    const issue =
      findIssue(call.store, String(each)) ?? refuse(400, `Issue '${each}' does not exist.`)
    // An issue is in one open sprint at most; the closed ones that it was in stay with it.
    for (const sprint of open) call.store.run(leave, sprint.id, issue.id)
    call.store.run('INSERT INTO sprintIssue VALUES (?, ?)', id, issue.id)
  }
  return nothing()
}

function sprintIssues(call: Call) {
  const { id } = needSprint(call)
  const { startAt, maxResults } = paging(call, 50, 100)
  const from = 'FROM issue JOIN sprintIssue ON issueId = id WHERE sprintId = ?'
  const rows = call.store.rows(
    `SELECT issue.* ${from} ORDER BY id LIMIT ? OFFSET ?`,
    id,
    maxResults,
    startAt,
  )
  const total = Number(call.store.row(`SELECT count(*) AS n ${from}`, id)?.n)
  return issuePage(call, rows.map(asIssue), total, startAt, maxResults)
}

const agile = '/rest/agile/1.0'
export const sprintRoutes: Route[] = [
  ['GET', `${agile}/board/{boardId}/sprint`, listSprints],
  ['POST', `${agile}/sprint`, createSprint],
  ['GET', `${agile}/sprint/{sprintId}`, (call) => ok(sprintView(call, needSprint(call)))],
  ['POST', `${agile}/sprint/{sprintId}`, updateSprint],
  ['GET', `${agile}/sprint/{sprintId}/issue`, sprintIssues],
  ['POST', `${agile}/sprint/{sprintId}/issue`, moveToSprint],
]
