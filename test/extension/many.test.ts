// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { accept } from '../../agent/ledger/acceptances.ts'
import { deleteMigration } from '../../agent/ledger/migrations.ts'
import { takeState } from '../../extension/cache/changes.ts'
import { cache } from '../../extension/cache/db.ts'
import { readCursor, readReach } from '../../extension/cache/questions.ts'
import { BulkModel } from '../../extension/models/bulk.ts'
import { writeAgent } from '../../extension/settings.ts'
import type { Calls } from '../../extension/sync/calls.ts'
import { pull } from '../../extension/sync/pull.ts'
import { type State, StateSchema } from '../../shared/api.ts'
import { type Door, openDoor } from '../routes/door.ts'
import { addMany } from '../support/many-migrations.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())

// Pages and background are one here: what a page asks is answered by the handlers themselves.
vi.mock('../../extension/platform.ts', async (original) => ({
  ...(await original<typeof import('../../extension/platform.ts')>()),
  sendToBackground: async ({ ask }: { ask: Calls['archiveMany']['ask'] }) => {
    const { handlers } = await import('../../extension/sync/service.ts')
    return { ok: true, value: await handlers.archiveMany(ask, { own: true, origin: null }) }
  },
}))

const many = 10_000

describe(`${many} migrations of a real ledger`, () => {
  let door: Door
  const asked: string[] = []
  const page = async (query: string): Promise<State> =>
    v.parse(StateSchema, await (await door.call(`/api/state${query}`)).json())

  beforeAll(async () => {
    door = await openDoor()
    await addMany(door.ledger.db, many)
    await door.vault.put('site:m7', 'a-token')
    await writeAgent({ address: 'http://127.0.0.1:4747', token: door.token, name: 'this machine' })
    // The extension talks to the agent's app itself, without a socket between.
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      asked.push(input.replace(/^.*\/api/, ''))
      const headers = new Headers(init.headers)
      headers.set('host', '127.0.0.1:4747')
      return door.app.request(input, { ...init, headers })
    })
  })
  afterAll(async () => {
    vi.unstubAllGlobals()
    await door.close()
  })

  test('are told in pages, each with a handful of questions to the ledger', async () => {
    const statements = vi.spyOn(DatabaseSync.prototype, 'prepare')
    const first = await page('?limit=500')
    expect(statements.mock.calls.length).toBeLessThan(12)
    statements.mockRestore()
    expect(first).toMatchObject({ cursor: 500, more: true, deleted: [] })
    expect(first.migrations).toHaveLength(500)
    expect(first.migrations[6]).toMatchObject({ id: 'm7', issues: 30, setup: { missing: [] } })
    expect(first.migrations[7]?.setup?.missing).toEqual(['token'])
    const last = await page(`?since=${many - 3}`)
    expect(last.migrations.map(({ id }) => id)).toEqual(['m9998', 'm9999', 'm10000'])
    expect(last.more).toBeUndefined()
    // A page that is full to the end is the last one.
    expect((await page(`?since=${many - 3}&limit=3`)).more).toBeUndefined()
    expect((await door.call('/api/state?limit=501')).status).toBe(422)
  })

  test('come by a stream in pages as well, one straight after the other', async () => {
    const { body } = await door.call('/api/events?since=8500')
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    let text = ''
    while ((text.match(/^event: state$/gm) ?? []).length < 3)
      text += decoder.decode((await reader.read()).value, { stream: true })
    await reader.cancel()
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 9000', 'id: 9500', 'id: 10000'])
  })

  test('come into the cache page by page, and are no news', async () => {
    await pull()
    expect(await cache.migrations.count()).toBe(many)
    expect(await cache.notices.count()).toBe(0)
    expect(await readCursor()).toBe(many)
    expect((await readReach())?.state).toBe('here')
    expect(asked).toHaveLength(many / 500)
  }, 30_000)

  test('are archived in pieces, with one pull a piece, and those that run are left', async () => {
    door.running.add('m9990')
    asked.length = 0
    const ids = Array.from({ length: 250 }, (_, i) => `m${i + 9701}`)
    const bulk = new BulkModel()
    bulk.start([...ids, 'm9990'], 'archive', true)
    await vi.waitFor(() => expect(bulk.outcome.value).not.toBeNull(), 10_000)
    const came = bulk.outcome.value
    expect(came?.done.map(({ id }) => id)).toEqual(ids)
    expect(came?.refused).toMatchObject([{ why: 'A running migration cannot be archived.' }])
    expect(asked.filter((path) => path === '/archive')).toHaveLength(3)
    expect(asked.filter((path) => path.startsWith('/state'))).toHaveLength(3)
    expect(await cache.migrations.where('[shelf+rank]').between([1, 0], [1, 9]).count()).toBe(250)
    door.running.delete('m9990')
    expect((await door.post('/api/archive', { ids: [], archived: true })).status).toBe(422)
  })

  test('and what changes of them later is news, on whatever page', async () => {
    const since = await readCursor()
    await accept(door.ledger.db, 'm1', { code: 'x', kind: 'issue', verdict: 'failed' }, null)
    await deleteMigration(door.ledger.db, 'm2')
    const next = await page(`?since=${since}`)
    expect(next.migrations.map(({ id }) => id)).toEqual(['m1'])
    const [row] = next.migrations
    if (row === undefined) throw new Error('m1 is gone')
    await takeState({ ...next, migrations: [{ ...row, status: 'failed' }], more: true }, since)
    expect((await cache.notices.toArray()).map(({ kind }) => kind)).toEqual(['failed'])
    expect(await cache.migrations.get('m2')).toBeUndefined()
  })
})
