import type { MigrationDetail, MigrationView, State } from '../../shared/api.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { cache, type Notice, type Reach } from './db.ts'
import { readCursor, readReach } from './questions.ts'

/**
 * Takes over what the agent said changed after `since`, and leaves a notice for each status change.
 * Panels and the background may do this at the same time: an older row never overwrites a newer one.
 * Gives false when the agent counts from anew (its folder was replaced): then the cache was emptied
 * and everything is to be asked for again.
 */
export function takeState(state: State, since: number): Promise<boolean> {
  const { migrations, details, notices, meta } = cache
  return cache.transaction('rw', migrations, details, notices, meta, async () => {
    if (state.cursor < since) {
      await Promise.all([migrations.clear(), details.clear(), notices.clear()])
      await meta.delete('cursor')
      return false
    }
    const cursor = await readCursor()
    const before = await migrations.bulkGet(state.migrations.map((row) => row.id))
    const newer = state.migrations.filter((row, i) => (before[i]?.changed ?? -1) < row.changed)
    const old = new Map(before.flatMap((row) => (row ? [[row.id, row]] : [])))
    await migrations.bulkPut(newer)
    // What was there before we first looked is no news.
    if (cursor > 0)
      await notices.bulkPut(newer.flatMap((row) => noticeOf(row, old.get(row.id) ?? null)))
    await migrations.bulkDelete(state.deleted)
    await details.bulkDelete(state.deleted)
    await notices.where('migrationId').anyOf(state.deleted).delete()
    await meta.put({ key: 'cursor', value: Math.max(cursor, state.cursor) })
    return true
  })
}

function noticeOf(now: MigrationView, before: MigrationView | null): Notice[] {
  if (now.archived || now.status === (before?.status ?? 'saved')) return []
  const { id, name, status, reason } = now
  return [{ key: `${id}@${now.changed}`, migrationId: id, name, status, reason, shown: 0 }]
}

/** Takes over one migration as the agent answered it to an action; the rest comes with the next state. */
export function takeMigration(row: MigrationView): Promise<void> {
  return cache.transaction('rw', cache.migrations, async () => {
    const before = await cache.migrations.get(row.id)
    // The status is left to takeState, which also writes the notice of its change.
    if (before && before.status === row.status && before.changed < row.changed)
      await cache.migrations.put(row)
  })
}

export async function takeDetail(detail: MigrationDetail): Promise<void> {
  await cache.details.put({ id: detail.migration.id, detail })
}

/** Writes whether the agent answered just now, keeping when it last did. */
export async function takeReach(
  state: Reach['state'],
  now: number,
  problem: ProblemView | null = null,
): Promise<void> {
  await cache.transaction('rw', cache.meta, async () => {
    const before = await readReach()
    // Trying again and again must not wake every view each time.
    if (state !== 'here' && before?.state === state && before.problem?.code === problem?.code)
      return
    const at = state === 'here' ? now : (before?.at ?? null)
    await cache.meta.put({ key: 'reach', value: { state, at, problem } })
  })
}

/** Notices not shown yet, marked as shown at the same moment: each is given out once. */
export function takeNotices(): Promise<Notice[]> {
  return cache.transaction('rw', cache.notices, async () => {
    const waiting = await cache.notices.where('shown').equals(0).toArray()
    await cache.notices.bulkPut(waiting.map((notice) => ({ ...notice, shown: 1 as const })))
    return waiting
  })
}

/** Empties the cache, for another agent was paired. */
export async function forgetAll(): Promise<void> {
  await Promise.all(cache.tables.map((table) => table.clear()))
}
