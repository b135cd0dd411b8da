import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { addItems, settleVerdicts } from '../../agent/ledger/items.ts'
import { addMigration, changeMigration, getMigration } from '../../agent/ledger/migrations.ts'
import { oldLinksIn, targetOf } from '../../agent/originals/old-links.ts'
import { readSource } from '../../agent/read.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { openSnapshot } from '../../agent/snapshot/read.ts'
import { HistoryPageSchema, OriginalViewSchema } from '../../shared/api-pages.ts'
import { must } from '../../shared/assert.ts'
import { issue, noon, planned } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

const site = 'https://acme.atlassian.net'
let door: Door
let snapshotPath: string

beforeEach(async () => {
  door = await openDoor()
  const sample = await writeSample(join(door.folder, 'sample'))
  const { snapshots } = folderParts(door.folder)
  mkdirSync(snapshots, { recursive: true })
  snapshotPath = join(snapshots, 'm1.sqlite')
  await readSource({
    path: sample.backup,
    snapshotPath,
    timeZone: null,
    signal: AbortSignal.timeout(60_000),
    onProgress: () => {},
  })
  await addMigration(door.ledger.db, {
    id: 'm1',
    name: 'Sample to acme',
    mode: 'move',
    source: { kind: 'backup', path: sample.backup, attachments: null, timeZone: null },
    site: { kind: 'cloud', url: site, email: 'a@acme.com' },
    scope: { projects: null },
    at: noon,
  })
  await changeMigration(door.ledger.db, 'm1', noon, { siteUrl: site })
})
afterEach(() => door.close())

const ask = async <T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T> => {
  const answer = await door.call(`/api/${path}`)
  return v.parse(schema, await answer.json())
}
const original = (issue: string) =>
  ask(`original?${new URLSearchParams({ site, issue })}`, OriginalViewSchema)
const history = (issue: string, more: Record<string, string> = {}) =>
  ask(`original/history?${new URLSearchParams({ site, issue, ...more })}`, HistoryPageSchema)

/** The issue of the sample with the most of something, and the ledger knowing it. */
async function knownIssue(table: 'comment' | 'worklog' | 'attachment' | 'changeGroup') {
  const snapshot = openSnapshot(snapshotPath)
  try {
    const counts = new Map<string, number>()
    for (const row of snapshot.rows(table))
      counts.set(row.issueId, (counts.get(row.issueId) ?? 0) + 1)
    const most = must([...counts].toSorted(([, a], [, b]) => b - a)[0], `no ${table}`)
    const row = must(snapshot.issue(most[0]), 'no issue')
    const own = { issueKey: row.key, projectKey: row.key.replace(/-\d+$/, '') }
    const item = planned('property', `of ${row.id}`, null, own)
    const files = snapshot
      .ofIssues('attachment', [row.id])
      .map((one) => planned('attachment', one.id, null as never, { ...own, label: one.filename }))
    await addItems(
      door.ledger.db,
      'm1',
      [item, ...files].map((item) => ({ item, batchId: null })),
    )
    return { row, n: most[1] }
  } finally {
    snapshot.close()
  }
}

describe('what the source held of an issue', () => {
  test('comes with texts, names, people and times of the source', async () => {
    const { row, n } = await knownIssue('comment')
    const { migration, original: held } = await original(row.key)
    expect(migration).toEqual({ id: 'm1', name: 'Sample to acme' })
    expect(held).toMatchObject({ summary: row.summary, commentsCount: n })
    expect(held?.comments).toHaveLength(n)
    expect(held?.comments[0]?.at).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]/)
    const fields = new Map(held?.fields.map(({ name, value }) => [name, value]))
    expect(fields.get('Type')).toMatch(/^[A-Z]/)
    expect(fields.get('Status')).toMatch(/^[A-Z]/)
    const snapshot = openSnapshot(snapshotPath)
    const names = new Set([...snapshot.rows('user')].map((user) => user.displayName))
    snapshot.close()
    expect(names).toContain(fields.get('Reporter'))
    for (const comment of held?.comments ?? []) expect(names).toContain(comment.author)
  })

  test('its description is laid out, without a node that runs or loads anything', async () => {
    const snapshot = openSnapshot(snapshotPath)
    const project = must([...snapshot.rows('project')][0], 'no project')
    const described = snapshot.issues(project.id, 0, 50).filter((row) => row.description?.trim())
    snapshot.close()
    expect(described.length).toBeGreaterThan(3)
    for (const row of described.slice(0, 5)) {
      await addItems(door.ledger.db, 'm1', [
        { item: planned('property', `p${row.id}`, null, { issueKey: row.key }), batchId: null },
      ])
      const { original: held } = await original(row.key)
      expect(held?.descriptionText).toBe(row.description)
      expect(held?.description?.type).toBe('doc')
      expect(JSON.stringify(held?.description)).not.toMatch(/"type":"(mention|extension|media)"/)
    }
  })

  test('its files come with what became of each', async () => {
    const { row } = await knownIssue('attachment')
    const before = await original(row.key)
    const first = must(before.original?.files[0], 'no file')
    expect(first.verdict).toBeNull()
    await settleVerdicts(door.ledger.db, [
      {
        seq: must(first.seq, 'no item'),
        verdict: 'failed',
        differences: [],
        reason: { code: 'file-missing', text: 'The file is not on the site.' },
      },
    ])
    const after = await original(row.key)
    expect(after.original?.files[0]).toMatchObject({
      filename: first.filename,
      verdict: 'failed',
      reason: 'The file is not on the site.',
    })
  })

  test('is nothing for an issue that no migration has, and for a source read elsewhere', async () => {
    expect(await original('NOPE-1')).toEqual({
      migration: null,
      issueKey: 'NOPE-1',
      original: null,
    })
    const { row } = await knownIssue('comment')
    await door.ledger.db.updateTable('migration').set({ id: 'm1' }).execute()
    await addItems(door.ledger.db, 'm1', [
      { item: planned('property', 'elsewhere', null, { issueKey: 'GONE-1' }), batchId: null },
    ])
    expect((await original('GONE-1')).original).toBeNull()
    expect((await original(row.key.toLowerCase())).original?.summary).toBe(row.summary)
  })

  test('is told to a paired browser only', async () => {
    const path = `/api/original?${new URLSearchParams({ site, issue: 'PAY-1' })}`
    expect((await door.call(path, { headers: { authorization: '' } })).status).toBe(401)
    expect((await door.call(path, { headers: { origin: site } })).status).toBe(403)
    expect((await door.call('/api/original?site=x&issue=PAY-1')).status).toBe(422)
  })
})

