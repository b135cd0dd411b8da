import { made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { type Json, object, text } from '../input.ts'
import { findProject, needProject } from '../issue/find.ts'
import { replaceInIssues } from '../issue/remove.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { need } from '../store.ts'
import { account, userView } from '../views.ts'

const assignees = ['PROJECT_DEFAULT', 'COMPONENT_LEAD', 'PROJECT_LEAD', 'UNASSIGNED'] as const

export function componentView(call: Call, { id, owner, data }: Thing<'component'>) {
  const project = call.store.get('project', owner)?.data
  const real =
    data.assigneeType !== 'PROJECT_DEFAULT'
      ? data.assigneeType
      : (project?.assigneeType ?? 'UNASSIGNED')
  const accountId =
    real === 'COMPONENT_LEAD'
      ? data.leadAccountId
      : real === 'PROJECT_LEAD'
        ? project?.leadAccountId
        : null
  const assignee = accountId ? userView(call, accountId) : undefined
  return {
    self: `${call.base}/rest/api/3/component/${id}`,
    id: String(id),
    name: data.name,
    description: data.description,
    ...(data.leadAccountId === null ? {} : { lead: userView(call, data.leadAccountId) }),
    assigneeType: data.assigneeType,
    ...(assignee ? { assignee, realAssignee: assignee } : {}),
    realAssigneeType: real,
    isAssigneeTypeValid: real === 'UNASSIGNED' || assignee !== undefined,
    project: project?.key ?? '',
    projectId: owner,
  }
}

function readComponent(
  call: Call,
  body: Json,
  owner: number,
  before: Things['component'] | null,
): Things['component'] {
  const name = (text(body, 'name') ?? before?.name ?? '').trim()
  if (name === '')
    refuseField('name', 'The component name specified is invalid - cannot be an empty string.')
  if (name.length > 255)
    refuseField('name', 'The component name must not exceed 255 characters in length.')
  const same = call.store.byName('component', name, owner)
  if (same && same.data.name !== before?.name)
    refuseField('name', `A component with the name ${name} already exists in this project.`)
  const lead = text(body, 'leadAccountId') ?? before?.leadAccountId ?? null
  if (lead !== null && !account(call.store, lead))
    refuseField('leadUserName', `The user ${lead} does not exist.`)
  const wanted = text(body, 'assigneeType') ?? before?.assigneeType ?? 'PROJECT_DEFAULT'
  const assigneeType = assignees.find((each) => each === wanted)
  if (!assigneeType) refuseField('assigneeType', `Invalid assignee type: ${wanted}`)
  const description = text(body, 'description') ?? before?.description ?? ''
  return { name, description, leadAccountId: lead, assigneeType }
}

function createComponent(call: Call) {
  const body = object(call.body)
  const key = text(body, 'project')
  if (!key) refuseField('project', 'No project key was specified.')
  const project = findProject(call.store, key)
  if (!project) refuse(404, `No project could be found with key '${key}'.`)
  const data = readComponent(call, body, project.id, null)
  const id = call.store.add('component', data, { owner: project.id })
  return made(componentView(call, { id, owner: project.id, data }))
}

const named = (call: Call) => {
  const id = param(call, 'id')
  return need(call.store, 'component', id, `The component with id ${id} does not exist.`)
}

function updateComponent(call: Call) {
  const component = named(call)
  const data = readComponent(call, object(call.body), component.owner, component.data)
  call.store.put('component', component.id, data)
  return ok(componentView(call, { ...component, data }))
}

function deleteComponent(call: Call) {
  const { id, owner } = named(call)
  const to = call.query.get('moveIssuesTo')
  if (to !== null && call.store.get('component', to)?.owner !== owner)
    refuse(404, `The component with id ${to} does not exist.`)
  replaceInIssues(call, owner, 'components', id, to === null ? null : Number(to))
  call.store.remove('component', id)
  return nothing()
}

function pageComponents(call: Call) {
  const { id } = needProject(call.store, param(call, 'projectIdOrKey'))
  const query = call.query.get('query')?.toLowerCase() ?? ''
  const found = call.store
    .all('component', id)
    .filter(({ data }) => `${data.name} ${data.description}`.toLowerCase().includes(query))
  const count = `SELECT count(*) AS n FROM issue, json_each(issue.data, '$.components') AS each
    WHERE issue.projectId = ? AND each.value = ?`
  return ok(
    pageOf(call, found, (each) => ({
      ...componentView(call, each),
      issueCount: Number(call.store.row(count, id, each.id)?.n),
    })),
  )
}

function listComponents(call: Call) {
  const { id } = needProject(call.store, param(call, 'projectIdOrKey'))
  return ok(call.store.all('component', id).map((each) => componentView(call, each)))
}

export const componentRoutes: Route[] = [
  ['POST', '/rest/api/3/component', createComponent],
  ['GET', '/rest/api/3/component/{id}', (call) => ok(componentView(call, named(call)))],
  ['PUT', '/rest/api/3/component/{id}', updateComponent],
  ['DELETE', '/rest/api/3/component/{id}', deleteComponent],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/components', listComponents],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/component', pageComponents],
]
