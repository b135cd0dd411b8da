import { made, ok, refuse, refuseField } from '../answer.ts'
import { isObject, needText, object, whole } from '../input.ts'
import { findProject } from '../issue/find.ts'
import { countFound, search } from '../issue/search.ts'
import { issueView, wantedFields } from '../issue/view.ts'
import type { Issue, Thing } from '../kinds.ts'
import { type Call, pageOf, paging, param, type Route } from '../site.ts'
import { need } from '../store.ts'
import { categoryIds, categoryView } from '../views.ts'

function boardView(call: Call, { id, data }: Thing<'board'>) {
  const project = data.projectId === null ? undefined : call.store.get('project', data.projectId)
  return {
    id,
    self: `${call.base}/rest/agile/1.0/board/${id}`,
    name: data.name,
    type: data.type,
    ...(project
      ? {
          location: {
            projectId: project.id,
            displayName: `${project.data.name} (${project.data.key})`,
            projectName: project.data.name,
            projectKey: project.data.key,
            projectTypeKey: project.data.projectTypeKey,
            name: `${project.data.name} (${project.data.key})`,
          },
        }
      : data.userAccountId
        ? { location: { userAccountId: data.userAccountId, displayName: '', name: '' } }
        : {}),
  }
}

function listBoards(call: Call) {
  const wanted = call.query.get('projectKeyOrId')
  const name = call.query.get('name')?.toLowerCase() ?? ''
  const type = call.query.get('type')
  const filterId = call.query.get('filterId')
  const project = wanted === null ? null : findProject(call.store, wanted)
  if (project === undefined) refuse(400, `No project could be found with key or id '${wanted}'.`)
  const found = call.store
    .all('board')
    .filter(({ data }) => project === null || data.projectId === project.id)
    .filter(({ data }) => data.name.toLowerCase().includes(name))
    .filter(({ data }) => filterId === null || String(data.filterId) === filterId)
    .filter(({ data }) => type === null || type.split(',').includes(data.type))
  const { self: _, ...page } = pageOf(call, found, (each) => boardView(call, each))
  return ok(page)
}

function createBoard(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The board name must not be empty.')
  if (name.length >= 255) refuseField('name', 'The board name must be less than 255 characters.')
  const type = (['scrum', 'kanban'] as const).find((each) => each === body.type)
  if (!type) refuseField('type', 'The board type must be scrum or kanban.')
  const location = isObject(body.location) ? body.location : {}
  const key = location.projectKeyOrId
  const project = key === undefined ? undefined : findProject(call.store, String(key))
  if (key !== undefined && !project)
    refuse(400, `No project could be found with key or id '${key}'.`)
  const filterId = whole(body, 'filterId')
  if (filterId === undefined || !call.store.get('filter', filterId))
    refuseField('filterId', 'The filter does not exist or you do not have permission to view it.')
  const own = location.type === 'user' ? { userAccountId: call.site.me } : {}
  const data = { name, type, filterId, projectId: project?.id ?? null, ...own }
  return made(boardView(call, { id: call.store.add('board', data), owner: 0, data }))
}

export const needBoard = (call: Call) =>
  need(
    call.store,
    'board',
    param(call, 'boardId'),
    'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
  )

export function issuePage(
  call: Call,
  issues: Issue[],
  total: number,
  startAt: number,
  maxResults: number,
) {
  const fields = wantedFields(call, call.query.get('fields')?.split(',') ?? [], '*navigable')
  const want = { fields, properties: [], comments: 20 }
  return ok({
    expand: 'schema,names',
    startAt,
    maxResults,
    total,
    issues: issues.map((issue) => issueView(call, issue, want)),
  })
}

/** What the board's filter finds; a board that came with its project has all of that. */
function boardIssues(call: Call) {
  const { data } = needBoard(call)
  const filter = call.store.get('filter', data.filterId ?? 0)
  const { startAt, maxResults } = paging(call, 50, 100)
  const jql = filter?.data.jql ?? `project = ${data.projectId} ORDER BY rank`
  const found = search(call, jql, startAt, maxResults)
  return issuePage(call, found, countFound(call, jql), startAt, maxResults)
}

/** A new board has a column for each category of statuses; the public API cannot change that. */
function boardConfiguration(call: Call) {
  const { id, data } = needBoard(call)
  const self = `${call.base}/rest/agile/1.0/board/${id}/configuration`
  const columns = categoryIds.map((category) => ({
    name: categoryView(call, category).name,
    statuses: call.store
      .all('status')
      .filter((status) => status.data.category === category)
      .map((status) => ({
        id: String(status.id),
        self: `${call.base}/rest/api/2/status/${status.id}`,
      })),
  }))
  const filter = {
    id: String(data.filterId ?? ''),
    self: `${call.base}/rest/api/2/filter/${data.filterId}`,
  }
  return ok({
    ...{ id, name: data.name, type: data.type, self },
    ...(data.filterId === null ? {} : { filter }),
    columnConfig: { columns, constraintType: 'none' },
  })
}

const agile = '/rest/agile/1.0'
export const agileRoutes: Route[] = [
  ['GET', `${agile}/board`, listBoards],
  ['POST', `${agile}/board`, createBoard],
  ['GET', `${agile}/board/{boardId}`, (call) => ok(boardView(call, needBoard(call)))],
  ['GET', `${agile}/board/{boardId}/configuration`, boardConfiguration],
  ['GET', `${agile}/board/{boardId}/issue`, boardIssues],
]
