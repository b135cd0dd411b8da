import type { Made, SiteChange } from '../cloud/mending.ts'
import { type ItemRow, promiseOf } from '../ledger/items.ts'
import type { Changed, RepairContext } from './context.ts'

/**
 * The last change of a field that a person made since the migration, null when there is none. A change is a
 * person's unless a repair of ours made it, or the migration itself did: with its own account and before its
 * result was first read back. A site that another program filled was filled by the account that made the issue,
 * or by the one that we ask with; what is older than the source's last word was imported with it.
 * @param names the field's names and ids in the site's history, in lower case
 */
export async function changedSince(
  ctx: RepairContext,
  item: ItemRow,
  issueKey: string,
  names: readonly string[],
  concerns: (change: SiteChange) => boolean = () => true,
): Promise<Changed | null> {
  const history = await ctx.history(issueKey)
  const ours = await ctx.ours(issueKey)
  const fits = history.filter(
    (change) =>
      !ours.has(change.id) &&
      change.fields.some((field) => names.includes(field)) &&
      concerns(change),
  )
  if (!fits.length) return null
  const imported = ctx.foreign ? sourceTime(item) : 0
  const makers = [ctx.own, ...(ctx.foreign ? [await ctx.mend.creator(issueKey)] : [])]
  const by = fits.findLast(
    ({ at, accountId }) => at >= ctx.since || (at > imported && !makers.includes(accountId)),
  )
  return by ? { who: by.who, at: by.at } : null
}

/** The same for a comment or worklog, which say themselves who changed them last. */
export async function editedSince(
  ctx: RepairContext,
  item: ItemRow,
  issueKey: string,
  id: string,
  { author, created, updateAuthor, updated }: Made,
): Promise<Changed | null> {
  if (updated <= created) return null
  if ((await ctx.ours(issueKey)).has(stampOf(item.kind, id, updated))) return null
  const who = { who: updateAuthor?.displayName || null, at: updated }
  if (updated >= ctx.since) return who
  const imported = ctx.foreign ? sourceTime(item) : 0
  const makers = [ctx.own, ...(ctx.foreign ? [author?.accountId] : [])]
  return updated > imported && !makers.includes(updateAuthor?.accountId) ? who : null
}

/** How our own last edit of a comment or worklog is known again. */
export const stampOf = (kind: string, id: string, updated: number) => `${kind} ${id} ${updated}`

/** When the source last changed it, epoch ms; 0 where it does not say. */
function sourceTime(item: ItemRow): number {
  if (item.kind !== 'issue' && item.kind !== 'comment' && item.kind !== 'worklog') return 0
  const { origin } = promiseOf(item, item.kind)
  return Date.parse(origin?.updated ?? origin?.created ?? '') || 0
}
