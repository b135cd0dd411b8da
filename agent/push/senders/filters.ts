import { type FilterShare, type Kept, sharesInWords } from '../../../shared/filter-shares.ts'
import type { Promises } from '../../../shared/plan.ts'
import type { Outcome, ShareTarget } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { resolveJql } from '../../ledger/references.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { groupId } from './access.ts'
import { notThere } from './frame.ts'

/**
 * A filter is made with its shares; who may change it is told in a second request, the site takes it in no
 * other way. Names are unique among the filters of one account, and the plan keeps clear of those that were there.
 * A filter of the site that stands for ours is only looked at.
 */
export const filter: Sender = {
  find: (ctx, items) =>
    Promise.all(
      items.map(async (item) => {
        const promise = promiseOf(item, 'filter')
        if (promise.kept) return (await ctx.read.filter(promise.kept.id)) && promise.kept.id
        const id = await findFilter(ctx, promise)
        return id && (await hasEditors(ctx, id, promise)) ? id : null
      }),
    ),
  send: (ctx, items) => oneByOne(items, (item) => send(ctx, item)),
}

const findFilter = async (ctx: PushContext, { name }: Promises['filter']) =>
  (await ctx.read.filters(name, 'mine'))[0]?.id ?? null

async function hasEditors(ctx: PushContext, id: string, { editors = [] }: Promises['filter']) {
  if (!editors.length) return true
  const there = await ctx.read.filterShares(id)
  return there !== null && sharesInWords(there.editors) === sharesInWords(editors)
}

async function send(ctx: PushContext, item: ItemRow): Promise<Outcome> {
  const promise = promiseOf(item, 'filter')
  const { kept } = promise
  if (kept) return (await ctx.read.filter(kept.id)) ? there(kept.id) : gone('filter', promise, kept)
  const jql = await resolveJql(ctx.db, ctx.migrationId, promise.jql)
  if ('missing' in jql) return notThere(jql.missing, jql.needs)
  const shares = await targets(ctx, promise.name, promise.shares ?? [])
  const found = await findFilter(ctx, promise)
  const made = found ? there(found) : await create(ctx, promise, jql.jql, shares)
  if (!made.ok || (found && (await hasEditors(ctx, found, promise)))) return made
  const editors = await targets(ctx, promise.name, promise.editors ?? [])
  if (!editors.length) return made
  const edited = await ctx.write.shareFilter(made.siteId, promise, jql.jql, { shares, editors })
  // The filter is there and finds what it should: who may change it shows when it is read back.
  if (!edited.ok) await tell(ctx, promise.name, `who may change it: ${edited.text}`)
  return made
}

/** Where the site refuses the shares, the filter arrives private rather than not at all: boards stand on it. */
async function create(
  ctx: PushContext,
  promise: Promises['filter'],
  jql: string,
  shares: ShareTarget[],
): Promise<Outcome> {
  const made = await ctx.write.createFilter(promise, jql, shares)
  if (made.ok || !shares.length) return made
  const alone = await ctx.write.createFilter(promise, jql, [])
  if (alone.ok) await tell(ctx, promise.name, `with whom it is shared: ${made.text}`)
  return alone
}

const tell = (ctx: PushContext, name: string, what: string, kind = 'filter') =>
  ctx.log('warn', `The site did not take of the ${kind} "${name}" ${what}`, {
    code: 'part-not-taken',
  })

/** What of the site was to stand for ours is not there any more. Nothing is made in its place unasked. */
export const gone = (what: string, { name }: { name: string }, { id }: Kept): Outcome => ({
  ok: false,
  code: 'kept-gone',
  text: `The site's ${what} "${name}" (number ${id}), which was to be used, is not there any more, or this account no longer sees it.`,
  hint: 'Restore it, or share it with the account of the token, then run the migration again.',
  again: true,
})

/** The site's ids of those with whom it is shared; one that the site does not have is told, and missing when read back. */
export async function targets(
  ctx: PushContext,
  name: string,
  shares: readonly FilterShare[],
  kind?: 'dashboard',
): Promise<ShareTarget[]> {
  const found: ShareTarget[] = []
  for (const share of shares) {
    const target = await targetOf(ctx, share)
    if (target) found.push(target)
    else await tell(ctx, name, `a share: ${sharesInWords([share])} is not there.`, kind)
  }
  return found
}

async function targetOf(ctx: PushContext, share: FilterShare): Promise<ShareTarget | null> {
  if (share.to === 'everyone' || share.to === 'user') return share
  if (share.to === 'group') {
    const id = await groupId(ctx, share.group)
    return id ? { to: 'group', groupId: id } : null
  }
  const project = await ctx.read.project(share.projectKey)
  if (!project) return null
  if (share.to === 'project') return { to: 'project', projectId: project.id }
  const role = await ctx.names.role(share.role)
  return role ? { to: 'role', projectId: project.id, roleId: role.id } : null
}
