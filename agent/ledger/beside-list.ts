import type { BesideList } from '../../shared/api-beside.ts'
import { besideLists } from '../../shared/api-beside.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'

/** A page of what a run makes beside the items of the source, by rising seq. */
export const besidePage = (
  db: LedgerDb,
  migrationId: string,
  list: BesideList,
  after: number,
  limit: number,
): Promise<ItemRow[]> =>
  db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('kind', 'in', besideLists[list])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()

/** Which of these empty issues, by key, are deleted on the site again. */
export async function deletedFillers(
  db: LedgerDb,
  migrationId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('item')
    .select('issueKey')
    .where('migrationId', '=', migrationId)
    .where('kind', '=', 'fillerDelete')
    .where('issueKey', 'in', keys)
    .where('state', '=', 'sent')
    .execute()
  return new Set(rows.flatMap(({ issueKey }) => issueKey ?? []))
}
