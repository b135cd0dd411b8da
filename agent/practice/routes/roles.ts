import { ok, refuse } from '../answer.ts'
import { object, strings, text } from '../input.ts'
import { needProject } from '../issue/find.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, param, type Route } from '../site.ts'
import { need } from '../store.ts'
import { account } from '../views.ts'

function createRole(call: Call) {
  const body = object(call.body)
  const name = text(body, 'name') ?? ''
  if (name === '' || name !== name.trim())
    refuse(400, 'The name of a project role must not be empty or begin or end with a space.')
  if (call.store.byName('role', name))
    refuse(409, `A project role with the name '${name}' already exists.`)
  const data = { name, description: text(body, 'description') ?? '' }
  // The site's own roles have the numbers up to 10,005.
  const id = call.store.add('role', data, { id: call.store.next('role', 10_100) })
  return ok({ self: `${call.base}/rest/api/3/role/${id}`, id, ...data, actors: [] })
}

const named = (call: Call) => ({
  project: needProject(call.store, param(call, 'projectIdOrKey')),
  role: need(
    call.store,
    'role',
    param(call, 'id'),
    `Can not retrieve a role actor for a null project role.`,
  ),
})

function roleView(call: Call, project: Thing<'project'>, role: Thing<'role'>) {
  const { id, data } = role
  const actors = call.store
    .all('roleActor', project.id)
    .filter((actor) => actor.data.roleId === id)
    .map((actor) => actorView(call, actor))
  return {
    self: `${call.base}/rest/api/3/project/${project.id}/role/${id}`,
    name: data.name,
    id,
    description: data.description,
    actors: actors.toSorted((a, b) => a.displayName.localeCompare(b.displayName)),
  }
}

function actorView(call: Call, { id, data }: Thing<'roleActor'>) {
  if (data.type === 'user') {
    const displayName = account(call.store, data.value)?.displayName ?? ''
    const actorUser = { accountId: data.value }
    return { id, displayName, type: 'atlassian-user-role-actor', actorUser }
  }
  const group = call.store.all('group').find((each) => each.data.groupId === data.value)
  const name = group?.data.name ?? ''
  const actorGroup = { name, displayName: name, groupId: data.value }
  return { id, displayName: name, type: 'atlassian-group-role-actor', name, actorGroup }
}

function addActors(call: Call) {
  const { project, role } = named(call)
  const body = object(call.body)
  const wanted: Things['roleActor'][] = [
    ...strings(body.user ?? [], 'user').map((accountId) => {
      if (!account(call.store, accountId)) refuse(404, `The user '${accountId}' does not exist.`)
      return { roleId: role.id, type: 'user' as const, value: accountId }
    }),
    ...groups(call, 'groupId', body.groupId).map((value) => groupActor(role.id, value)),
    ...groups(call, 'name', body.group).map((value) => groupActor(role.id, value)),
  ]
  if (wanted.length === 0) refuse(400, 'Specify users or groups to add to the role.')
  const there = call.store.all('roleActor', project.id)
  for (const actor of wanted) {
    const same = there.some(
      ({ data }) =>
        data.roleId === role.id && data.type === actor.type && data.value === actor.value,
    )
    if (same) refuse(400, `'${actor.value}' is already a member of the project role.`)
    call.store.add('roleActor', actor, { owner: project.id })
  }
  return ok(roleView(call, project, role))
}

const groupActor = (roleId: number, value: string) => ({ roleId, type: 'group' as const, value })

/** The ids of the groups that are asked for by id or by name. */
function groups(call: Call, by: 'groupId' | 'name', value: unknown): string[] {
  return strings(value ?? [], by).map((wanted) => {
    const found = call.store.all('group').find(({ data }) => data[by] === wanted)
    return found?.data.groupId ?? refuse(404, `The group '${wanted}' does not exist.`)
  })
}

function getActors(call: Call) {
  const { project, role } = named(call)
  return ok(roleView(call, project, role))
}

export const roleRoutes: Route[] = [
  ['POST', '/rest/api/3/role', createRole],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/role/{id}', getActors],
  ['POST', '/rest/api/3/project/{projectIdOrKey}/role/{id}', addActors],
]
