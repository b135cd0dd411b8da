import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { readSource } from '../../agent/read.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { openSnapshot, snapshotTables } from '../../agent/snapshot/read.ts'
import { AppsViewSchema } from '../../shared/api-apps.ts'
import {
  type AppTablePage,
  AppTablePageSchema,
  type SourceRow,
  SourceRowPageSchema,
  sourceLists,
} from '../../shared/api-source.ts'
import { must } from '../../shared/assert.ts'
import { noon } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

const real = resolve(import.meta.dirname, '../../../shared/backups/jira-6.3-jsu/entities.xml')

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

/** A migration of this backup; its source has been read unless told otherwise. @returns the snapshot's path */
async function migrationOf(path: string, read = true): Promise<string> {
  const { snapshots } = folderParts(door.folder)
  mkdirSync(snapshots, { recursive: true })
  const snapshotPath = join(snapshots, 'm1.sqlite')
  const signal = AbortSignal.timeout(60_000)
  if (read) await readSource({ path, snapshotPath, timeZone: null, signal, onProgress: () => {} })
  await addMigration(door.ledger.db, {
    id: 'm1',
    name: 'Sample to acme',
    mode: 'move',
    source: { kind: 'backup', path, attachments: null, timeZone: null },
    site: { kind: 'cloud', url: 'https://acme.atlassian.net', email: 'a@acme.com' },
    scope: { projects: null },
    at: noon,
  })
  return snapshotPath
}

const get = async <T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T> => {
  const answer = await door.call(`/api/migrations/m1/${path}`)
  return v.parse(schema, await answer.json())
}
/** The whole list, page by page. */
async function all(list: string, more: Record<string, string> = {}): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for (let after: number | null = 0; after !== null; ) {
    const query = new URLSearchParams({ ...more, after: String(after), limit: '400' })
    const page = await get(`source/${list}?${query}`, SourceRowPageSchema)
    rows.push(...page.rows)
    after = page.next
  }
  return rows
}

describe('the rows behind the numbers of a source', () => {
  test('are as many as the inspection counts, each once, for every kind', async () => {
    const sample = await writeSample(join(door.folder, 'sample'))
    const snapshot = openSnapshot(await migrationOf(sample.backup))
    expect([...sourceLists].sort()).toEqual([...snapshotTables].sort())
    const filled = sourceLists.filter((list) => snapshot.count(list) > 0)
    expect(filled.length).toBeGreaterThan(25)
    for (const list of sourceLists) {
      const rows = await all(list)
      expect(new Set(rows.map(({ n }) => n)).size, list).toBe(snapshot.count(list))
      // A list of nameless rows would tell nobody anything.
      expect(rows.filter(({ label }) => label === '').length, list).toBe(0)
    }
    snapshot.close()
  })

  test('say what they are, and to which issue and project they belong', async () => {
    const sample = await writeSample(join(door.folder, 'sample'))
    const snapshot = openSnapshot(await migrationOf(sample.backup))
    const comment = must([...snapshot.rows('comment')][0], 'a comment')
    const issue = must(snapshot.issue(comment.issueId), 'its issue')
    const [first] = await all('comment')
    expect(first?.issueKey).toBe(issue.key)
    expect(first?.projectKey).toBe(issue.key.replace(/-\d+$/, ''))
    expect(first?.label).toBe(comment.body?.slice(0, 300))
    const author = [...snapshot.rows('user')].find(({ key }) => key === comment.author)
    expect(author?.displayName).toBeTruthy()
    expect(first?.detail).toBe(`${author?.displayName}, ${comment.created}`)
    const project = must([...snapshot.rows('project')][0], 'a project')
    for (const list of ['issue', 'attachment'] as const) {
      const own = await all(list, { project: project.key })
      const counted =
        list === 'issue' ? snapshot.issueCount(project.id) : snapshot.countOf(list, project.id)
      expect(own.length, list).toBe(counted)
      expect(new Set(own.map(({ projectKey }) => projectKey))).toEqual(new Set([project.key]))
    }
    const version = must([...snapshot.rows('version')][0], 'a version')
    expect((await all('version'))[0]).toMatchObject({ label: version.name, issueKey: null })
    snapshot.close()
  })

  test.runIf(existsSync(real))('count the same in a real backup, apps and all', async () => {
    const snapshot = openSnapshot(await migrationOf(real))
    for (const list of sourceLists)
      expect((await all(list)).length, list).toBe(snapshot.count(list))
    snapshot.close()
    const { apps } = await get('apps', AppsViewSchema)
    expect(apps.length).toBeGreaterThan(2)
    for (const { key, trace } of apps) await expectTrace(key, trace)
  })

  test('before the source was read there are none, and a sentence says so', async () => {
    const sample = await writeSample(join(door.folder, 'sample'))
    await migrationOf(sample.backup, false)
    const answer = await door.call('/api/migrations/m1/source/issue')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('known once it has been read')
    expect((await door.call('/api/migrations/m1/source/password')).status).toBe(404)
  })
})

