import type { State } from '../../shared/api.ts'
import { migrationsSince } from '../ledger/migrations.ts'
import type { AppDeps } from './deps.ts'
import { viewMigration } from './view-migration.ts'

/**
 * The migrations that changed after the cursor, and those that run: their numbers move with every batch,
 * while their row changes only now and then.
 */
export async function stateSince(
  deps: Pick<AppDeps, 'ledger' | 'runner'>,
  since: number,
): Promise<State> {
  const { db } = deps.ledger
  const { cursor, rows, deleted } = await migrationsSince(db, since)
  const have = new Set(rows.map((row) => row.id))
  const others = deps.runner.running().filter((id) => !have.has(id))
  if (others.length)
    rows.push(...(await db.selectFrom('migration').selectAll().where('id', 'in', others).execute()))
  return {
    cursor,
    migrations: await Promise.all(rows.map((row) => viewMigration(deps, row))),
    deleted,
  }
}
