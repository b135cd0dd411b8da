import type { SiteReading } from '../../cloud/reading.ts'
import type { Sees } from './context.ts'

const fold = (name: string) => name.trim().toLowerCase()

/** What this login may see, asked for when something seems to be missing. */
export function whatISee(read: SiteReading, me: string): Sees {
  const known = new Map<string, boolean>()
  const inGroup = async (name: string): Promise<boolean> => {
    const group = (await read.groups([name])).find((one) => fold(one.name) === fold(name))
    if (group)
      for await (const accountId of read.groupMembers(group.id)) if (accountId === me) return true
    return false
  }
  const inRole = async (projectKey: string, name: string): Promise<boolean> => {
    const role = (await read.roles()).find((one) => fold(one.name) === fold(name))
    if (!role) return false
    const { accountIds, groups } = await read.roleActors(projectKey, role.id)
    if (accountIds.includes(me)) return true
    for (const group of groups) if (await inGroup(group)) return true
    return false
  }
  return {
    async restricted(projectKey, { type, value }) {
      const what = `${type === 'role' ? projectKey : ''} ${type} ${fold(value)}`
      const there = known.get(what)
      if (there !== undefined) return there
      const answer = type === 'group' ? await inGroup(value) : await inRole(projectKey, value)
      known.set(what, answer)
      return answer
    },
  }
}
