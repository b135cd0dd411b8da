import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appsInNeed, changeApp, noteApps } from '../../agent/ledger/apps.ts'
import { settleCheck } from '../../agent/ledger/checks.ts'
import { toldStages } from '../../agent/ledger/events.ts'
import type { AppDeps } from '../../agent/routes/deps.ts'
import { milestones } from '../../agent/routes/milestones.ts'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { addSample, finishSample, noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

const minute = 60_000
const line = (at: number, text: string, phase = 'stage:you') => ({ at: at * minute, phase, text })

describe('what happened to a migration', () => {
  test('has one line for a sitting of edits, however many pages were saved', () => {
    const shown = milestones([
      line(0, 'Edited by Ada.'),
      line(3, 'Edited by Ada.'),
      line(12, 'Edited by Ada.'),
      line(13, 'Edited by Ben.'),
      line(14, 'Edited by Ada.'),
    ])
    expect(shown.map(({ text }) => text)).toEqual([
      'Edited by Ada, 3 times.',
      'Edited by Ben.',
      'Edited by Ada.',
    ])
    expect(shown[0]?.at).toBe(12 * minute)
  })

  test('keeps edits apart that are long ago, or have something else between them', () => {
    const texts = milestones([
      line(0, 'Edited by Ada.'),
      line(11, 'Edited by Ada.'),
      line(12, 'Reading the source.', 'stage:read'),
      line(13, 'Edited by Ada.'),
    ]).map(({ text }) => text)
    expect(texts).toEqual([
      'Edited by Ada.',
      'Edited by Ada.',
      'Reading the source.',
      'Edited by Ada.',
    ])
  })
})

describe('the history of a new migration', () => {
  let door: Door
  beforeEach(async () => {
    door = await openDoor()
  })
  afterEach(() => door.close())

  const told = async (id: string) => {
    const answer = await door.call(`/api/migrations/${id}`)
    return ((await answer.json()) as MigrationDetail).timeline.map(({ text }) => text)
  }
  const post = async (path: string, body: unknown) => {
    const answer = await door.call(path, { method: 'POST', body: JSON.stringify(body) })
    expect(answer.status).toBe(201)
    return (await answer.json()) as MigrationView
  }

  test('begins with who made it, and a copy with what it was copied from', async () => {
    const first = await post('/api/migrations', { name: 'Weekend <b>', step: 'name' })
    expect(await told(first.id)).toEqual([expect.stringMatching(/^Created by \S.*\.$/)])
    const copy = await post(`/api/migrations/${first.id}/copy`, { name: 'Again' })
    expect(await told(copy.id)).toEqual([
      expect.stringMatching(/^Copied from "Weekend <b>" by \S.*\.$/),
    ])
    expect(await told(first.id)).toHaveLength(1)
  })

  test('tells what people did to it later, by whom and why', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    const { db } = door.ledger
    const answer = { sentence: 'It is full.', hint: 'Make room.', offenders: 0, generation: 1 }
    await settleCheck(db, 'm1', { key: 'disk', status: 'error', at: noon, ...answer })
    await noteApps(db, 'm1', noon, [{ key: 'com.acme', name: 'Acme', path: 'Archive' }])
    const ask = async (method: string, path: string, body?: unknown) => {
      const init = body === undefined ? {} : { body: JSON.stringify(body) }
      const said = await door.call(`/api/migrations/m1/${path}`, { method, ...init })
      expect(said.ok, `${method} ${path} ${said.ok ? '' : await said.text()}`).toBe(true)
    }
    const which = { code: 'file-missing', kind: 'attachment', verdict: 'failed' }
    await ask('POST', 'checks/disk/override', { note: 'It will do.', who: 'Ann' })
    await ask('DELETE', 'checks/disk/override')
    await ask('POST', 'findings/accept', { ...which, note: 'Nobody needs it.', who: 'Ben' })
    await ask('DELETE', `findings/accept?${new URLSearchParams(which)}`)
    await ask('POST', 'findings/retry', { code: 'file-missing', kind: 'attachment' })
    await ask('POST', 'checks/run', {})
    await ask('DELETE', 'checks/run')
    await ask('POST', 'after/run', {})
    await ask('DELETE', 'after/run')
    const lines = (await told('m1')).filter((text) => / by /.test(text))
    expect(lines).toEqual([
      'The check "Room on the disk" was overridden by Ann: It will do.',
      'The check "Room on the disk" counts again: taken back by test.',
      'Accepted the finding "file-missing" (attachments) by Ben: Nobody needs it.',
      'No longer accepted the finding "file-missing" (attachments): taken back by test.',
      'Tried again the finding "file-missing" (attachments) by test.',
      'Checks asked by test.',
      'Checks stopped by test.',
      'Checks after the migration asked by test.',
      'Checks after the migration stopped by test.',
    ])
  })

  test('counts the apps that ask something of a person', async () => {
    await addSample(door.ledger, 'm1')
    const { db } = door.ledger
    const inNeed = async () => (await appsInNeed(db, ['m1'])).get('m1') ?? 0
    expect(await inNeed()).toBe(0)
    await noteApps(db, 'm1', noon, [{ key: 'com.acme', name: 'Acme', path: 'Archive' }])
    expect(await inNeed()).toBe(1)
    const state = await (await door.call('/api/state')).json()
    expect(state).toMatchObject({ migrations: [{ id: 'm1', appsInNeed: 1 }] })
    await changeApp(db, 'm1', 'com.acme', noon, { decision: 'not needed' })
    expect(await inNeed()).toBe(0)
  })

  test('tells of apps, people and repairs, and joins choices of one sitting', async () => {
    const did: string[] = []
    const done = (what: string) => async () => {
      did.push(what)
    }
    const list = async () => ({ apps: [], undecided: 0 })
    const more = {
      apps: { decide: done('decide'), rerun: done('rerun'), cancel: done('cancel'), list },
      setup: {
        choosePerson: async () => ({}),
        uploadPeople: async (_id: string, csv: string) => ({ changed: Number(csv), errors: [] }),
      },
      repairs: { start: done('repair'), undo: done('undo'), progress: () => ({ running: false }) },
    }
    // Only what the routes hand on is looked at here; each of these rooms has tests of its own.
    const other = await openDoor(more as unknown as Partial<AppDeps>)
    try {
      await addSample(other.ledger, 'm1')
      await noteApps(other.ledger.db, 'm1', noon, [{ key: 'com.acme', name: 'Acme', path: '' }])
      const ask = async (
        method: string,
        path: string,
        body: unknown,
        type = 'application/json',
      ) => {
        const init = { body: typeof body === 'string' ? body : JSON.stringify(body) }
        const headers = { 'content-type': type }
        const said = await other.call(`/api/migrations/m1/${path}`, { method, headers, ...init })
        expect(said.ok, `${method} ${path} ${said.ok ? '' : await said.text()}`).toBe(true)
      }
      await ask('PUT', 'apps/com.acme', { decision: 'archive' })
      await ask('POST', 'apps/com.acme/rerun', {})
      await ask('POST', 'apps/com.acme/cancel', {})
      for (const key of ['fred', 'zoe']) await ask('PUT', `people/${key}`, { how: 'placeholder' })
      await ask('POST', 'people.csv', '2', 'text/csv')
      await ask('POST', 'people.csv', '0', 'text/csv')
      await ask('POST', 'repairs', { items: [3, 4], who: 'Ann', via: 'agent' })
      await ask('POST', 'repairs/7/undo', { who: 'Ben', via: 'agent' })
      const answer = await other.call('/api/migrations/m1')
      const { timeline } = (await answer.json()) as MigrationDetail
      expect(timeline.map(({ text }) => text)).toEqual([
        'Decided about the app "Acme": archive, by test.',
        'The app "Acme" was re-run by test.',
        'The app "Acme" was canceled by test.',
        'Chosen who becomes whom by test, 2 times.',
        'Mapping of 2 people uploaded by test.',
        'Repair of 2 items begun by Ann.',
        'Repair 7 taken back by Ben.',
      ])
    } finally {
      await other.close()
    }
  })

  test('says nothing of what was refused', async () => {
    const answer = await door.call('/api/migrations', { method: 'POST', body: '{}' })
    expect(answer.ok).toBe(false)
    const lines = await door.ledger.db.selectFrom('event').selectAll().execute()
    expect(lines).toEqual([])
  })
})

describe('a long history', () => {
  test('keeps all that people did and the newest stages, and says how many older ones there are', async () => {
    const door = await openDoor()
    try {
      await addSample(door.ledger, 'm1')
      const { db } = door.ledger
      const rows = Array.from({ length: toldStages + 30 }, (_, n) => ({
        migrationId: 'm1',
        at: noon + n,
        level: 'info' as const,
        projectKey: null,
        phase: n === 1 ? 'stage:you' : n === 2 ? 'stage:sign-off' : 'stage:issues',
        text: n === 1 ? 'Run by Ann.' : `Stage ${n}.`,
      }))
      await db.insertInto('event').values(rows).execute()
      const answer = await door.call('/api/migrations/m1')
      const { timeline, olderStages } = (await answer.json()) as MigrationDetail
      expect(olderStages).toBe(28)
      expect(timeline).toHaveLength(toldStages + 2)
      expect(timeline.slice(0, 3).map(({ text }) => text)).toEqual([
        'Run by Ann.',
        'Stage 2.',
        'Stage 30.',
      ])
      expect(timeline.at(-1)?.text).toBe(`Stage ${toldStages + 29}.`)
    } finally {
      await door.close()
    }
  })
})
