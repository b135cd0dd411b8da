// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { takeState } from '../../extension/cache/changes.ts'
import { cache } from '../../extension/cache/db.ts'
import { ListModel } from '../../extension/models/list.ts'
import type { ListAsk } from '../../extension/models/list-ask.ts'
import type { MigrationView } from '../../shared/api.ts'
import { closing } from '../support/closing.ts'
import { at, failed, finished, migration, running } from '../support/scenes.ts'

const show = (migrations: MigrationView[], deleted: string[] = []) =>
  takeState({ cursor: 100, migrations, deleted }, 0)
const wave = (i: number) => migration({ id: `m${i}`, name: `Wave ${i}`, changedAt: at - i * 1000 })
const waves = (many: number) => Array.from({ length: many }, (_, i) => wave(i))

const opened = (given: ListAsk = {}, archived = false) => {
  const ask = signal(given)
  return { ask, list: closing(new ListModel(archived, ask)) }
}
type List = ReturnType<typeof opened>['list']
const inSight = (list: List) => list.rows.value.map(({ row }) => row?.id)

beforeEach(() => Promise.all(cache.tables.map((table) => table.clear())))

describe('the list of migrations', () => {
  test('shows the rows in sight, wherever that is, and a row that comes in above them', async () => {
    await show(waves(300))
    using list = opened().list
    await vi.waitFor(() => expect(list.isWhole.value).toBe(true))
    expect(list.total.value).toBe(300)
    list.see(200, 203)
    await vi.waitFor(() => expect(inSight(list)).toEqual(['m200', 'm201', 'm202']))
    await show([migration({ id: 'new', changedAt: at + 1 })])
    await vi.waitFor(() => expect(inSight(list)).toEqual(['m199', 'm200', 'm201']))
    expect(list.total.value).toBe(301)
    expect(list.rows.value.map(({ index }) => index)).toEqual([200, 201, 202])
    await show([], ['m200'])
    await vi.waitFor(() => expect(inSight(list)).toEqual(['m199', 'm201', 'm202']))
  })

  test('shows the numbers of a run as they move, in a row that stays where it is', async () => {
    await show([running, ...waves(3)])
    using list = opened().list
    const first = () => list.rows.value[0]?.row
    await vi.waitFor(() => expect(first()?.id).toBe('pay'))
    await vi.waitFor(() => expect(list.isWhole.value).toBe(true))
    await show([{ ...running, progress: { ...running.progress, done: 77 } }])
    await vi.waitFor(() => expect(first()?.progress.done).toBe(77))
  })

  test('in two panels shows the same, and what is archived goes from one shelf to the other', async () => {
    await show([...waves(5), { ...wave(9), archived: true }])
    using here = opened().list
    using there = opened().list
    using shelf = opened({}, true).list
    await vi.waitFor(() => expect(there.ids.value).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']))
    await vi.waitFor(() => expect(shelf.ids.value).toEqual(['m9']))
    await show([{ ...wave(2), archived: true, changed: 50 }])
    await vi.waitFor(() => expect(here.ids.value).toEqual(['m0', 'm1', 'm3', 'm4']))
    await vi.waitFor(() => expect(there.ids.value).toEqual(here.ids.value))
    await vi.waitFor(() => expect(shelf.ids.value).toEqual(['m2', 'm9']))
  })

  test('finds what is typed in whatever letters, among a status, and lets the search go', async () => {
    await show([...waves(30), finished, failed])
    const { ask, list } = opened({ statuses: ['saved'] })
    using open = list
    await vi.waitFor(() => expect(open.ids.value).toHaveLength(30))
    ask.value = { statuses: ['saved'], search: ' WAVE  29' }
    await vi.waitFor(() => expect(open.ids.value).toEqual(['m29']))
    await show([{ ...wave(7), name: 'Wave 29, again', changed: 50 }])
    await vi.waitFor(() => expect(open.ids.value).toEqual(['m7', 'm29']))
    ask.value = { statuses: ['failed'], search: 'wave 29' }
    await vi.waitFor(() => expect(open.ids.value).toEqual([]))
    ask.value = { statuses: ['failed'] }
    await vi.waitFor(() => expect(open.ids.value).toEqual(['broken']))
    ask.value = {}
    await vi.waitFor(() => expect(open.ids.value).toHaveLength(32))
  })

  test('looks through no text anew while a run moves or another order is asked for', async () => {
    await show([running, ...waves(3)])
    const read = vi.fn((text: unknown) => text)
    cache.texts.hook('reading', read)
    try {
      const { ask, list } = opened({ search: 'wave' })
      using open = list
      await vi.waitFor(() => expect(open.ids.value).toEqual(['m0', 'm1', 'm2']))
      expect(read).toHaveBeenCalledTimes(4)
      await show([{ ...running, progress: { ...running.progress, done: 78 } }])
      ask.value = { search: 'wave ', sort: 'name', turned: true }
      await vi.waitFor(() => expect(open.ids.value).toEqual(['m2', 'm1', 'm0']))
      expect(read).toHaveBeenCalledTimes(4)
    } finally {
      cache.texts.hook('reading').unsubscribe(read)
    }
  })

  test('chooses one, those up to another, and all', async () => {
    await show(waves(50))
    using list = opened().list
    await vi.waitFor(() => expect(list.isWhole.value).toBe(true))
    list.choose('m10', true, false)
    list.choose('m13', true, true)
    expect([...list.chosen.value]).toEqual(['m10', 'm11', 'm12', 'm13'])
    list.chooseAll(true)
    expect(list.chosen.value.size).toBe(50)
  })
})
