/** What is known of agents that are not in use: only how their migrations stood, to tell when that changes. */
import type { State } from '../../shared/api.ts'
import { noticeOf, stoodOf } from './changes.ts'
import { cache, type Notice, type Stood } from './db.ts'
import { readCursor, readOwner, readWhole } from './questions.ts'

const mark = '@'
/** A migration of another agent, as the text that its notification goes by; `otherOf` reads it. */
export const otherId = (address: string, id: string): string => `${mark}${address} ${id}`

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
    for (const row of state.migrations) rows.set(row.id, stoodOf(row))
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

/**
 * Another agent is going to be asked, or this one anew: how the one in use stands is kept aside, and what nobody was
 * told of yet goes by its name from now on. Nothing of one that was never heard to the end.
 */
export function setAside({ address, name }: { address: string; name: string }): Promise<void> {
  const { migrations, notices, others, meta } = cache
  return cache.transaction('rw', migrations, notices, others, meta, async () => {
    const [owner, cursor, whole] = [await readOwner(), await readCursor(), await readWhole()]
    if ((owner ?? address) !== address || !whole) return
    const rows: [string, Stood][] = []
    await migrations.each((row) => rows.push([row.id, stoodOf(row)]))
    await others.put({ address, cursor, whole: true, rows })
    const own = (await notices.toArray()).filter(({ key }) => !key.startsWith(mark))
    await notices.bulkDelete(own.map(({ key }) => key))
    await notices.bulkPut(own.map((notice) => named(notice, address, name)))
  })
}
