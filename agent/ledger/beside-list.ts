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
