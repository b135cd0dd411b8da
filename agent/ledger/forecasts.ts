import { sql } from 'kysely'
import { touch } from './checks.ts'
import type { LedgerDb } from './open.ts'

/** What the plan would do, as it was counted last; null before. */
export async function forecastRow(
  db: LedgerDb,
  migrationId: string,
): Promise<{ at: number; forecastJson: string } | null> {
  const row = await db
    .selectFrom('forecast')
    .select(['at', 'forecastJson'])
    .where('migrationId', '=', migrationId)
    .executeTakeFirst()
  return row ?? null
}

/** Keeps what the plan would do; the caller holds the transaction where other rows belong to it. */
export async function saveForecast(
  db: LedgerDb,
  migrationId: string,
  at: number,
  forecast: unknown,
): Promise<void> {
  const forecastJson = JSON.stringify(forecast)
  await db
    .insertInto('forecast')
    .values({ migrationId, at, forecastJson })
    .onConflict((conflict) => conflict.column('migrationId').doUpdateSet({ at, forecastJson }))
    .execute()
  // The list says how many projects and issues would move.
  await touch(db, migrationId)
}

/** How many projects and issues would move, of those migrations for which it was counted. */
export async function forecastSizes(
  db: LedgerDb,
  ids: readonly string[],
): Promise<Map<string, { projects: number; issues: number }>> {
  const moved = (kind: 'project' | 'issue') =>
    sql<number>`ifnull(json_extract(forecastJson, ${`$.kinds.${kind}.moved`}), 0)`
  const rows = await db
    .selectFrom('forecast')
    .select(['migrationId', moved('project').as('projects'), moved('issue').as('issues')])
    .where('migrationId', 'in', ids)
    .execute()
  return new Map(rows.map(({ migrationId, ...size }) => [migrationId, size]))
}
