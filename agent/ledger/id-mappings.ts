import type { LedgerDb } from './open.ts'
import type { IdMappingTable } from './schema-verify.ts'

export type MappedKind = IdMappingTable['kind']

/** Three values a row, and SQLite takes 32,766 of them in a statement. */
const rowsAStatement = 2000

/** Takes the place of all mappings that a migration has. */
export async function forgetMappings(db: LedgerDb, migrationId: string): Promise<void> {
  await db.deleteFrom('idMapping').where('migrationId', '=', migrationId).execute()
}

/**
 * Adds mappings; the first that says something of an item counts.
 * @returns those that say something else than is known, with what is known
 */
export async function addMappings(
  db: LedgerDb,
  migrationId: string,
  rows: readonly { kind: MappedKind; serverId: string; cloudId: string; line: number }[],
): Promise<{ clashes: { line: number; known: string }[]; repeated: number }> {
  const clashes: { line: number; known: string }[] = []
  let repeated = 0
  for (let from = 0; from < rows.length; from += rowsAStatement)
    await db.transaction().execute(async (tx) => {
      for (const { line, ...row } of rows.slice(from, from + rowsAStatement)) {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('idMapping')
          .values({ migrationId, ...row })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        if (numInsertedOrUpdatedRows) continue
        const known = await mappedId(tx, migrationId, row.kind, row.serverId)
        if (known === row.cloudId) repeated += 1
        else clashes.push({ line, known: known ?? '' })
      }
    })
  return { clashes, repeated }
}

/** The site's id of a source item as the other program says it; null where it says nothing. */
export async function mappedId(
  db: LedgerDb,
  migrationId: string,
  kind: MappedKind,
  serverId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('idMapping')
    .select('cloudId')
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .where('serverId', '=', serverId)
    .executeTakeFirst()
  return row?.cloudId ?? null
}

/** Those of these source items that are mapped. */
export async function mappedIds(
  db: LedgerDb,
  migrationId: string,
  kind: MappedKind,
  serverIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let from = 0; from < serverIds.length; from += rowsAStatement) {
    const rows = await db
      .selectFrom('idMapping')
      .select(['serverId', 'cloudId'])
      .where('migrationId', '=', migrationId)
      .where('kind', '=', kind)
      .where('serverId', 'in', serverIds.slice(from, from + rowsAStatement))
      .execute()
    for (const { serverId, cloudId } of rows) found.set(serverId, cloudId)
  }
  return found
}

/** All mappings of a kind, for those that a site has few of (people, fields, statuses). */
export async function allMapped(
  db: LedgerDb,
  migrationId: string,
  kind: MappedKind,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('idMapping')
    .select(['serverId', 'cloudId'])
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .execute()
  return new Map(rows.map((row) => [row.serverId, row.cloudId]))
}
