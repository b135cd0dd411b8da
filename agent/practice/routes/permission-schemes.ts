import { made, ok, refuse } from '../answer.ts'
import { isObject, list, needText, object, text, whole } from '../input.ts'
import { needProject } from '../issue/find.ts'
import type { Holder, Thing } from '../kinds.ts'
import { type Call, param, type Route } from '../site.ts'
import { need, type Store } from '../store.ts'
import { account } from '../views.ts'

const withoutParameter = new Set(['anyone', 'reporter', 'assignee', 'projectLead'])
const withParameter = new Set([
  ...['user', 'group', 'projectRole', 'userCustomField', 'groupCustomField'],
])

const groupOf = (store: Store, by: 'groupId' | 'name', value: string) =>
  store.all('group').find(({ data }) => data[by] === value)

/** Reads a holder as the documents have it: groups by name (parameter) or by id (value). */
export function readHolder({ store }: Call, given: unknown): Holder {
  const holder = object(given)
  const type = needText(holder, 'type', 'The type of the holder is required.')
  const [value, parameter] = [text(holder, 'value'), text(holder, 'parameter')]
  if (withoutParameter.has(type)) return { type, parameter: null }
  const said = value ?? parameter ?? null
  if (type === 'applicationRole') return { type, parameter: said }
  if (!withParameter.has(type)) refuse(400, `The holder type '${type}' is not valid.`)
  if (said === null) refuse(400, `The holder type '${type}' needs a parameter.`)
  if (type === 'user' && !account(store, said)) refuse(400, `User '${said}' does not exist.`)
  if (type === 'projectRole' && !store.get('role', said))
    refuse(400, `Project role '${said}' does not exist.`)
  if (type !== 'group') return { type, parameter: said }
  const group =
    (value && groupOf(store, 'groupId', value)) || (parameter && groupOf(store, 'name', parameter))
  return group
    ? { type, parameter: group.data.groupId }
    : refuse(400, `Group '${said}' does not exist.`)
}

/** A group shows its name as parameter and its id as value, anything else the same in both. */
export function holderView({ store }: Call, { type, parameter }: Holder) {
  if (parameter === null) return { type }
  const name = type === 'group' ? groupOf(store, 'groupId', parameter)?.data.name : parameter
  return { type, parameter: name ?? parameter, value: parameter, expand: type }
}

const expands = (call: Call) =>
  (call.query.get('expand') ?? '').split(',').some((one) => one === 'all' || one === 'permissions')

function schemeView(call: Call, { id, data }: Thing<'permissionScheme'>, full = expands(call)) {
  const at = `${call.base}/rest/api/3/permissionscheme/${id}`
  return {
    expand: 'permissions,user,group,projectRole,field,all',
    id,
    self: at,
    name: data.name,
    description: data.description,
    ...(full
      ? {
          permissions: data.permissions.map((grant) => ({
            id: grant.id,
            self: `${at}/permission/${grant.id}`,
            holder: holderView(call, grant.holder),
            permission: grant.permission,
          })),
        }
      : {}),
  }
}

function createScheme(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The name of the permission scheme is required.')
  if (call.store.byName('permissionScheme', name))
    refuse(400, 'A permission scheme with this name already exists.')
  const permissions = list(body.permissions ?? [], 'permissions').map((each) => {
    const grant = object(each)
    const permission = needText(grant, 'permission')
    if (!/^[A-Z_]+$/.test(permission)) refuse(400, `The permission '${permission}' is not valid.`)
    return {
      id: call.store.next('permissionGrant', 10_100),
      permission,
      holder: readHolder(call, grant.holder),
    }
  })
  const data = { name, description: text(body, 'description') ?? '', permissions }
  const id = call.store.add('permissionScheme', data)
  return made(schemeView(call, { id, owner: 0, data }))
}

const named = (call: Call) => needProject(call.store, param(call, 'projectKeyOrId'))

/** The project's own scheme, else the site's default. */
function schemeOf(call: Call, project: Thing<'project'>): Thing<'permissionScheme'> {
  const id = project.data.permissionSchemeId ?? 0
  return need(call.store, 'permissionScheme', id, 'The permission scheme was not found.')
}

function assignScheme(call: Call) {
  const project = named(call)
  const id = isObject(call.body) ? whole(call.body, 'id') : undefined
  const scheme = need(
    call.store,
    'permissionScheme',
    id ?? -1,
    'The permission scheme was not found.',
  )
  call.store.put('project', project.id, { ...project.data, permissionSchemeId: scheme.id })
  return ok(schemeView(call, scheme))
}

/** As a new site has it: whoever may use Jira sees and works on everything, administrators administer. */
export function seedPermissions(store: Store): void {
  if (store.all('permissionScheme').length > 0) return
  const anybody = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES', 'ADD_COMMENTS', 'LINK_ISSUES']
  const grants: [string, Holder][] = [
    ...anybody.map((key): [string, Holder] => [key, { type: 'applicationRole', parameter: null }]),
    ['ADMINISTER_PROJECTS', { type: 'projectRole', parameter: '10002' }],
  ]
  const permissions = grants.map(([permission, holder], at) => ({
    id: 10_000 + at,
    permission,
    holder,
  }))
  const description = 'This is the default Permission Scheme.'
  const data = { name: 'Default Permission Scheme', description, permissions }
  store.add('permissionScheme', data, { id: 0 })
}

const ofProject = '/rest/api/3/project/{projectKeyOrId}/permissionscheme'
export const permissionSchemeRoutes: Route[] = [
  [
    'GET',
    '/rest/api/3/permissionscheme',
    (call) =>
      ok({
        permissionSchemes: call.store.all('permissionScheme').map((each) => schemeView(call, each)),
      }),
  ],
  ['POST', '/rest/api/3/permissionscheme', createScheme],
  ['GET', ofProject, (call) => ok(schemeView(call, schemeOf(call, named(call))))],
  ['PUT', ofProject, assignScheme],
]
