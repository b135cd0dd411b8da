import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { createPracticeHost } from '../../agent/practice-host.ts'
import type { PracticeView } from '../../shared/api-practice.ts'
import { noon } from '../report/filled-ledger.ts'
import { siteCaller } from '../support/agent-process.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

const ask = async (method = 'GET') => {
  const answer = await door.call('/api/practice', { method })
  return { status: answer.status, body: (await answer.json()) as PracticeView }
}
const rehearsal = async (id: string, name: string) => {
  await addMigration(door.ledger.db, {
    id,
    name,
    source: { kind: 'backup', path: '/b.zip', attachments: null, timeZone: null },
    site: { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: noon,
  })
  await door.ledger.db
    .updateTable('migration')
    .set({ startedAt: noon })
    .where('id', '=', id)
    .execute()
}
/** Puts a project with one issue on the practice site. */
async function fill(): Promise<string> {
  const access = await door.practice.access(null)
  const site = siteCaller(access)
  const { accountId } = await site<{ accountId: string }>('/rest/api/3/myself')
  const project = { key: 'PAY', name: 'Payments', projectTypeKey: 'software' }
  await site('/rest/api/3/project', { ...project, leadAccountId: accountId })
  const types = await site<{ id: string; subtask: boolean }[]>('/rest/api/3/issuetype')
  const issuetype = { id: types.find(({ subtask }) => !subtask)?.id }
  await site('/rest/api/3/issue', {
    fields: { project: { key: 'PAY' }, summary: 'One', issuetype },
  })
  return access.url
}

test('nothing was ever on it, and asking puts nothing there', async () => {
  expect(await ask()).toEqual({
    status: 200,
    body: { projects: [], issues: 0, migrations: [], whyNot: null },
  })
  expect(door.practice.began()).toBe(false)
})

test('tells what is on it and who put it there, and takes all of it off', async () => {
  await rehearsal('a', 'First rehearsal')
  await fill()
  expect((await ask()).body).toEqual({
    projects: [{ key: 'PAY', name: 'Payments' }],
    issues: 1,
    migrations: ['First rehearsal'],
    whyNot: null,
  })
  const emptied = await ask('DELETE')
  expect([emptied.status, emptied.body.projects, emptied.body.issues]).toEqual([200, [], 0])
  await fill()
  expect((await ask()).body.issues).toBe(1)
})

test('is left alone while a run is at work there, and says which', async () => {
  await rehearsal('a', 'First rehearsal')
  await fill()
  door.running.add('a')
  const refused = await door.call('/api/practice', { method: 'DELETE' })
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({
    problem: { code: 'not-now', sentence: expect.stringContaining('"First rehearsal" is at work') },
  })
  expect((await ask()).body).toMatchObject({
    issues: 1,
    whyNot: expect.stringContaining('at work'),
  })
})

test('is left alone as well while it is read for the checks after a migration', async () => {
  await rehearsal('a', 'First rehearsal')
  await fill()
  await door.post('/api/migrations/a/after/run', { keys: [] })
  expect((await ask()).body.whyNot).toMatch(/"First rehearsal" is at work/)
  expect((await ask('DELETE')).status).toBe(409)
  expect((await ask()).body.issues).toBe(1)
})

test('keeps its address, so that links lead to it after a restart and after it was emptied', async () => {
  const url = await fill()
  const stateDir = `${door.folder}/practice`
  await door.practice.close()
  const again = createPracticeHost({ stateDir, port: 0, rateLimits: 'off' })
  expect((await again.access(null)).url).toBe(url)
  expect((await again.contents()).issues).toBe(1)
  await again.empty()
  expect((await again.access(null)).url).toBe(url)
  await again.close()

  // While another program has the port, it is served elsewhere rather than not at all.
  const other = createServer().listen(Number(new URL(url).port), '127.0.0.1')
  await once(other, 'listening')
  const elsewhere = createPracticeHost({ stateDir, port: 0, rateLimits: 'off' })
  expect((await elsewhere.access(null)).url).not.toBe(url)
  expect((await elsewhere.contents()).projects).toEqual([])
  await elsewhere.close()
  other.close()
})
