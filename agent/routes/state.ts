import type { State } from '../../shared/api.ts'
import { migrationsSince } from '../ledger/migrations.ts'
import type { AppDeps } from './deps.ts'
import { viewMigrations } from './view-migration.ts'

/** As many as are told at once, well within the time for which the extension waits. */
export const statePage = 500

/**
 * The migrations that changed after the cursor, and those that run: their numbers move with every batch,
 * while their row changes only now and then.
 * @param limit at most so many that changed; where others follow, the answer says so and leads on to them
 */
export async function stateSince(
  deps: Pick<AppDeps, 'ledger' | 'runner'>,
  since: number,
  limit = statePage,
): Promise<State> {
  const { db } = deps.ledger
  const { cursor, rows, deleted, more } = await migrationsSince(db, since, limit)
  const have = new Set(rows.map((row) => row.id))
  // Those that run may stand on a page of their own; beside the last they are told in any case.
  const others = more ? [] : deps.runner.running().filter((id) => !have.has(id))
  if (others.length)
    rows.push(...(await db.selectFrom('migration').selectAll().where('id', 'in', others).execute()))
  return {
    cursor,
    migrations: await viewMigrations(deps, rows),
    deleted,
    ...(more ? { more } : {}),
  }
}
