import { Dexie } from 'dexie'
import type { MigrationDetail, MigrationView, State } from '../../shared/api.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { RunNotice } from '../settings.ts'
import { cache, type Notice, type Reach, type Stood } from './db.ts'
import { readCursor, readOwner, readReach, readWhole } from './questions.ts'
import { readStood } from './stood.ts'
import { searchText, stored } from './stored.ts'

/**
 * Takes over what the agent said changed after `since`, and leaves a notice for each change to tell of.
 * Panels and the background may do this at the same time: an older row never overwrites a newer one.
 * Gives false when the agent counts from anew (its folder was replaced): then the cache was emptied
 * and everything is to be asked for again.
 * @param owner whose answer this is; one that comes late, when another agent was chosen, is dropped
 */
export function takeState(state: State, since: number, owner?: string): Promise<boolean> {
  const { migrations, texts, details, apps, checks, notices, meta, others } = cache
  const tables = [migrations, texts, details, apps, checks, notices]
  return cache.transaction('rw', [...tables, meta, others], async () => {
    const known = await readOwner()
    if (owner !== undefined && known !== null && known !== owner) return true
    if (state.cursor < since) {
      await Promise.all(tables.map((table) => table.clear()))
      await meta.bulkDelete(['cursor', 'whole'])
      return false
    }
    const [cursor, whole] = await Promise.all([readCursor(), readWhole()])
    // The cache was emptied since this was asked for: what came before it is to be asked for, too.
    if (since > cursor) return false
    const before = await migrations.bulkGet(state.migrations.map((row) => row.id))
    const newer = state.migrations.filter((row, i) => isNewer(row, before[i]))
    const old = new Map(before.flatMap((row) => (row ? [[row.id, row]] : [])))
    await migrations.bulkPut(newer.map(stored))
    // The numbers of a run move all the time, its words seldom: a search is not asked again for nothing.
    const reworded = newer.filter((row) => {
      const was = old.get(row.id)
      return was === undefined || searchText(was) !== searchText(row)
    })
    await texts.bulkPut(reworded.map((row) => ({ id: row.id, text: searchText(row) })))
    // What was there before we first looked, through all pages, is no news, but of what is kept aside of an agent
    // that was known before it was chosen, or paired again. Another folder there has none of its migrations.
    const stood = whole ? old : await readStood(known)
    const heard = newer.filter((row) => whole || stood.has(row.id))
    await notices.bulkPut(heard.flatMap((row) => noticeOf(row, stood.get(row.id) ?? null)))
    await migrations.bulkDelete(state.deleted)
    await texts.bulkDelete(state.deleted)
    await details.bulkDelete(state.deleted)
    await apps.bulkDelete(state.deleted)
    await checks.bulkDelete(state.deleted)
    await notices.where('migrationId').anyOf(state.deleted).delete()
    if (cursor !== state.cursor)
      await meta.put({ key: 'cursor', value: Math.max(cursor, state.cursor) })
    if (!whole && !state.more) {
      await meta.put({ key: 'whole', value: true })
      if (known !== null) await others.delete(known)
    }
    return true
  })
}

/** While it runs its numbers move without its row: the same row again may say more. */
const isNewer = (row: MigrationView, before: MigrationView | undefined): boolean =>
  before === undefined ||
  before.changed < row.changed ||
  (before.changed === row.changed && row.status === 'running')

/** How a migration stood: what tells whether a change of it is news. */
export const stoodOf = ({ status, pausedBy, finishedAt }: MigrationView): Stood => ({
  status,
  pausedBy,
  finishedAt,
})

/** The notice that a change of a migration is worth, if any. */
export function noticeOf(now: MigrationView, before: Stood | null): Notice[] {
  const kind = newsOf(now, before)
  if (now.archived || kind === null) return []
  const { id, changed, name, status, reason, setup } = now
  const told = { name, kind, status, reason, purpose: setup?.purpose }
  return [{ key: `${id}@${changed}`, migrationId: id, changed, ...told, shown: 0 }]
}

/** What of a change a person wants to hear; a rate limit passes by itself, so it is not told. */
function newsOf(now: MigrationView, before: Stood | null): RunNotice | null {
  // One that ended again as it did before was run while nobody looked.
  const again =
    now.finishedAt !== null &&
    before?.finishedAt !== undefined &&
    before.finishedAt !== now.finishedAt
  if (now.status !== (before?.status ?? 'saved') || (again && now.status !== 'running'))
    return now.status === 'running' ? 'started' : now.status === 'saved' ? null : now.status
  if (now.status !== 'running' || now.activity === 'stopping') return null
  const holds = now.pausedBy.filter((reason) => reason !== 'rate limit')
  return holds.some((reason) => !before?.pausedBy.includes(reason)) ? 'waiting' : null
}

/** Takes over one migration as the agent answered it to an action; the rest comes with the next state. */
export function takeMigration(row: MigrationView): Promise<void> {
  return cache.transaction('rw', cache.migrations, cache.texts, async () => {
    const before = await cache.migrations.get(row.id)
    // The status and what holds it are left to takeState, which also writes the notice of their change.
    if (
      before &&
      before.status === row.status &&
      before.pausedBy.length === row.pausedBy.length &&
      before.changed < row.changed
    ) {
      await cache.migrations.put(stored(row))
      await cache.texts.put({ id: row.id, text: searchText(row) })
    }
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
    // Nor must each of the several answers a second; the age is told in minutes.
    if (state === 'here' && before?.state === 'here' && Math.abs(now - (before.at ?? 0)) < 1000)
      return
    const at = state === 'here' ? now : (before?.at ?? null)
    await cache.meta.put({ key: 'reach', value: { state, at, problem } })
  })
}

/** Changes that nobody was told of yet, the last one last. */
export function untoldNotices(): Promise<Notice[]> {
  return cache.notices
    .where('[shown+changed]')
    .between([0, Dexie.minKey], [0, Dexie.maxKey])
    .toArray()
}

/** These were told, or are not to be; to be called when that is sure, or a change would be lost. */
export function noticesTold(told: readonly Notice[]): Promise<void> {
  return cache.transaction('rw', cache.notices, async () => {
    // Told is told: the rows have no other use than to keep their change from being told anew.
    await cache.notices.where('shown').equals(1).delete()
    const known = await cache.notices.bulkGet(told.map(({ key }) => key))
    const still = known.filter((notice) => notice !== undefined)
    await cache.notices.bulkPut(still.map((notice) => ({ ...notice, shown: 1 as const })))
  })
}

/**
 * Empties the cache: another agent is asked from now on, or the person wants it empty. What nobody was told of yet,
 * and how other agents stood, stays: it cannot be asked for again.
 * @param owner whose answers it takes from now on; as before when left out
 */
export async function forgetAll(owner?: string): Promise<void> {
  await cache.transaction('rw', cache.tables, async () => {
    const next = owner ?? (await readOwner())
    const kept = [cache.others.name, cache.notices.name]
    const gone = cache.tables.filter(({ name }) => !kept.includes(name))
    await Promise.all(gone.map((table) => table.clear()))
    if (next !== null) await cache.meta.put({ key: 'agent', value: next })
  })
}

/** The same agent, found elsewhere: what is known of it stays. */
export async function renameOwner(owner: string): Promise<void> {
  await cache.meta.put({ key: 'agent', value: owner })
}