describe('its history', () => {
  test('comes oldest first, in pages, each change once', async () => {
    const { row, n } = await knownIssue('changeGroup')
    const all = await history(row.key)
    expect(all.changes).toHaveLength(n)
    expect(all.next).toBeNull()
    const times = all.changes.map((change) => Date.parse(must(change.at, 'no time')))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const paged: typeof all.changes = []
    for (let after: number | null = 0; after !== null; ) {
      const page = await history(row.key, { after: String(after), limit: '2' })
      paged.push(...page.changes)
      after = page.next
    }
    expect(paged).toEqual(all.changes)
    expect(all.changes[0]?.items[0]?.field).not.toBe('')
  })
})

describe('a link to the old server', () => {
  const base = 'https://jira.acme.com/jira'
  test.each([
    ['/browse/PAY-12', { kind: 'issue', key: 'PAY-12' }],
    ['/browse/PAY-12?focusedCommentId=1#x', { kind: 'issue', key: 'PAY-12' }],
    ['/projects/PAY/issues/PAY-3', { kind: 'issue', key: 'PAY-3' }],
    ['/browse/PAY', { kind: 'project', key: 'PAY' }],
    ['/secure/attachment/10010/a%20b.png', { kind: 'attachment', id: '10010' }],
    ['/issues/?filter=10100', { kind: 'filter', id: '10100' }],
    ['/secure/IssueNavigator.jspa?mode=hide&requestId=7', { kind: 'filter', id: '7' }],
    ['/secure/RapidBoard.jspa?rapidView=3', { kind: 'board', id: '3' }],
    ['/secure/Dashboard.jspa', null],
    ['/issues/?filter=x', null],
  ])('%s', (path, target) => {
    expect(targetOf(base, base + path)).toEqual(target)
  })
})

describe('links of the texts to the old server', () => {
  const base = 'https://jira.acme.com/jira'
  const db = () => door.ledger.db
  async function linksIn(...texts: string[]) {
    const sent = { state: 'sent' as const, siteId: '7' }
    const items = [
      planned('property', 'x', null, { issueKey: 'PAY-1' }),
      planned('filter', '10100', { name: 'Open', description: '', jql: '' }, { label: 'Open' }),
      planned('attachment', '10010', null as never, { label: 'a b.png', issueKey: 'PAY-1' }),
      issue('PAY-12', 'PAY-12 The terminal'),
      issue('PAY-13', 'PAY-13 Not there'),
    ]
    await addItems(
      db(),
      'm1',
      items.map((item) => ({ item, batchId: null })),
    )
    await db().updateTable('item').set(sent).where('label', 'not like', '%Not there').execute()
    return oldLinksIn(db(), await getMigration(db(), 'm1'), base, texts)
  }

  test('lead to the same thing on the site, each once', async () => {
    const links = await linksIn(
      `See [the terminal|${base}/browse/PAY-12], "${base}/browse/PAY-12" and http://jira.acme.com/jira/browse/PAY-13.`,
      `${base}/secure/attachment/10010/a%20b.png\n(${base}/issues/?filter=10100)`,
    )
    expect(links).toEqual([
      { old: `${base}/browse/PAY-12`, url: `${site}/browse/PAY-12`, label: 'PAY-12 The terminal' },
      { old: 'http://jira.acme.com/jira/browse/PAY-13', url: null, label: 'PAY-13 Not there' },
      {
        old: `${base}/secure/attachment/10010/a%20b.png`,
        url: `${site}/rest/api/3/attachment/content/7`,
        label: 'a b.png',
      },
      { old: `${base}/issues/?filter=10100`, url: `${site}/issues/?filter=7`, label: 'Open' },
    ])
  })

  test('are told from those to other servers, and bounded', async () => {
    expect(
      await linksIn(
        'https://jira.acme.com.evil.example/jira/browse/PAY-12 https://other.acme.com/browse/PAY-1',
        'https://jira.acme.com/other/browse/PAY-12',
      ),
    ).toEqual([])
    const many = Array.from({ length: 500 }, (_, n) => `${base}/browse/PAY-${n}`).join(' ')
    expect(await oldLinksIn(db(), await getMigration(db(), 'm1'), base, [many])).toHaveLength(100)
    expect(await oldLinksIn(db(), await getMigration(db(), 'm1'), null, [many])).toEqual([])
  })
})
