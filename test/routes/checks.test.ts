import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addOffenders,
  checkRows,
  forgetAnswers,
  nextGeneration,
  settleCheck,
} from '../../agent/ledger/checks.ts'
import { changeMigration } from '../../agent/ledger/migrations.ts'
import type { AppDeps } from '../../agent/routes/deps.ts'
import { blocked } from '../../agent/run-checks.ts'
import { StateSchema } from '../../shared/api.ts'
import type { ChecksView, OffenderPage } from '../../shared/api-checks.ts'
import { addSample } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
})
afterEach(() => door.close())

const view = async (answer: Response) => (await answer.json()) as ChecksView
const note = { note: 'The big disk comes on Monday.', who: 'Ann' }

/** A check's answer as the checker writes it. */
async function settle(key: string, status: 'success' | 'error', subjects: string[] = []) {
  const { db } = door.ledger
  const generation = await nextGeneration(db, 'm1', key)
  const rows = subjects.map((subject) => ({ subject, projectKey: 'PAY', detail: '=1+1' }))
  await addOffenders(db, 'm1', key, generation, rows)
  await settleCheck(db, 'm1', {
    key,
    status,
    sentence: `${subjects.length} found.`,
    hint: 'Mend it.',
    offenders: subjects.length,
    generation,
    at: door.clock.now,
  })
}

describe('checks of a migration', () => {
  test('are all there before they were ever asked, and block nothing', async () => {
    const { checks, running, blocks } = await view(await door.call('/api/migrations/m1/checks'))
    expect(checks.map(({ key, status, at }) => [key, status, at])).toEqual([
      ['disk', 'pending', null],
      ['token', 'pending', null],
    ])
    expect([running, blocks]).toEqual([false, false])
  })

  test('are asked one by one or all at once', async () => {
    expect((await door.post('/api/migrations/m1/checks/run', {})).status).toBe(202)
    await door.post('/api/migrations/m1/checks/run', { keys: ['disk'] })
    expect(door.asked).toEqual(['check m1 ', 'check m1 disk'])
  })

  test('show their offenders page by page and as CSV that no spreadsheet takes for formulas', async () => {
    await settle('disk', 'error', ['a', 'b', 'c'])
    const path = '/api/migrations/m1/checks/disk/offenders'
    const first = (await (await door.call(`${path}?limit=2`)).json()) as OffenderPage
    expect(first.offenders.map((one) => one.subject)).toEqual(['a', 'b'])
    const rest = (await (
      await door.call(`${path}?limit=2&after=${first.next}`)
    ).json()) as OffenderPage
    expect([rest.offenders.map((one) => one.subject), rest.next]).toEqual([['c'], null])
    const csv = await (await door.call(`${path}.csv`)).text()
    expect(csv.split('\r\n').slice(0, 2)).toEqual(['subject,project,detail', `a,PAY,"'=1+1"`])
  })

  test('keep what they count beside as lists of their own, apart from what they are about', async () => {
    const { db } = door.ledger
    const row = (subject: string, list: string) => ({
      ...{ subject, list },
      projectKey: null,
      detail: 'What becomes of it.',
    })
    await settle('disk', 'error', ['a'])
    const generation = await nextGeneration(db, 'm1', 'disk')
    const rows = [row('b', 'used'), row('a', 'found'), row('c', 'used'), row('d', 'new')]
    await addOffenders(db, 'm1', 'disk', generation, rows)
    const lists = [
      { list: 'used', title: '2 are used', rows: 2 },
      { list: 'new', title: '1 is new', rows: 1 },
    ]
    const answer = { key: 'disk', status: 'error' as const, sentence: '2 used, 1 new.', hint: '' }
    await settleCheck(db, 'm1', { ...answer, offenders: 1, lists, generation, at: door.clock.now })
    const seen = await view(await door.call('/api/migrations/m1/checks'))
    expect(seen.checks[0]).toMatchObject({ key: 'disk', offenders: 1, lists })
    const path = '/api/migrations/m1/checks/disk/offenders'
    const subjects = async (query: string) => {
      const page = (await (await door.call(`${path}?${query}`)).json()) as OffenderPage
      return [page.offenders.map((one) => one.subject), page.next !== null]
    }
    expect(await subjects('')).toEqual([['a'], false])
    expect(await subjects('list=used&limit=1')).toEqual([['b'], true])
    expect(await subjects('list=new')).toEqual([['d'], false])
    const csv = await (await door.call(`${path}.csv?list=used`)).text()
    expect(
      csv
        .trim()
        .split('\r\n')
        .map((line) => line[0]),
    ).toEqual(['s', 'b', 'c'])
  })

  test('forget the offenders of an answer once there is a newer one', async () => {
    await settle('disk', 'error', ['a', 'b'])
    await settle('disk', 'success')
    const page = await door.call('/api/migrations/m1/checks/disk/offenders')
    expect(((await page.json()) as OffenderPage).offenders).toEqual([])
    const left = await door.ledger.db.selectFrom('offender').selectAll().execute()
    expect(left).toEqual([])
  })
})

