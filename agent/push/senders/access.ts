import type { Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { byName, notThere } from './frame.ts'

const id = (found: { id: string } | null) => found?.id ?? null

export const role = byName(
  'role',
  async (ctx, p) => id(await ctx.names.role(p.name)),
  (ctx, p) => ctx.write.createRole(p),
)
export const projectCategory = byName(
  'projectCategory',
  async (ctx, p) => id(await ctx.names.projectCategory(p.name)),
  (ctx, p) => ctx.write.createProjectCategory(p),
)
/** Sites have thousands of groups: each is asked for by its name, not out of a list. */
export const group = byName(
  'group',
  (ctx, p) => groupId(ctx, p.name),
  (ctx, p) => ctx.write.createGroup(p),
)

export async function groupId(ctx: PushContext, name: string): Promise<string | null> {
  const found = await ctx.read.groups([name])
  return found.find((one) => one.name.toLowerCase() === name.toLowerCase())?.id ?? null
}

export const membership: Sender = {
  async find(ctx, items) {
    const members = new Map<string, Promise<Set<string>>>()
    return Promise.all(
      items.map(async (item) => {
        const { group, accountId } = promiseOf(item, 'membership')
        const known = members.get(group) ?? membersOf(ctx, group)
        members.set(group, known)
        return (await known).has(accountId) ? accountId : null
      }),
    )
  },
  async send(ctx, items) {
    const ids = new Map<string, string | null>()
    return oneByOne(items, async (item): Promise<Outcome> => {
      const { group, accountId } = promiseOf(item, 'membership')
      if (!ids.has(group)) ids.set(group, await groupId(ctx, group))
      const to = ids.get(group)
      if (!to) return notThere(`the group "${group}"`, { kind: 'group', name: group })
      const outcome = await ctx.write.addMember(to, accountId)
      if (outcome.ok) return outcome
      // The site refuses whoever is in the group already: that is what was wanted.
      const [found] = await membership.find(ctx, [item])
      return found ? there(found) : outcome
    })
  },
}

async function membersOf(ctx: PushContext, name: string): Promise<Set<string>> {
  const members = new Set<string>()
  const id = await groupId(ctx, name)
  if (id) for await (const accountId of ctx.read.groupMembers(id)) members.add(accountId)
  return members
}

export const roleActor: Sender = {
  async find(ctx, items) {
    const actors = createActors(ctx)
    return Promise.all(items.map(async (item) => ((await actors(item))?.there ? '' : null)))
  },
  async send(ctx, items) {
    const actors = createActors(ctx)
    return oneByOne(items, async (item): Promise<Outcome> => {
      const { projectKey, role, actor } = promiseOf(item, 'roleActor')
      const found = await actors(item)
      if (!found) return notThere(`the role "${role}"`, { kind: 'role', name: role })
      if (found.there) return there('')
      if ('accountId' in actor) return ctx.write.addRoleActor(projectKey, found.roleId, actor)
      const group = await groupId(ctx, actor.group)
      if (!group)
        return notThere(`the group "${actor.group}"`, { kind: 'group', name: actor.group })
      return ctx.write.addRoleActor(projectKey, found.roleId, { groupId: group })
    })
  },
}

/** Who stands in the roles of a project, read once for a batch and kept up as it is sent. */
function createActors(ctx: PushContext) {
  const known = new Map<string, Promise<Set<string>>>()
  return async (item: ItemRow): Promise<{ roleId: string; there: boolean } | null> => {
    const { projectKey, role, actor } = promiseOf(item, 'roleActor')
    const roleId = id(await ctx.names.role(role))
    if (roleId === null) return null
    const key = `${projectKey}/${roleId}`
    const actors =
      known.get(key) ??
      ctx.read
        .roleActors(projectKey, roleId)
        .then(({ accountIds, groups }) => new Set([...accountIds, ...groups.map(groupMark)]))
    known.set(key, actors)
    const mark = 'accountId' in actor ? actor.accountId : groupMark(actor.group)
    const there = (await actors).has(mark)
    // Two rows of the source may become one on the site: the second one finds the first.
    ;(await actors).add(mark)
    return { roleId, there }
  }
}

const groupMark = (name: string) => `group ${name.toLowerCase()}`
