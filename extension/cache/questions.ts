import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { cache, type Reach } from './db.ts'

/** All migrations the cache knows, running first, then the one that changed last. */
export async function allMigrations(): Promise<MigrationView[]> {
  const rows = await cache.migrations.toArray()
  return rows.sort(
    (a, b) =>
      Number(b.status === 'running') - Number(a.status === 'running') || b.changedAt - a.changedAt,
  )
}

/** One migration; null when the cache does not hold it. */
export async function migrationById(id: string): Promise<MigrationView | null> {
  return (await cache.migrations.get(id)) ?? null
}

/** The last detail heard of a migration; null when none. */
export async function detailById(id: string): Promise<MigrationDetail | null> {
  return (await cache.details.get(id))?.detail ?? null
}

/** Whether the agent could be reached; null before the first try. */
export async function readReach(): Promise<Reach | null> {
  const row = await cache.meta.get('reach')
  return row?.key === 'reach' ? row.value : null
}

/** The number up to which all changes are in the cache; 0 before the first answer. */
export async function readCursor(): Promise<number> {
  const row = await cache.meta.get('cursor')
  return row?.key === 'cursor' ? row.value : 0
}
