import type { BoxIssue, World } from './world.ts'

export type Json = Record<string, unknown>
/** An answer of the box: with this status, and as JSON; undefined = there is no such resource. */
export interface Said {
  status: number
  body: unknown
}

export const ok = (body: unknown): Said => ({ status: 200, body })
export const refuse = (status: number, ...errorMessages: string[]): Said => ({
  status,
  body: { errorMessages, errors: {} },
})

export const keyOf = (issue: BoxIssue) => `${issue.project}-${issue.number}`

export type Parts = ReturnType<typeof createParts>

/** What answers are made of: addresses, people, and the lists that all projects share. */
export function createParts(world: World, address: () => string) {
  const link = (rest: string) => `${address()}/rest/api/2/${rest}`
  const userOf = (key: unknown, deleted = false): Json | undefined => {
    if (typeof key !== 'string') return undefined
    const one = world.users.find((user) => user.key === key)
    const known = one ?? { key, name: key, displayName: key, emailAddress: '?', active: false }
    return {
      self: link(`user?username=${encodeURIComponent(known.name)}`),
      ...known,
      avatarUrls: { '16x16': `${address()}/secure/useravatar?avatarId=1` },
      timeZone: 'Europe/Oslo',
      ...(deleted ? { deleted: true } : {}),
    }
  }
  const projectOf = (idOrKey: string) =>
    world.projects.find((one) => one.key === idOrKey || String(one.id) === idOrKey)
  const issueOf = (idOrKey: string) =>
    world.issues.find((one) => String(one.id) === idOrKey || keyOf(one) === idOrKey)

  const named = (resource: string, id: string, name: string, more: Json = {}) => ({
    ...{ self: link(`${resource}/${id}`), id, name, description: `About ${name}`, ...more },
  })
  const types = [
    named('issuetype', '1', 'Task', { subtask: false, iconUrl: 'x' }),
    named('issuetype', '4', 'Epic', { subtask: false, iconUrl: 'x' }),
    named('issuetype', '5', 'Sub-task', { subtask: true, iconUrl: 'x' }),
  ]
  const statuses = [
    named('status', '1', 'Open', {
      iconUrl: 'x',
      statusCategory: { id: 2, key: 'new', name: 'To Do' },
    }),
    named('status', '3', 'Done', {
      iconUrl: 'x',
      statusCategory: { id: 3, key: 'done', name: 'Done' },
    }),
  ]
  const priorities = [
    named('priority', '1', 'High', { statusColor: '#f00', iconUrl: 'x' }),
    named('priority', '2', 'Low', { statusColor: '#0f0', iconUrl: 'x' }),
  ]
  const resolutions = [named('resolution', '1', 'Fixed')]
  const linkTypes = [
    {
      id: '11',
      name: 'Blocks',
      inward: 'is blocked by',
      outward: 'blocks',
      self: link('issueLinkType/11'),
    },
  ]
  const versions = [
    {
      ...named('version', '31', '1.0'),
      archived: false,
      released: true,
      releaseDate: '2023-02-01',
      startDate: '2023-01-01',
      projectId: 10,
    },
  ]
  const components = [
    {
      ...named('component', '41', 'Core'),
      project: 'PAY',
      assigneeType: 'PROJECT_LEAD',
      archived: false,
    },
  ]
  const roles: [number, string][] = [
    [51, 'Administrators'],
    [52, 'Developers'],
  ]
  const by = <T extends { id: string }>(list: T[], id: unknown) =>
    list.find((one) => one.id === id) ?? null

  return {
    ...{ link, userOf, projectOf, issueOf, named, by, address },
    ...{ types, statuses, priorities, resolutions, linkTypes, versions, components, roles },
  }
}
