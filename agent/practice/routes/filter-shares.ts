import { refuse } from '../answer.ts'
import { isObject, list, object, text, whole } from '../input.ts'
import type { FilterShare } from '../kinds.ts'
import type { Call } from '../site.ts'
import { account, projectIdentity, userView } from '../views.ts'

const idIn = (value: unknown): number =>
  (isObject(value) ? whole(value, 'id') : undefined) ??
  refuse(400, 'The project ID is required for a share with a project.')

/** Reads the shares of a request. A share with everybody stands alone, as Jira has it. */
export function readShares(call: Call, given: unknown, field: string): FilterShare[] {
  const shares = list(given ?? [], field).map((each) => readShare(call, object(each)))
  const all = shares.find(({ type }) => type === 'global' || type === 'loggedin')
  return all ? [all] : shares
}

function readShare(call: Call, share: Record<string, unknown>): FilterShare {
  const { store } = call
  const id = store.next('share', 10_000)
  const type = text(share, 'type')
  if (type === 'global') return { id, type }
  if (type === 'authenticated') return { id, type: 'loggedin' }
  if (type === 'group') {
    const given = isObject(share.group) ? share.group : {}
    const [groupId, name] = [text(given, 'groupId'), text(given, 'name')]
    const group = store
      .all('group')
      .find(({ data }) => (groupId ? data.groupId === groupId : data.name === name))
    return group
      ? { id, type, groupId: group.data.groupId }
      : refuse(400, `Group '${groupId ?? name}' does not exist.`)
  }
  if (type === 'user') {
    const accountId = isObject(share.user) ? text(share.user, 'accountId') : undefined
    return accountId && account(store, accountId)
      ? { id, type, accountId }
      : refuse(400, `User '${accountId}' does not exist.`)
  }
  if (type === 'project' || type === 'projectRole') {
    const projectId = idIn(share.project)
    const project = store.get('project', projectId)
    if (!project || project.data.deleted) refuse(400, `Project '${projectId}' does not exist.`)
    if (share.role === undefined && type === 'project') return { id, type, projectId }
    const roleId = idIn(share.role)
    if (!store.get('role', roleId)) refuse(400, `Project role '${roleId}' does not exist.`)
    return { id, type: 'project', projectId, roleId }
  }
  return refuse(400, `The share type '${type}' is not valid.`)
}

/** A share whose group or project has gone is no longer shown. */
export function shareViews(call: Call, shares: FilterShare[] = []) {
  return shares.flatMap((share) => shareView(call, share) ?? [])
}

/** A user is described with fewer details here than elsewhere (UserBean). */
function userBean(call: Call, id: string) {
  const { self, accountId, displayName, active, avatarUrls } = userView(call, id)
  return { self, accountId, displayName, active, avatarUrls }
}

function shareView(call: Call, share: FilterShare) {
  const { store, base } = call
  if (share.type === 'group') {
    const group = store.all('group').find(({ data }) => data.groupId === share.groupId)
    const self = `${base}/rest/api/3/group?groupId=${share.groupId}`
    return group && { id: share.id, type: 'group', group: { ...group.data, self } }
  }
  if (share.type === 'user')
    return { id: share.id, type: 'user', user: userBean(call, share.accountId ?? '') }
  if (share.type !== 'project') return { id: share.id, type: share.type }
  const project = store.get('project', share.projectId ?? 0)
  if (!project) return undefined
  const { self, id, key, name, avatarUrls, projectTypeKey, simplified } = projectIdentity(
    call,
    project,
  )
  const role = share.roleId === undefined ? undefined : store.get('role', share.roleId)
  return {
    id: share.id,
    type: 'project',
    project: { self, id, key, name, avatarUrls, projectTypeKey, simplified },
    ...(role
      ? {
          role: {
            self: `${base}/rest/api/3/project/${id}/role/${role.id}`,
            id: role.id,
            name: role.data.name,
            description: role.data.description,
          },
        }
      : {}),
  }
}
