import { sql } from 'kysely'
import type { PlannedKind } from '../../shared/plan.ts'
import type { LedgerDb } from './open.ts'

/** An item that another stands on, by whatever the other knows of it. */
export type Need = { kind: PlannedKind } & (
  | { sourceId: string }
  | { name: string }
  | { projectKey: string }
  | { issueKey: string }
)

/**
 * The seq of what took down all that needs this item: the item itself where it failed by its own cause, else the
 * one at the beginning of the chain. null where the ledger knows of no failure: nobody can say what is to be mended.
 */
export async function rootOf(
  db: LedgerDb,
  migrationId: string,
  need: Need,
): Promise<number | null> {
  let query = db
    .selectFrom('item')
    .select(['seq', 'rootSeq'])
    .where('migrationId', '=', migrationId)
    .where('kind', '=', need.kind)
    .where('state', 'in', ['failed', 'unsure'])
  if ('sourceId' in need) query = query.where('sourceId', '=', need.sourceId)
  else if ('projectKey' in need) query = query.where('projectKey', '=', need.projectKey)
  else if ('issueKey' in need) query = query.where('issueKey', '=', need.issueKey)
  // The site takes names that differ only in their case for the same.
  else query = query.where(promisedName, '=', need.name.toLowerCase())
  const row = await query.orderBy('seq').limit(1).executeTakeFirst()
  return row ? (row.rootSeq ?? row.seq) : null
}

const promisedName = sql<string>`lower(json_extract(item.promiseJson, '$.name'))`

/**
 * The root of a failed item that is still failed, else null. One that was mended by itself takes nothing down any
 * more: what needed it is then a cause of its own until it is tried again.
 */
export const standingRoot = sql<number | null>`(select root.seq from item as root
  where root.seq = item.rootSeq and root.verdict = 'failed')`
