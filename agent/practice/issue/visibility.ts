import { refuseField } from '../answer.ts'
import { isObject } from '../input.ts'
import type { Visibility } from '../kinds.ts'
import type { Call } from '../site.ts'

/** Who may see a comment or worklog: a role or group that the site has, by name or identifier; null = all. */
export function readVisibility(call: Call, value: unknown): Visibility | null {
  if (value === undefined || value === null) return null
  const { type, value: name, identifier } = isObject(value) ? value : {}
  const wanted = typeof identifier === 'string' && identifier !== '' ? identifier : name
  if (typeof wanted !== 'string' || wanted === '')
    refuseField('commentLevel', 'A role or group is required.')
  if (type === 'role') {
    const role = call.store.byName('role', wanted) ?? call.store.get('role', wanted)
    if (!role) refuseField('commentLevel', `Role: ${wanted} does not exist.`)
    return { type, value: role.data.name, identifier: role.data.name }
  }
  if (type === 'group') {
    const group = call.store
      .all('group')
      .find(({ data }) => data.name === wanted || data.groupId === wanted)
    if (!group) refuseField('commentLevel', `Group: ${wanted} does not exist.`)
    return { type, value: group.data.name, identifier: group.data.groupId }
  }
  return refuseField('commentLevel', 'Invalid visibility type. Use role or group.')
}