describe('an error', () => {
  test('blocks until somebody sets it aside with a note, and again when that is taken back', async () => {
    await settle('disk', 'error', ['a'])
    expect((await view(await door.call('/api/migrations/m1/checks'))).blocks).toBe(true)
    const path = '/api/migrations/m1/checks/disk/override'
    const after = await view(await door.post(path, note))
    expect(after.blocks).toBe(false)
    expect(after.checks[0]?.overridden).toEqual({ ...note, at: door.clock.now })
    expect((await view(await door.call(path, { method: 'DELETE' }))).blocks).toBe(true)
  })

  test('is not set aside where that could lose something, nor without a reason', async () => {
    await settle('token', 'error', ['a'])
    await settle('disk', 'error', ['a'])
    expect((await door.post('/api/migrations/m1/checks/token/override', note)).status).toBe(409)
    const path = '/api/migrations/m1/checks/disk/override'
    expect((await door.post(path, { ...note, note: ' ' })).status).toBe(422)
  })

  test('stays set aside while it names nothing new, and not when it names another thing', async () => {
    const blocks = async () => (await view(await door.call('/api/migrations/m1/checks'))).blocks
    await settle('disk', 'error', ['a', 'b'])
    await door.post('/api/migrations/m1/checks/disk/override', note)
    await settle('disk', 'error', ['a', 'b'])
    expect(await blocks()).toBe(false)
    await settle('disk', 'error', ['b'])
    expect(await blocks()).toBe(false)
    // The sentence is the very same, but the note was not given for this one.
    await settle('disk', 'error', ['c'])
    expect(await blocks()).toBe(true)
  })

  test('without a thing that it names, stays set aside while its sentence is the same', async () => {
    const blocks = async () => (await view(await door.call('/api/migrations/m1/checks'))).blocks
    await settle('disk', 'error')
    await door.post('/api/migrations/m1/checks/disk/override', note)
    await settle('disk', 'error')
    expect(await blocks()).toBe(false)
    await settle('disk', 'error', ['a'])
    expect(await blocks()).toBe(true)
  })

  test('blocks the run in every list, until a run has ended since', async () => {
    const told = async () => {
      const state = await door.call('/api/state')
      return v.parse(StateSchema, await state.json()).migrations[0]?.blockedBy
    }
    expect(await told()).toBe(0)
    await settle('disk', 'error', ['a'])
    expect(await told()).toBe(1)
    await door.post('/api/migrations/m1/checks/disk/override', note)
    expect(await told()).toBe(0)
    await door.call('/api/migrations/m1/checks/disk/override', { method: 'DELETE' })
    expect(await told()).toBe(1)
    // The next run asks anew what this one was refused for.
    await changeMigration(door.ledger.db, 'm1', door.clock.now, { finishedAt: door.clock.now })
    expect(await told()).toBe(0)
    expect((await view(await door.call('/api/migrations/m1/checks'))).blocks).toBe(false)
  })

  test('is forgotten with what was decided anew, and what else was checked stays', async () => {
    await settle('disk', 'error', ['a'])
    await forgetAnswers(door.ledger.db, 'm1', ['token'])
    expect((await view(await door.call('/api/migrations/m1/checks'))).blocks).toBe(true)
    await forgetAnswers(door.ledger.db, 'm1', ['disk'])
    const { checks, blocks } = await view(await door.call('/api/migrations/m1/checks'))
    expect([checks.find(({ key }) => key === 'disk')?.status, blocks]).toEqual(['pending', false])
  })

  test('is forgotten when the migration becomes another one, not when it is only renamed', async () => {
    await settle('disk', 'error', ['a'])
    const body = {
      name: 'Renamed',
      source: { kind: 'backup', path: '/backups/jira-2024.zip' },
      site: { kind: 'practice' },
    }
    const put = (edited: object) =>
      door.call('/api/migrations/m1', { method: 'PUT', body: JSON.stringify(edited) })
    expect((await put(body)).status).toBe(200)
    expect((await view(await door.call('/api/migrations/m1/checks'))).blocks).toBe(true)
    expect((await put({ ...body, scope: { projects: ['HR'] } })).status).toBe(200)
    const { checks } = await view(await door.call('/api/migrations/m1/checks'))
    expect(checks.map((check) => check.status)).toEqual(['pending', 'pending'])
  })

  test('cannot be set aside where there is none', async () => {
    await settle('disk', 'success')
    expect((await door.post('/api/migrations/m1/checks/disk/override', note)).status).toBe(409)
    expect((await door.post('/api/migrations/m1/checks/nothing/override', note)).status).toBe(404)
  })
})

test.each([
  [['disk', 'token'], '1 more check blocks it, too.'],
  [['disk', 'token', 'users'], '2 more checks block it, too.'],
])(
  'a run that %j keep from beginning names the first, and how many others',
  async (keys, others) => {
    for (const key of keys) await settle(key, 'error')
    const problem = await blocked(door.ledger.db, 'm1')
    expect(problem?.message).toMatch(/^The run does not begin: /)
    expect(problem?.message).toContain(others)
  },
)

test('an asking that was under way when somebody decided otherwise leaves no answer behind', async () => {
  let under: Promise<unknown> = Promise.resolve()
  const other = await openDoor({
    checker: {
      known: [{ key: 'people', group: 'people', title: 'People', canOverride: true }],
      start: async () => {},
      progress: () => ({ sentence: 'Asking.', done: 0, total: 1 }),
      // Whoever is stopped sees its question to the end.
      stop: async () => {
        await under
      },
    },
    setup: { choosePerson: async () => ({}) } as unknown as AppDeps['setup'],
  })
  await addSample(other.ledger, 'm1')
  under = new Promise((done) => setTimeout(done, 50)).then(() =>
    settleCheck(other.ledger.db, 'm1', {
      ...{ key: 'people', status: 'success', sentence: 'As it was before.', hint: '' },
      ...{ offenders: 0, generation: 1, at: other.clock.now },
    }),
  )
  const said = await other.call('/api/migrations/m1/people/fred', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ how: 'leave' }),
  })
  expect(said.status).toBe(200)
  await under
  expect(await checkRows(other.ledger.db, 'm1')).toEqual(new Map())
  await other.close()
})
