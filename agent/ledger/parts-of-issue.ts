import type { PlannedKind } from '../../shared/plan.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'

/** What became of these items of a kind, by their source's ids. At most a few hundred at a time. */
export async function itemsBySource(
  db: LedgerDb,
  migrationId: string,
  kind: PlannedKind,
  sourceIds: readonly string[],
): Promise<Map<string, ItemRow>> {
  if (sourceIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .where('sourceId', 'in', [...sourceIds])
    .execute()
  return new Map(rows.map((row) => [row.sourceId, row]))
}

/** The item of an issue or project by its key, as the source and the site have it. */
export function itemByKey(
  db: LedgerDb,
  migrationId: string,
  what: { issueKey: string } | { projectKey: string },
): Promise<ItemRow | undefined> {
  const query = db.selectFrom('item').selectAll().where('migrationId', '=', migrationId)
  const own =
    'issueKey' in what
      ? query.where('kind', '=', 'issue').where('issueKey', '=', what.issueKey)
      : query.where('kind', '=', 'project').where('projectKey', '=', what.projectKey)
  return own.limit(1).executeTakeFirst()
}
