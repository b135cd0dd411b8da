import { mkdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addItems, settleVerdicts } from '../../agent/ledger/items.ts'
import { changeMigration } from '../../agent/ledger/migrations.ts'
import {
  MarksViewSchema,
  MovedViewSchema,
  PageCountViewSchema,
  PageJqlViewSchema,
} from '../../shared/api-pages.ts'
import { addSample, finishSample, noon, planned } from '../report/filled-ledger.ts'
import { writeSmallSnapshot } from '../support/small-snapshot.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

const site = 'http://127.0.0.1:8099'
const marks = async (issues: string[], of = site) =>
  v.parse(MarksViewSchema, await (await door.post('/api/marks', { site: of, issues })).json()).marks
const moved = async (asked: Record<string, string>) =>
  v.parse(
    MovedViewSchema,
    await (await door.call(`/api/moved?${new URLSearchParams(asked)}`)).json(),
  )

describe('marks of a screen of issues', () => {
  test('are given to those that need a look, with how many of their parts do', async () => {
    await addSample(door.ledger, 'm1')
    await finishSample(door.ledger, 'm1')
    expect(await marks(['PAY-1', 'pay-2', 'PAY-3', 'HR-1', 'NOPE-1', 'PAY-1'])).toEqual([
      { issueKey: 'PAY-1', verdict: 'failed', n: 1 },
      { issueKey: 'PAY-2', verdict: 'different', n: 1 },
    ])
    expect(await marks(['PAY-1'], 'https://acme.atlassian.net')).toEqual([])
    expect(await marks([])).toEqual([])
  })

  test('come from the newest migration that knows each issue', async () => {
    await addSample(door.ledger, 'old')
    await finishSample(door.ledger, 'old')
    await addSample(door.ledger, 'new')
    await finishSample(door.ledger, 'new')
    await changeMigration(door.ledger.db, 'new', noon, { createdAt: noon + 1000 })
    await door.ledger.db
      .updateTable('item')
      .set({ verdict: 'verified' })
      .where('migrationId', '=', 'new')
      .where('issueKey', '=', 'PAY-2')
      .execute()
    await door.ledger.db
      .deleteFrom('item')
      .where('migrationId', '=', 'new')
      .where('issueKey', '=', 'PAY-1')
      .execute()
    expect(await marks(['PAY-1', 'PAY-2'])).toEqual([
      { issueKey: 'PAY-1', verdict: 'failed', n: 1 },
    ])
  })

  test('five hundred are one question, more are refused, and so is what is no key', async () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => `PAY-${i + 1}`)
    expect((await door.post('/api/marks', { site, issues: many(500) })).status).toBe(200)
    expect((await door.post('/api/marks', { site, issues: many(501) })).status).toBe(422)
    const wrong = await door.post('/api/marks', { site, issues: [`PAY-1' OR 1=1`] })
    expect(wrong.status).toBe(422)
  })
})

describe('counts of a board or filter', () => {
  const counts = async (what: Record<string, string>) =>
    v.parse(
      PageCountViewSchema,
      await (await door.call(`/api/page-counts?${new URLSearchParams({ site, ...what })}`)).json(),
    )

  test('are unknown for what no migration made', async () => {
    await addSample(door.ledger, 'm1')
    expect(await counts({ board: '7' })).toMatchObject({
      migration: null,
      source: null,
      site: null,
    })
    expect((await door.call(`/api/page-counts?site=${site}&board=x`)).status).toBe(422)
    expect((await door.call(`/api/page-counts?site=${site}`)).status).toBe(422)
  })

  test('say why a number is missing: the site is away, the source was not read here', async () => {
    await addSample(door.ledger, 'm1', site)
    const promise = { name: 'Mine', description: '', jql: 'project = PAY' }
    const item = planned('filter', '10', promise, { label: 'Mine' })
    await addItems(door.ledger.db, 'm1', [{ item, batchId: null }])
    const { seq } = await door.ledger.db
      .selectFrom('item')
      .select('seq')
      .where('kind', '=', 'filter')
      .where('label', '=', 'Mine')
      .executeTakeFirstOrThrow()
    await settleVerdicts(door.ledger.db, [
      { seq, verdict: 'verified', differences: [], siteId: '4711' },
    ])
    const view = await counts({ filter: '4711' })
    expect(view).toMatchObject({ migration: { id: 'm1' }, name: 'Mine', source: null, site: null })
    expect(view.why).toContain('not on this machine any more')
    expect(view.why).toContain('No site answers here.')
  })
})

test('a JQL without "(migrated)" asks nobody', async () => {
  await addSample(door.ledger, 'm1', site)
  const ask = async (jql: string, of = site) =>
    v.parse(PageJqlViewSchema, await (await door.post('/api/page-jql', { site: of, jql })).json())
  expect(await ask('project = PAY')).toEqual({
    migration: { id: 'm1', name: 'Payments to acme' },
    names: [],
    rewritten: null,
  })
  expect((await ask('x', 'https://else.atlassian.net')).migration).toBeNull()
  const away = await door.post('/api/page-jql', { site, jql: '"A (migrated)" = 1' })
  expect(away.status).toBe(502)
})

describe('where a thing of an old server went', () => {
  const source = 'https://jira.acme.test/jira'
  const writeSource = (id: string, baseUrl: string | null) => {
    mkdirSync(join(door.folder, 'snapshots'), { recursive: true })
    const path = join(door.folder, 'snapshots', `${id}.sqlite`)
    writeSmallSnapshot(path, {}, baseUrl === null ? {} : { baseUrl })
    utimesSync(path, 1, 1)
  }

  test('is told for the source that calls itself so, with the worst verdict', async () => {
    await addSample(door.ledger, 'm1', 'https://acme.atlassian.net')
    await finishSample(door.ledger, 'm1')
    await door.ledger.db.updateTable('item').set({ siteId: '1' }).execute()
    writeSource('m1', 'http://JIRA.acme.test/jira/')
    expect(await moved({ source, issue: 'pay-1' })).toEqual({
      migration: { id: 'm1', name: 'Payments to acme' },
      url: `${site}/browse/PAY-1`,
      verdict: 'failed',
    })
    expect(await moved({ source, issue: 'PAY-3' })).toMatchObject({ verdict: 'verified' })
    expect(await moved({ source, project: 'PAY' })).toMatchObject({
      url: `${site}/browse/PAY`,
      verdict: 'failed',
    })
    const nowhere = { migration: null, url: null, verdict: null }
    expect(await moved({ source, issue: 'PAY-999' })).toEqual(nowhere)
    expect(await moved({ source: 'https://jira.acme.test', issue: 'PAY-1' })).toEqual(nowhere)
    expect((await door.call('/api/moved?source=x&issue=PAY-1')).status).toBe(422)
  })

  test('is told by a source of unknown address only where none has that address', async () => {
    await addSample(door.ledger, 'm1', 'https://acme.atlassian.net')
    await finishSample(door.ledger, 'm1')
    writeSource('m1', null)
    expect((await moved({ source, issue: 'PAY-3' })).migration?.id).toBe('m1')
    await addSample(door.ledger, 'm2', 'https://acme.atlassian.net')
    writeSource('m2', source)
    expect((await moved({ source, issue: 'PAY-3' })).migration?.id).toBe('m2')
  })

  test('has no link while it is not on the site', async () => {
    await addSample(door.ledger, 'm1', 'https://acme.atlassian.net')
    await door.ledger.db.updateTable('item').set({ siteId: null }).execute()
    expect(await moved({ source, issue: 'PAY-3' })).toMatchObject({ url: null, verdict: null })
  })
})
