// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { takeState } from '../../extension/cache/changes.ts'
import { cache } from '../../extension/cache/db.ts'
import { firstRows, type ListQuestion, listIds, needyCount } from '../../extension/cache/list.ts'
import { readNeeds } from '../../extension/cache/questions.ts'
import { listAskFrom, listAskTo } from '../../extension/models/list-ask.ts'
import type { MigrationView } from '../../shared/api.ts'
import { failed, finished, incomplete, migration, paused, running } from '../support/scenes.ts'

const show = (migrations: MigrationView[], deleted: string[] = []) =>
  takeState({ cursor: 100, migrations, deleted }, 0)
const all: ListQuestion = {
  archived: false,
  search: '',
  statuses: [],
  needs: false,
  sort: 'recent',
  turned: false,
}
const ids = (ask: Partial<ListQuestion>) => listIds({ ...all, ...ask })

beforeEach(() => Promise.all(cache.tables.map((table) => table.clear())))

describe('the list', () => {
  const label = (id: string, label: string, url: string) =>
    migration({ id, source: { ...running.source, label }, site: { kind: 'cloud', url } })
  test.each([
    ['source', ['b', 'c', 'a']],
    ['site', ['a', 'b', 'c']],
    ['progress', ['c', 'a', 'b']],
  ])('is ordered by %s, first rows first', async (sort, order) => {
    const share = (done: number) => ({ ...running.progress, done, total: 100 })
    await show([
      { ...label('a', '/Z.zip', 'https://a.atlassian.net'), progress: share(50) },
      { ...label('b', '/a.zip', 'https://b.atlassian.net'), progress: share(99) },
      { ...label('c', '/M.zip', 'https://c.atlassian.net'), progress: share(1) },
    ])
    expect(await ids({ sort })).toEqual(order)
    expect(await ids({ sort, turned: true })).toEqual(order.toReversed())
    expect((await firstRows({ ...all, sort }, 2)).map(({ id }) => id)).toEqual(order.slice(0, 2))
  })

  test('is searched through all that is seen of a row, and follows what changes of it', async () => {
    const many = Array.from({ length: 2500 }, (_, i) =>
      migration({ id: `m${i}`, name: `Wave ${i}` }),
    )
    await show([...many, finished])
    expect(await ids({ search: 'WAVE 2499' })).toEqual(['m2499'])
    expect(await ids({ search: 'read ARCHIVE' })).toEqual(['hr'])
    await show([{ ...finished, changed: 50, reason: 'Stopped by you.' }], ['m2499'])
    expect(await ids({ search: 'wave 2499' })).toEqual([])
    expect(await ids({ search: 'read archive' })).toEqual([])
    expect(await ids({ search: 'stopped', statuses: ['finished'] })).toEqual(['hr'])
    expect(await ids({ search: 'stopped', statuses: ['failed'] })).toEqual([])
  })

  test('a search reads the words of rows, and no row', async () => {
    await show([running, finished])
    const read: string[] = []
    const hear = (row: { name: string }) => {
      read.push(row.name)
      return row
    }
    cache.migrations.hook('reading', hear)
    expect(await ids({ search: 'archive', sort: 'source' })).toEqual(['hr'])
    cache.migrations.hook('reading').unsubscribe(hear)
    expect(read).toEqual([])
  })
})

describe('what needs a person', () => {
  const unreachable = (id: string) =>
    migration({ ...paused, id, pausedBy: ['site unreachable'], changed: 9 })

  test('is findings, and what failed or waits for a person as one thing each', async () => {
    await show([running, paused, finished, incomplete, failed, unreachable('dark')])
    expect((await ids({ needs: true })).toSorted()).toEqual(['broken', 'dark', 'legacy'])
    expect(await needyCount(false)).toBe(3)
    expect(await readNeeds()).toEqual({ things: 5, migrations: 3, only: null })
  })

  test('names the one where it is one, and where to look', async () => {
    await show([failed])
    expect((await readNeeds()).only).toEqual({ id: 'broken', tab: 'overview' })
    await show([{ ...failed, changed: 60, status: 'incomplete', needsAttention: 2 }])
    expect((await readNeeds()).only).toEqual({ id: 'broken', tab: 'attention' })
  })

  test('is apps that wait for a decision, too', async () => {
    await show([{ ...finished, appsInNeed: 2 }])
    expect(await readNeeds()).toEqual({
      things: 2,
      migrations: 1,
      only: { id: finished.id, tab: 'apps' },
    })
  })

  test('stands in the address', () => {
    expect(listAskTo({ needs: true })).toMatchObject({ needs: '1' })
    expect(listAskFrom(new URLSearchParams('needs=1'))).toEqual({ needs: true })
  })
})
