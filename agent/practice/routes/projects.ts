import { made, nothing, ok, Refusal } from '../answer.ts'
import { type Json, object, text, whole } from '../input.ts'
import { anyProject, needProject } from '../issue/find.ts'
import { deleteIssues } from '../issue/remove.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { templateFrame } from '../template.ts'
import {
  account,
  issueTypeView,
  projectIdentity,
  statusView,
  userView,
  versionIdentity,
} from '../views.ts'
import { categoryView } from './categories.ts'
import { componentView } from './components.ts'

type Project = Things['project']
const types = ['software', 'business', 'service_desk'] as const
const assignees = ['PROJECT_LEAD', 'UNASSIGNED'] as const

/** The sentence that Jira answers for a key that cannot be taken; null when it can. */
function keyProblem(call: Call, key: string): string | null {
  if (key.length > 10) return 'The project key must not exceed 10 characters in length.'
  if (!/^[A-Z][A-Z0-9]+$/.test(key))
    return 'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.'
  const taken = anyProject(call.store, key)
  return taken ? `Project '${taken.data.name}' uses this project key.` : null
}

function nameProblem(call: Call, name: string | undefined, own?: number): string | null {
  if (!name?.trim()) return 'You must specify a valid project name.'
  if (name.length > 80) return 'The project name must not exceed 80 characters in length.'
  const same = call.store.byName('project', name)
  return same && same.id !== own ? 'A project with that name already exists.' : null
}

/** Reads what create and update have in common, and collects what is wrong with it. */
function readProject(call: Call, body: Json, errors: Record<string, string>): Partial<Project> {
  const patch: Partial<Project> = {}
  const description = text(body, 'description')
  if (description !== undefined) patch.description = description
  const url = text(body, 'url')
  if (url !== undefined && url !== '') {
    if (!/^https?:\/\/\S+$/.test(url))
      errors.projectUrl = 'The URL specified is not valid - it must start with http:// or https://'
    patch.url = url
  }
  const lead = text(body, 'leadAccountId')
  if (lead !== undefined) {
    if (!account(call.store, lead)) errors.projectLead = 'You must specify a valid project lead.'
    patch.leadAccountId = lead
  }
  const category = whole(body, 'categoryId')
  if (category !== undefined) {
    if (!call.store.get('projectCategory', category))
      errors.categoryId = `The project category with ID ${category} was not found.`
    patch.categoryId = category
  }
  const permissions = whole(body, 'permissionScheme')
  if (permissions !== undefined) {
    if (!call.store.get('permissionScheme', permissions))
      errors.permissionScheme = `The permission scheme with ID ${permissions} was not found.`
    patch.permissionSchemeId = permissions
  }
  const security = whole(body, 'issueSecurityScheme')
  if (security !== undefined) {
    if (!call.store.get('securityScheme', security))
      errors.issueSecurityScheme = `The issue security scheme with ID ${security} was not found.`
    patch.securitySchemeId = security
  }
  const assignee = text(body, 'assigneeType')
  if (assignee !== undefined) {
    const known = assignees.find((each) => each === assignee)
    if (known) patch.assigneeType = known
    else errors.assigneeType = 'Invalid default assignee.'
  }
  return patch
}

function createProject(call: Call) {
  const body = object(call.body)
  const errors: Record<string, string> = {}
  const key = text(body, 'key') ?? ''
  const name = text(body, 'name') ?? ''
  const badKey = keyProblem(call, key)
  if (badKey) errors.projectKey = badKey
  const badName = nameProblem(call, name)
  if (badName) errors.projectName = badName
  const patch = readProject(call, body, errors)
  if (patch.leadAccountId === undefined && !errors.projectLead)
    errors.projectLead = 'You must specify a valid project lead.'
  const template = text(body, 'projectTemplateKey')
  const projectTypeKey = types.find((each) => each === body.projectTypeKey)
  if (!projectTypeKey && (body.projectTypeKey !== undefined || !template))
    errors.projectType =
      'An invalid project type was specified. Make sure the project type matches the project template.'
  const scheme = (
    field: string,
    kind: 'issueTypeScheme' | 'issueTypeScreenScheme' | 'workflowScheme',
  ) => {
    const id = whole(body, field)
    if (id === undefined) return undefined
    if (template) errors.projectTemplateKey = 'A project template and schemes cannot be combined.'
    if (!call.store.get(kind, id)) errors[field] = `The ${field} with ID ${id} was not found.`
    return id
  }
  const frame = {
    issueTypeSchemeId: scheme('issueTypeScheme', 'issueTypeScheme'),
    issueTypeScreenSchemeId: scheme('issueTypeScreenScheme', 'issueTypeScreenScheme'),
    workflowSchemeId: scheme('workflowScheme', 'workflowScheme'),
  }
  if (Object.keys(errors).length > 0) throw new Refusal(400, [], errors)
  const own = template ? templateFrame(call.store, key, call.site.now()) : defaultFrame(call)
  const id = call.store.add('project', {
    key,
    name: name.trim(),
    description: '',
    url: null,
    leadAccountId: call.site.me,
    assigneeType: 'UNASSIGNED',
    projectTypeKey: projectTypeKey ?? 'software',
    ...own,
    ...Object.fromEntries(Object.entries(frame).filter(([, value]) => value !== undefined)),
    ...patch,
    deleted: false,
  })
  if (template)
    call.store.add('board', { name: `${key} board`, type: 'kanban', filterId: null, projectId: id })
  return made({ self: `${call.base}/rest/api/3/project/${id}`, id, key })
}

