import { type ItemRow, promiseOf } from '../ledger/items.ts'
import type { PushContext } from './sender.ts'

/**
 * The items of a batch that hang on an issue which this migration was to create and has not: an issue of
 * that key may be on the site all the same, made by somebody else, and must not be written to.
 */
export async function homeless(ctx: PushContext, items: ItemRow[]): Promise<Set<number>> {
  const hanging = items.filter((item) => item.phase === 'content' || item.phase === 'files')
  const keys = [...new Set(hanging.flatMap(keysOf))]
  if (!keys.length) return new Set()
  const absent = await ctx.db
    .selectFrom('item')
    .select('issueKey')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'issue')
    .where('issueKey', 'in', keys)
    .where('state', 'not in', ['sent', 'leftOut'])
    .execute()
  const lost = new Set(absent.map((row) => row.issueKey))
  return new Set(
    hanging.filter((item) => keysOf(item).some((key) => lost.has(key))).map((item) => item.seq),
  )
}

/** The issues an item hangs on; a link hangs on both its ends. */
function keysOf(item: ItemRow): string[] {
  if (item.kind !== 'link') return item.issueKey ? [item.issueKey] : []
  const { inwardKey, outwardKey } = promiseOf(item, 'link')
  return [inwardKey, outwardKey]
}
