import type { LedgerDb } from './open.ts'
import type { TallyTable } from './schema.ts'

/**
 * The tallies of these migrations, each summed over its projects and phases: a few rows a kind, however many
 * projects there are. One question for all of them: the list of 10,000 is asked for in pages.
 */
export async function totals(
  db: LedgerDb,
  ids: readonly string[],
): Promise<Map<string, TallyTable[]>> {
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
    .where('migrationId', 'in', ids)
    .where('n', '>', 0)
    .groupBy(['migrationId', 'kind', 'state', 'verdict', 'loss'])
    .execute()
  // The phase of a sum over phases means nothing; the row keeps the tally's shape for countsOf and its like.
  return Map.groupBy(
    rows.map((row): TallyTable => ({ ...row, projectKey: '', phase: 'people' })),
    (row) => row.migrationId,
  )
}

/** The ledger's clock: it moves with each change of a migration. */
export async function clock(db: LedgerDb): Promise<number> {
  const { now } = await db.selectFrom('clock').select('now').executeTakeFirstOrThrow()
  return now
}
