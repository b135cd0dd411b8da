import type { LedgerDb } from './open.ts'
import type { TallyTable } from './schema.ts'

/** A migration's tally summed over its projects and phases: a few rows a kind, however many projects there are. */
export async function totals(db: LedgerDb, migrationId: string): Promise<TallyTable[]> {
  const rows = await db
    .selectFrom('tally')
    .select((eb) => [
      'migrationId',
      'kind',
      'state',
      'verdict',
      'loss',
      eb.fn.sum<number>('n').as('n'),
    ])
    .where('migrationId', '=', migrationId)
    .where('n', '>', 0)
    .groupBy(['migrationId', 'kind', 'state', 'verdict', 'loss'])
    .execute()
  // The phase of a sum over phases means nothing; the row keeps the tally's shape for countsOf and its like.
  return rows.map((row) => ({ ...row, projectKey: '', phase: 'people' }))
}

/** The ledger's clock: it moves with each change of a migration. */
export async function clock(db: LedgerDb): Promise<number> {
  const { now } = await db.selectFrom('clock').select('now').executeTakeFirstOrThrow()
  return now
}
