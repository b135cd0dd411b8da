import type { LedgerDb } from './open.ts'

export async function keepFileHash(
  db: LedgerDb,
  migrationId: string,
  sourceId: string,
  sha256: string,
): Promise<void> {
  await db
    .insertInto('fileHash')
    .values({ migrationId, sourceId, sha256 })
    .onConflict((conflict) => conflict.columns(['migrationId', 'sourceId']).doUpdateSet({ sha256 }))
    .execute()
}

/** The SHA-256 of an attachment as it was sent; null where it was not brought here. */
export async function fileHash(
  db: LedgerDb,
  migrationId: string,
  sourceId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('fileHash')
    .select('sha256')
    .where('migrationId', '=', migrationId)
    .where('sourceId', '=', sourceId)
    .executeTakeFirst()
  return row?.sha256 ?? null
}
