import { getMigration } from './migrations.ts'
import type { LedgerDb } from './open.ts'
import { changeVerification, standardSample, verificationOf } from './verification.ts'

/** How a verification is to go, as a person says it. */
export interface VerificationWishes {
  /** Path of an id-mappings.csv; null = none. */
  mappings: string | null
  /** How many issues are looked at first; null = the standard sample, 0 = none. */
  sample: number | null
}

/**
 * Writes down how a verification is to go. Other id mappings make another plan: it is made anew.
 * The migration must not be running.
 */
export async function wishVerification(
  db: LedgerDb,
  migrationId: string,
  { mappings, sample }: VerificationWishes,
): Promise<void> {
  const before = await verificationOf(db, migrationId)
  await changeVerification(db, migrationId, {
    mappingsPath: mappings,
    sampleSize: sample ?? standardSample,
    ...(mappings === before.mappingsPath ? {} : { mappingsJson: null, running: 0, foreign: null }),
  })
  const { stage } = await getMigration(db, migrationId)
  if (mappings !== before.mappingsPath && stage !== 'new')
    await db.updateTable('migration').set({ stage: 'read' }).where('id', '=', migrationId).execute()
}
