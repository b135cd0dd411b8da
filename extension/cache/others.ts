/** What is known of agents that are not in use: only how their migrations stood, to tell when that changes. */
import type { State } from '../../shared/api.ts'
import { noticeOf } from './changes.ts'
import { cache, type Notice } from './db.ts'

const mark = '@'
/** A migration of another agent, as the text that its notification goes by; `otherOf` reads it. */
const otherId = (address: string, id: string): string => `${mark}${address} ${id}`

/** The agent and the migration that a notification is about; null where it is one of the agent in use. */
export function otherOf(notice: string): { address: string; id: string } | null {
  if (!notice.startsWith(mark)) return null
  const [address = '', ...id] = notice.slice(mark.length).split(' ')
  return { address, id: id.join(' ') }
}

/** The number up to which all changes of another agent were heard; 0 before the first answer. */
export const heardOf = async (address: string): Promise<number> =>
  (await cache.others.get(address))?.cursor ?? 0

/**
 * Leaves a notice for each change of another agent's migrations, and keeps how they stand now. What was so before
 * it was first asked to the end is no news.
 * @param since the cursor that was asked with
 */
export function hearOther(
  { address, name }: { address: string; name: string },
  state: State,
  since: number,
): Promise<void> {
  return cache.transaction('rw', cache.others, cache.notices, async () => {
    const known = await cache.others.get(address)
    // It counts from anew: its folder was replaced.
    const before = state.cursor < since ? undefined : known
    const rows = new Map(before?.rows)
    if (before?.whole) {
      const news = state.migrations.flatMap((row) => noticeOf(row, rows.get(row.id) ?? null))
      await cache.notices.bulkPut(news.map((notice) => named(notice, address, name)))
    }
    for (const { id, status, pausedBy } of state.migrations) rows.set(id, { status, pausedBy })
    for (const id of state.deleted) rows.delete(id)
    const whole = before?.whole === true || state.more !== true
    await cache.others.put({ address, cursor: state.cursor, whole, rows: [...rows] })
  })
}

function named(notice: Notice, address: string, name: string): Notice {
  const of = (id: string) => otherId(address, id)
  return {
    ...notice,
    key: of(notice.key),
    migrationId: of(notice.migrationId),
    name: `${notice.name} (${name})`,
  }
}