type Trace = v.InferOutput<typeof AppsViewSchema>['apps'][number]['trace']

/** Every number of a trace has a list of as many rows. */
async function expectTrace(app: string, trace: Trace): Promise<void> {
  const count = async (list: string, more: Record<string, string> = {}) =>
    (await all(list, { app, ...more })).length
  expect(await count('issue'), `${app} issues`).toBe(trace.issues)
  expect(await count('project'), `${app} projects`).toBe(trace.projects)
  expect(await count('filter'), `${app} filters`).toBe(trace.filters)
  expect(await count('customField'), `${app} fields`).toBe(trace.fields.length)
  expect(await count('dashboard'), `${app} dashboards`).toBe(trace.dashboards.length)
  expect(await count('appTable'), `${app} tables`).toBe(trace.tables.length)
  expect(await count('comment'), `${app} comments`).toBe(0)
  const workflows = new Set((await all('appUse', { app })).map(({ label }) => label))
  expect([...workflows].sort(), `${app} workflows`).toEqual([...trace.workflows].sort())
  for (const field of trace.fields)
    expect(await count('issue', { field: field.id }), `${app} ${field.name}`).toBe(field.issues)
  for (const { entity, count: n } of trace.properties)
    expect(await count('property', { entity }), `${app} ${entity}`).toBe(n)
}

describe('the rows behind what an app left', () => {
  test('are as many as each number says, and of no other app', async () => {
    const sample = await writeSample(join(door.folder, 'sample'))
    await migrationOf(sample.backup)
    const { apps } = await get('apps', AppsViewSchema)
    const rich = apps.filter(({ trace }) => trace.fields.length + trace.properties.length > 0)
    expect(rich.length).toBeGreaterThan(0)
    for (const { key, trace } of apps) await expectTrace(key, trace)
    expect((await door.call('/api/migrations/m1/source/issue?app=nobody')).status).toBe(404)
  })

  test('of its own tables come from the backup, by pages', async () => {
    const sample = await writeSample(join(door.folder, 'sample'))
    await migrationOf(sample.backup)
    const { apps } = await get('apps', AppsViewSchema)
    const owner = must(
      apps.find(({ trace }) => trace.tables.length > 0),
      'an app with tables',
    )
    const table = must(owner.trace.tables[0], 'a table')
    const at = `apps/${encodeURIComponent(owner.key)}/tables`
    const seen: number[] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: AppTablePage = await get(
        `${at}/${table.name}?after=${after}&limit=3`,
        AppTablePageSchema,
      )
      seen.push(...page.rows.map(({ n }) => n))
      expect(page.rows.every(({ cells }) => cells.length > 0)).toBe(true)
      after = page.next
    }
    expect(seen).toEqual(Array.from({ length: table.rows }, (_, i) => i + 1))
    const answer = await door.call(`/api/migrations/m1/${at}/AO_FFFFFF_OF_OTHERS`)
    expect(answer.status).toBe(404)
  })
})
