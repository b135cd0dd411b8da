import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { checkRows, nextGeneration, settleCheck } from '../../agent/ledger/checks.ts'
import { changeSetup, markRead, siteOf, sourceOf } from '../../agent/ledger/drafts.ts'
import { getMigration } from '../../agent/ledger/migrations.ts'
import type { AppDeps } from '../../agent/routes/deps.ts'
import { setupView } from '../../agent/routes/view-setup.ts'
import { createSetup } from '../../agent/setup/setup.ts'
import type { MigrationView } from '../../shared/api.ts'
import type { EditedView, SetupView } from '../../shared/api-setup.ts'
import type { FoundBackup, InspectionView } from '../../shared/api-setup-views.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from '../routes/door.ts'
import { backupXml } from '../support/make-backup.ts'

let door: Door
let folder: string
let id: string
beforeEach(async () => {
  door = await openDoor()
  folder = mkdtempSync(join(tmpdir(), 'landfall-edits-'))
  writeFileSync(path(), backupXml([['Project', { id: 1, key: 'A', name: 'A' }]]))
  id = ((await (await door.post('/api/migrations', body())).json()) as MigrationView).id
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true, force: true })
})

const path = () => join(folder, 'entities.xml')
const body = (own: Record<string, unknown> = {}) => ({
  name: 'Weekend',
  source: { kind: 'backup', path: path() },
  site: { kind: 'practice' },
  step: 'inspection',
  ...own,
})
const put = (own: Record<string, unknown>) =>
  door.call(`/api/migrations/${id}`, { method: 'PUT', body: JSON.stringify(body(own)) })
const setup = async () =>
  (await (await door.call(`/api/migrations/${id}/setup`)).json()) as SetupView
const row = () => getMigration(door.ledger.db, id)

describe('an edit takes nothing away that it does not touch', () => {
  const stops = () => door.asked.filter((one) => one.startsWith('stop checks'))

  test('a name, a purpose and the step where it was left let the checks go on', async () => {
    expect((await put({ step: 'review' })).status).toBe(200)
    expect((await put({ name: 'Another', purpose: 'production' })).status).toBe(200)
    expect(stops()).toEqual([])
    expect(await setup()).toMatchObject({ name: 'Another', purpose: 'production' })
  })
  test('what they were asked about ends them', async () => {
    await put({ scope: { projects: ['AB'] } })
    expect(stops()).toHaveLength(1)
  })
})

describe('a reading that ends while the setup is saved', () => {
  const to = async () => ({
    ...{ name: 'Weekend', scope: { projects: null }, mode: 'move' as const, at: 5 },
    ...{ source: sourceOf(await row()), site: siteOf(await row()) },
  })

  test('is not thrown away', async () => {
    const asked = await row()
    await markRead(door.ledger.db, asked, 1, '9.12.0')
    await changeSetup(door.ledger.db, asked.id, await to(), null)
    expect(await row()).toMatchObject({ stage: 'read', sourceVersion: '9.12.0' })
  })
  test('says nothing of another source', async () => {
    const asked = await row()
    const other = { ...sourceOf(asked), path: join(folder, 'other.xml') } as ReturnType<
      typeof sourceOf
    >
    await changeSetup(door.ledger.db, asked.id, { ...(await to()), source: other }, null)
    await markRead(door.ledger.db, asked, 1, '9.12.0')
    expect(await row()).toMatchObject({ stage: 'new', sourceVersion: null })
  })
})

describe('a reading that begins anew', () => {
  test('takes back what the checks have said of the one before, and ends them', async () => {
    const { db } = door.ledger
    const generation = await nextGeneration(db, id, 'statuses')
    const said = { key: 'statuses', status: 'error' as const, sentence: 'Old.', hint: '' }
    await settleCheck(db, id, { ...said, offenders: 0, generation, at: 1 })
    expect((await checkRows(db, id)).size).toBe(1)
    expect((await door.post(`/api/migrations/${id}/inspect`, {})).status).toBe(202)
    expect((await checkRows(db, id)).size).toBe(0)
    expect(door.asked.filter((one) => one.startsWith('stop checks'))).toHaveLength(1)
  })
})

