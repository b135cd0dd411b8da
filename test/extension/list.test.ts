// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { createModel } from '@preact/signals'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { takeState } from '../../extension/cache/changes.ts'
import { cache } from '../../extension/cache/db.ts'
import {
  firstRows,
  idsWith,
  type ListQuestion,
  listIds,
  listSizes,
  needyCount,
} from '../../extension/cache/list.ts'
import { liveKeys } from '../../extension/cache/live.ts'
import { readNeeds } from '../../extension/cache/questions.ts'
import { listAskFrom, listAskTo } from '../../extension/models/list-ask.ts'
import type { MigrationView } from '../../shared/api.ts'
import { closing } from '../support/closing.ts'
import { failed, finished, incomplete, migration, paused, running } from '../support/scenes.ts'

const show = (migrations: MigrationView[], deleted: string[] = []) =>
  takeState({ cursor: 100, migrations, deleted }, 0)
const all: ListQuestion = {
  archived: false,
  statuses: [],
  needs: false,
  among: null,
  sort: 'recent',
  turned: false,
}
const ids = (ask: Partial<ListQuestion>) => listIds({ ...all, ...ask })
const found = async (words: string, ask: Partial<ListQuestion> = {}) =>
  ids({ ...ask, among: await idsWith(words.split(' ')) })

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
    expect(await found('wave 2499')).toEqual(['m2499'])
    expect(await found('read archive')).toEqual(['hr'])
    await show([{ ...finished, changed: 50, reason: 'Stopped by you.' }], ['m2499'])
    expect(await found('wave 2499')).toEqual([])
    expect(await found('read archive')).toEqual([])
    expect(await found('stopped', { statuses: ['finished'] })).toEqual(['hr'])
    expect(await found('stopped', { statuses: ['failed'] })).toEqual([])
  })

  test('a search reads the words of rows, and no row', async () => {
    await show([running, finished])
    const read: string[] = []
    const hear = (row: { name: string }) => {
      read.push(row.name)
      return row
    }
    cache.migrations.hook('reading', hear)
    expect(await found('archive', { sort: 'source' })).toEqual(['hr'])
    cache.migrations.hook('reading').unsubscribe(hear)
    expect(read).toEqual([])
  })
})

describe('the order of all', () => {
  const asked = (ask: Partial<ListQuestion> = {}) => {
    const question = vi.fn((now: ListQuestion) => listIds(now))
    const scope = createModel(() => ({
      ids: liveKeys(() => ({ ...all, ...ask }), listSizes, question, isSame),
    }))
    return { question, model: closing(new scope()) }
  }
  const isSame = (before: string[], now: string[]) => before.join() === now.join()

  test('is asked once however often the numbers of a run move', async () => {
    await show([running, finished])
    const { question, model } = asked()
    using open = model
    await vi.waitFor(() => expect(open.ids.value).toEqual(['pay', 'hr']))
    const order = open.ids.value
    for (const done of [1, 2, 3])
      await show([{ ...running, progress: { ...running.progress, done } }])
    expect((await cache.migrations.get('pay'))?.progress.done).toBe(3)
    await show([finished, migration({ id: 'new', changedAt: finished.changedAt + 1 })])
    await vi.waitFor(() => expect(open.ids.value).toEqual(['pay', 'new', 'hr']))
    expect(question).toHaveBeenCalledTimes(2)
    expect(open.ids.value).not.toBe(order)
  })

  test('by what a run moves follows it, and stays the same object where it says the same', async () => {
    const share = (done: number) => ({ ...running.progress, done, total: 100 })
    await show([
      { ...running, id: 'a', progress: share(10) },
      { ...running, id: 'b', progress: share(20) },
    ])
    const { question, model } = asked({ sort: 'progress' })
    using open = model
    await vi.waitFor(() => expect(open.ids.value).toEqual(['a', 'b']))
    const order = open.ids.value
    await show([{ ...running, id: 'a', progress: share(15) }])
    await vi.waitFor(() => expect(question).toHaveBeenCalledTimes(2))
    await question.mock.results[1]?.value
    expect(open.ids.value).toBe(order)
    await show([{ ...running, id: 'a', progress: share(30) }])
    await vi.waitFor(() => expect(open.ids.value).toEqual(['b', 'a']))
  })

  test('follows what comes into a status, leaves it, and no longer needs a person', async () => {
    await show([failed, finished])
    using lost = asked({ statuses: ['failed', 'incomplete'] }).model
    using needy = asked({ needs: true }).model
    await vi.waitFor(() =>
      expect([lost.ids.value, needy.ids.value]).toEqual([['broken'], ['broken']]),
    )
    await show([incomplete, { ...failed, changed: 60, status: 'finished', needsAttention: 0 }])
    await vi.waitFor(() =>
      expect([lost.ids.value, needy.ids.value]).toEqual([['legacy'], ['legacy']]),
    )
    await show([], ['legacy'])
    await vi.waitFor(() => expect([lost.ids.value, needy.ids.value]).toEqual([[], []]))
  })

  test('comes though its rows change faster than it is read, and then once more', async () => {
    await show([finished])
    let answers: (() => void)[] = []
    const scope = createModel(() => ({
      ids: liveKeys(
        () => all,
        listSizes,
        async (now) => {
          const ids = await listIds(now)
          await new Promise<void>((resolve) => answers.push(resolve))
          return ids
        },
        isSame,
      ),
    }))
    using slow = closing(new scope())
    const answer = async () => {
      await vi.waitFor(() => expect(answers).toHaveLength(1))
      answers[0]?.()
      answers = []
    }
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    await show([incomplete])
    await show([failed])
    await answer()
    await vi.waitFor(() => expect(slow.ids.value).toEqual(['hr']))
    await answer()
    await vi.waitFor(() => expect(slow.ids.value).toHaveLength(3))
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