function defaultFrame(call: Call) {
  const first = (kind: 'issueTypeScheme' | 'issueTypeScreenScheme' | 'workflowScheme') =>
    call.store.all(kind)[0]?.id ?? 0
  return {
    issueTypeSchemeId: first('issueTypeScheme'),
    issueTypeScreenSchemeId: first('issueTypeScreenScheme'),
    workflowSchemeId: first('workflowScheme'),
  }
}

function projectView(call: Call, project: Thing<'project'>) {
  const { data, id } = project
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...projectIdentity(call, project),
    description: data.description,
    lead: userView(call, data.leadAccountId),
    components: call.store.all('component', id).map((each) => componentView(call, each)),
    issueTypes: issueTypesOf(call, project).map((each) => issueTypeView(call, each)),
    ...(data.url === null ? {} : { url: data.url }),
    ...categoryOf(call, project),
    assigneeType: data.assigneeType,
    versions: call.store.all('version', id).map((each) => ({
      ...versionIdentity(call, each),
      projectId: id,
    })),
    roles: Object.fromEntries(
      call.store
        .all('role')
        .map((role) => [role.data.name, `${call.base}/rest/api/3/project/${id}/role/${role.id}`]),
    ),
    style: 'classic',
    isPrivate: false,
    properties: {},
  }
}

function categoryOf(call: Call, { data }: Thing<'project'>) {
  const found = call.store.get('projectCategory', data.categoryId ?? 0)
  return found ? { projectCategory: categoryView(call, found) } : {}
}

export function issueTypesOf(call: Call, project: Thing<'project'>): Thing<'issueType'>[] {
  const scheme = call.store.get('issueTypeScheme', project.data.issueTypeSchemeId)
  return (scheme?.data.issueTypeIds ?? []).flatMap((id) => call.store.get('issueType', id) ?? [])
}

const named = (call: Call) => needProject(call.store, param(call, 'projectIdOrKey'))

function updateProject(call: Call) {
  const project = named(call)
  const body = object(call.body)
  const errors: Record<string, string> = {}
  const patch = readProject(call, body, errors)
  const name = text(body, 'name')
  if (name !== undefined) {
    const bad = nameProblem(call, name, project.id)
    if (bad) errors.projectName = bad
    patch.name = name.trim()
  }
  const key = text(body, 'key')
  if (key !== undefined && key !== project.data.key) {
    const bad = keyProblem(call, key)
    if (bad) errors.projectKey = bad
    patch.key = key
  }
  if (Object.keys(errors).length > 0) throw new Refusal(400, [], errors)
  const data = { ...project.data, ...patch }
  call.store.put('project', project.id, data)
  return ok(projectView(call, { ...project, data }))
}

/** Into the recycle bin, where the key stays taken, unless enableUndo says not to. */
function deleteProject(call: Call) {
  const project = named(call)
  if (call.query.get('enableUndo') !== 'false') {
    call.store.put('project', project.id, { ...project.data, deleted: true })
    return nothing()
  }
  const ids = call.store.rows('SELECT id FROM issue WHERE projectId = ?', project.id)
  deleteIssues(
    call,
    ids.map((row) => Number(row.id)),
  )
  for (const kind of ['component', 'version', 'roleActor'] as const)
    for (const { id } of call.store.all(kind, project.id)) call.store.remove(kind, id)
  call.store.run(`DELETE FROM property WHERE entity = 'project' AND id = ?`, project.id)
  call.store.remove('project', project.id)
  return nothing()
}

function searchProjects(call: Call) {
  const keys = call.query.getAll('keys')
  const ids = call.query.getAll('id')
  const query = call.query.get('query')?.toLowerCase() ?? ''
  const found = call.store
    .all('project')
    .filter(({ data }) => !data.deleted)
    .filter(({ id, data }) =>
      keys.length + ids.length === 0 ? true : keys.includes(data.key) || ids.includes(String(id)),
    )
    .filter(({ data }) => `${data.key}\n${data.name}`.toLowerCase().includes(query))
    .toSorted((a, b) => (a.data.key < b.data.key ? -1 : 1))
  const view = (project: Thing<'project'>) => ({
    ...projectIdentity(call, project),
    style: 'classic',
    isPrivate: false,
    properties: {},
  })
  return ok(pageOf(call, found, view, 50, 100))
}

function projectStatuses(call: Call) {
  const project = named(call)
  const scheme = call.store.get('workflowScheme', project.data.workflowSchemeId)?.data
  return ok(
    issueTypesOf(call, project).map((type) => {
      const name = scheme?.issueTypeMappings[String(type.id)] ?? scheme?.defaultWorkflow ?? 'jira'
      const workflow = call.store.byName('workflow', name)
      const { self, id, name: typeName, subtask } = issueTypeView(call, type)
      const statuses = (workflow?.data.statuses ?? []).flatMap(
        ({ statusReference }) => call.store.get('status', statusReference) ?? [],
      )
      return {
        self,
        id,
        name: typeName,
        subtask,
        statuses: statuses.map((s) => statusView(call, s)),
      }
    }),
  )
}

function validateKey(call: Call) {
  const bad = keyProblem(call, call.query.get('key') ?? '')
  return ok({ errorMessages: [], errors: bad ? { projectKey: bad } : {} })
}

const project = '/rest/api/3/project/{projectIdOrKey}'
export const projectRoutes: Route[] = [
  ['POST', '/rest/api/3/project', createProject],
  ['GET', project, (call) => ok(projectView(call, named(call)))],
  ['PUT', project, updateProject],
  ['DELETE', project, deleteProject],
  ['GET', '/rest/api/3/project/search', searchProjects],
  ['GET', `${project}/statuses`, projectStatuses],
  ['GET', '/rest/api/3/projectvalidate/key', validateKey],
]
