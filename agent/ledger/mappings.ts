import { sql } from 'kysely'
import {
  type MappedKind,
  type Mapping,
  type MappingHow,
  mappingHows,
} from '../../shared/mapping.ts'
import type { LedgerDb } from './open.ts'

/** SQLite takes 32,766 values a statement; eight columns a row leave room for this many. */
const rowsAStatement = 1_000

/** Writes who becomes whom in place of what was known before. */
export async function saveMappings(
  db: LedgerDb,
  migrationId: string,
  rows: readonly Mapping[],
): Promise<void> {
  await db.deleteFrom('mapping').where('migrationId', '=', migrationId).execute()
  for (let from = 0; from < rows.length; from += rowsAStatement)
    await db
      .insertInto('mapping')
      .values(rows.slice(from, from + rowsAStatement).map((row) => ({ migrationId, ...row })))
      .execute()
}

/** How many of each kind become something in which way. */
export const mappingCounts = (
  db: LedgerDb,
  migrationId: string,
): Promise<{ kind: MappedKind; how: MappingHow; n: number }[]> =>
  db
    .selectFrom('mapping')
    .select(['kind', 'how', (eb) => eb.fn.countAll<number>().as('n')])
    .where('migrationId', '=', migrationId)
    .groupBy(['kind', 'how'])
    .execute()

/** The first of a kind, those first that a person should look at. */
export const firstMappings = (
  db: LedgerDb,
  migrationId: string,
  kind: MappedKind,
  limit: number,
): Promise<Mapping[]> =>
  db
    .selectFrom('mapping')
    .select(['kind', 'sourceId', 'name', 'how', 'siteName', 'siteId', 'why'])
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .orderBy(sql`instr(${mappingHows.join(' ')}, how)`)
    .orderBy('name')
    .limit(limit)
    .execute()

/** All of a kind, a page at a time. */
export async function* mappingPages(
  db: LedgerDb,
  migrationId: string,
  kind: MappedKind,
  limit = 1_000,
): AsyncGenerator<Mapping[]> {
  for (let after: string | null = null; ; ) {
    let query = db
      .selectFrom('mapping')
      .select(['kind', 'sourceId', 'name', 'how', 'siteName', 'siteId', 'why'])
      .where('migrationId', '=', migrationId)
      .where('kind', '=', kind)
    if (after !== null) query = query.where('sourceId', '>', after)
    const rows: Mapping[] = await query.orderBy('sourceId').limit(limit).execute()
    if (rows.length) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < limit) return
    after = last.sourceId
  }
}
