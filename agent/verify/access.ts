import { must } from '../../shared/assert.ts'
import { type ItemRow, promiseOf, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { candidates, judged, missing, type VerifyContext } from './judge.ts'

/** So many groups, memberships or actors are judged at a time. */
const aPage = 200
/** Members of so many groups are kept at hand. */
const groupsAtHand = 20

/** Groups by name, and whether the accounts are in them. */
export async function verifyGroups(ctx: VerifyContext): Promise<void> {
  await inPages(ctx, 'group', async (items) => {
    const names = items.map((item) => promiseOf(item, 'group').name)
    const found = new Map((await ctx.read.groups(names)).map((one) => [fold(one.name), one.id]))
    return items.map((item) => {
      const id = found.get(fold(promiseOf(item, 'group').name))
      return id === undefined ? missing(item) : judged(item, id, [])
    })
  })
  const members = createMembers(ctx)
  await inPages(ctx, 'membership', async (items) => {
    const changes: VerdictChange[] = []
    for (const item of items) {
      const { group, accountId } = promiseOf(item, 'membership')
      const there = (await members(group)).has(accountId)
      changes.push(there ? judged(item, accountId, []) : missing(item))
    }
    return changes
  })
}

/** Who has which role in a project. */
export async function verifyRoleActors(ctx: VerifyContext, projectKey: string): Promise<void> {
  const known = new Map<string, Set<string>>()
  let roleIds: Map<string, string> | undefined
  await inPages(
    ctx,
    'roleActor',
    async (items) => {
      roleIds ??= new Map((await ctx.read.roles()).map((role) => [fold(role.name), role.id]))
      const changes: VerdictChange[] = []
      for (const item of items) {
        const { role, actor } = promiseOf(item, 'roleActor')
        const roleId = roleIds.get(fold(role))
        if (roleId && !known.has(roleId)) {
          const { accountIds, groups } = await ctx.read.roleActors(projectKey, roleId)
          known.set(roleId, new Set([...accountIds, ...groups.map(groupMark)]))
        }
        const mark = 'accountId' in actor ? actor.accountId : groupMark(actor.group)
        changes.push(known.get(roleId ?? '')?.has(mark) ? judged(item, '', []) : missing(item))
      }
      return changes
    },
    projectKey,
  )
}

async function inPages(
  ctx: VerifyContext,
  kind: ItemRow['kind'],
  judge: (items: ItemRow[]) => Promise<VerdictChange[]>,
  projectKey?: string,
): Promise<void> {
  for (let after = 0; ; ) {
    ctx.signal.throwIfAborted()
    const items = await candidates(ctx, [kind], after, aPage, projectKey)
    if (!items.length) return
    after = must(items.at(-1), 'It is not empty.').seq
    await settleVerdicts(ctx.db, await judge(items))
  }
}

/** The members of a group, of the last few groups that were asked for. */
function createMembers(ctx: VerifyContext) {
  const known = new Map<string, Set<string>>()
  return async (name: string): Promise<Set<string>> => {
    const there = known.get(name)
    if (there) return there
    const members = new Set<string>()
    const group = (await ctx.read.groups([name])).find((one) => fold(one.name) === fold(name))
    if (group) for await (const accountId of ctx.read.groupMembers(group.id)) members.add(accountId)
    if (known.size >= groupsAtHand) known.delete(known.keys().next().value as string)
    known.set(name, members)
    return members
  }
}

const fold = (name: string) => name.toLowerCase()
const groupMark = (name: string) => `group ${fold(name)}`
