import type { ChecksView } from '../../shared/api-checks.ts'
import { cache } from './db.ts'

/** The checks of a migration as the agent told them last, with the time of that; null when it never did. */
export async function keptChecks(id: string): Promise<{ answer: ChecksView; at: number } | null> {
  const row = await cache.checks.get(id)
  return row ? { answer: row.view, at: row.at } : null
}

/**
 * Keeps them for the next visit.
 * @param at epoch milliseconds
 */
export async function keepChecks(id: string, view: ChecksView, at: number): Promise<void> {
  // Whether they are still being asked is known of the moment only.
  await cache.checks.put({ id, at, view: { ...view, running: false, progress: null } })
}
