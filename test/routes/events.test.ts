import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeMigration, deleteMigration, moveMigration } from '../../agent/ledger/migrations.ts'
import { type State, StateSchema } from '../../shared/api.ts'
import { addSample, noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

interface Event {
  id: number
  name: string
  state: State
}

/** Reads server-sent events one by one, as the format says, not as we write them. */
async function listen(path: string, headers: Record<string, string> = {}) {
  const answer = await door.call(path, { headers })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    leave: () => reader.cancel(),
    /** null when the stream has ended. */
    async next(): Promise<Event | null> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const value = (field: string) =>
            lines
              .filter((line) => line.startsWith(`${field}: `))
              .map((line) => line.slice(field.length + 2))
              .join('\n')
          if (!value('data')) continue
          return {
            id: Number(value('id')),
            name: value('event'),
            state: v.parse(StateSchema, JSON.parse(value('data'))),
          }
        }
        const { done, value } = await reader.read()
        if (done) return null
        text += decoder.decode(value, { stream: true })
      }
    },
  }
}

describe('the event stream', () => {
  test('tells the state at once, then each change, with the cursor as id', async () => {
    await addSample(door.ledger, 'm1')
    const stream = await listen('/api/events')
    const first = await stream.next()
    expect(first).toMatchObject({ name: 'state', state: { migrations: [{ id: 'm1' }] } })
    expect(first?.id).toBe(first?.state.cursor)
    await changeMigration(door.ledger.db, 'm1', noon, { sentence: 'Reading the source.' })
    const second = await stream.next()
    expect(second?.state.migrations[0]?.progress.sentence).toBe('Reading the source.')
    expect(second?.id).toBeGreaterThan(first?.id ?? 0)
    await deleteMigration(door.ledger.db, 'm1')
    expect((await stream.next())?.state).toMatchObject({ migrations: [], deleted: ['m1'] })
    await stream.leave()
  })

  test.each([
    ['in the address', (id: number) => [`/api/events?since=${id}`, {}] as const],
    ['as Last-Event-ID', (id: number) => ['/api/events', { 'last-event-id': `${id}` }] as const],
  ])('goes on after a cursor given %s', async (_where, ask) => {
    await addSample(door.ledger, 'm1')
    const { cursor } = v.parse(StateSchema, await (await door.call('/api/state')).json())
    const [path, headers] = ask(cursor)
    await addSample(door.ledger, 'm2')
    const stream = await listen(path, headers)
    expect((await stream.next())?.state.migrations.map((one) => one.id)).toEqual(['m2'])
    await stream.leave()
  })

  test('a cursor of another ledger starts over', async () => {
    await addSample(door.ledger, 'm1')
    const stream = await listen('/api/events?since=999999')
    const first = await stream.next()
    expect(first?.state.migrations).toHaveLength(1)
    expect(first?.id).toBeLessThan(999_999)
    await stream.leave()
  })

  test('the numbers of a running migration move without its row', async () => {
    await addSample(door.ledger, 'm1')
    await moveMigration(door.ledger.db, 'm1', 'run', noon)
    door.running.add('m1')
    const stream = await listen('/api/events')
    expect((await stream.next())?.state.migrations[0]?.progress.done).toBe(0)
    await door.ledger.db
      .updateTable('item')
      .set({ state: 'sent' })
      .where('kind', '=', 'user')
      .execute()
    expect((await stream.next())?.state.migrations[0]?.progress.done).toBe(2)
    await stream.leave()
  })

  test('the stream ends when the agent closes', async () => {
    const closing = new AbortController()
    const other = await openDoor({ closing: closing.signal })
    try {
      const answer = await other.call('/api/events')
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      expect((await reader.read()).done).toBe(false)
      closing.abort()
      expect((await reader.read()).done).toBe(true)
    } finally {
      await other.close()
    }
  })

  test('a cursor that is no number is refused', async () => {
    expect((await door.call('/api/events?since=now')).status).toBe(422)
    expect((await door.call('/api/state?since=-1')).status).toBe(422)
  })
})