describe('two windows', () => {
  test('nobody writes over words they never saw', async () => {
    const { revision } = await setup()
    const other = (await (await put({ name: 'Theirs', revision })).json()) as EditedView
    const refused = await put({ name: 'Mine', revision })
    expect(refused.status).toBe(409)
    const { problem } = (await refused.json()) as { problem: ProblemView }
    expect(problem.code).toBe('setup-changed')
    expect((await setup()).name).toBe('Theirs')
    expect((await put({ name: 'Mine', revision: other.setup.revision })).status).toBe(200)
    // Scripts that look at nothing first go on as they did.
    expect((await put({ name: 'Script' })).status).toBe(200)
  })
  test('where a stepper was left is no change', async () => {
    const { revision } = await setup()
    await put({ step: 'review', revision })
    expect((await setup()).revision).toBe(revision)
  })
})

/** What an agent that begins anew in this folder knows. */
const restarted = () =>
  createSetup({
    ...{ ledger: door.ledger, folder: folderParts(door.folder), now: () => noon },
    ...{ env: {}, home: folder },
    site: async () => {
      throw new Error('No site is asked here.')
    },
  })

test('a reading that was stopped stays stopped', async () => {
  const call = async (method: string, what: string) =>
    (await (await door.call(`/api/migrations/${id}/${what}`, { method })).json()) as InspectionView
  expect((await call('POST', 'inspect')).state).toBe('reading')
  expect((await call('DELETE', 'inspection')).state).toBe('stopped')
  expect((await call('GET', 'inspection')).state).toBe('stopped')
  expect((await restarted().inspection(id)).state).toBe('stopped')
  await put({ source: { kind: 'backup', path: join(folder, 'other.xml') } })
  expect((await call('GET', 'inspection')).state).toBe('none')
  await put({})
  await call('POST', 'inspect')
  await expect
    .poll(async () => (await call('GET', 'inspection')).state, { timeout: 30_000 })
    .toBe('done')
})

test('what a run will do says how old what was read of a live source is', async () => {
  const told = async (readAt: number | null) => {
    const setup = { readAt: async () => readAt } as unknown as AppDeps['setup']
    const parts = { ledger: door.ledger, setup, now: () => noon }
    return (await setupView(parts, await row())).willDo.join(' ')
  }
  expect(await told(noon - 12 * 86_400_000)).toContain(
    'What changed in Jira since it was read, 12 days ago, is not in it',
  )
  expect(await told(noon - 60_000)).toContain('less than an hour ago')
  expect(await told(null)).not.toContain('since it was read')
})

describe('an uploaded backup', () => {
  const uploads = () => join(door.folder, 'uploads')
  const kept = () => (existsSync(uploads()) ? readdirSync(uploads()) : [])
  async function upload(): Promise<string> {
    const form = new FormData()
    form.append('file', new Blob([readFileSync(path())]), 'jira.xml')
    const request = new Request('http://127.0.0.1/', { method: 'POST', body: form })
    const answer = await door.call('/api/sources/upload', {
      method: 'POST',
      body: await request.arrayBuffer(),
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    })
    expect(answer.status, await answer.clone().text()).toBe(201)
    return ((await answer.json()) as FoundBackup).path
  }

  test('goes when another source takes its place, but not while a copy reads from it', async () => {
    const first = await upload()
    await put({ source: { kind: 'backup', path: first } })
    await door.post(`/api/migrations/${id}/copy`, {})
    const second = await upload()
    await put({ source: { kind: 'backup', path: second } })
    expect(existsSync(first)).toBe(true)
    await put({ source: { kind: 'backup', path: path() } })
    expect(existsSync(second)).toBe(false)
    expect(existsSync(path())).toBe(true)
    expect(kept()).toHaveLength(1)
  })

  test('goes after a day when nobody saved it', async () => {
    const [left, used] = [await upload(), await upload()]
    await put({ source: { kind: 'backup', path: used } })
    const old = noon / 1000 - 2 * 86_400
    for (const one of [left, used]) utimesSync(dirname(one), old, old)
    const fresh = await upload()
    utimesSync(dirname(fresh), noon / 1000, noon / 1000)
    await upload()
    expect([left, used, fresh].map((one) => existsSync(one))).toEqual([false, true, true])
  })
})

test('a project whose key no site would take can be chosen; a check says what becomes of it', async () => {
  expect((await put({ scope: { projects: ['A', 'ab-1'] } })).status).toBe(200)
  expect((await setup()).scope.projects).toEqual(['A', 'ab-1'])
  expect((await put({ scope: { projects: ['not one'] } })).status).toBe(422)
})
