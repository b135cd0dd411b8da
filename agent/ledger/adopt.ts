import { sql } from 'kysely'
import type { LedgerDb } from './open.ts'

/** The path whose records are rows of the source that the plan counts, too (agent/apps/paths). */
const propertiesPath = 'entity-properties'

/**
 * Entity properties that an app's path has moved and read back are verified in the numbers of the migration,
 * too: the plan had left them out, because they move with their app or not at all. What an app did not move
 * stays left out, so that source stays the sum of the four.
 */
export async function adoptProperties(db: LedgerDb, migrationId: string): Promise<void> {
  await db
    .updateTable('item')
    .set({ verdict: 'verified', reasonCode: null, reasonText: null, hint: null })
    .where('migrationId', '=', migrationId)
    .where('kind', '=', 'property')
    .where('state', '=', 'leftOut')
    .where('verdict', '=', 'leftOut')
    .where('sourceId', 'in', (query) =>
      query
        .selectFrom('appRecord')
        .select('sourceId')
        .where('appRecord.migrationId', '=', migrationId)
        .where('path', '=', propertiesPath)
        .where('appRecord.verdict', '=', 'verified'),
    )
    .execute()
  // A re-run may find that one has another value by now.
  await sql`update item set verdict = 'leftOut', reasonCode = 'not-yet',
      reasonText = 'Its app could not prove that it is on the site: see the app.'
    where migrationId = ${migrationId} and kind = 'property' and state = 'leftOut' and verdict = 'verified'
      and sourceId not in (select r.sourceId from appRecord r
        where r.migrationId = ${migrationId} and r.path = ${propertiesPath} and r.verdict = 'verified')`.execute(
    db,
  )
}
