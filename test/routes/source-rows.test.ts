// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Window } from 'happy-dom'
import { h, render } from 'preact'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { inspect } from '../../agent/inspect.ts'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { readSource } from '../../agent/read.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { openSnapshot, snapshotTables } from '../../agent/snapshot/read.ts'
import { fromHash } from '../../extension/models/place.ts'
import { Found } from '../../extension/views/setup/inspection.tsx'
import { inspectionWords } from '../../extension/words-source.ts'
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
import { realBackups } from '../support/plan-sources.ts'
import { strayNumbers } from '../support/stray-numbers.ts'
import { type Door, openDoor } from './door.ts'

const real = resolve(import.meta.dirname, '../../../shared/backups/jira-6.3-jsu/entities.xml')

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())
const page = new Window()
vi.stubGlobal('document', page.document)
vi.stubGlobal('location', page.location)

const backups = resolve(import.meta.dirname, '../../../shared/backups')

/** A backup that was written while people worked, and by a Jira of many ages. */
const odd = `<?xml version="1.0" encoding="UTF-8"?>
<entity-engine-xml date="1400000000000">
<Project id="1" key="PAY" name="Payments" counter="2"/>
<ProjectRole id="7" name="Developers"/>
<ProjectRoleActor id="1" pid="1" projectroleid="7" roletype="some-app-actor" roletypeparameter="robots"/>
<Issue id="10" key="PAY-1" number="1" project="1" summary="First"/>
<Issue id="11" key="PAY-2" number="2" project="1" summary="Second"/>
<Issue id="10" key="PAY-1" number="1" project="1" summary="First once more"/>
<Action id="5" issue="10" type="comment" author="fred" body="One"/>
<Action id="5" issue="10" type="comment" author="fred" body="One once more"/>
<Action issue="11" type="comment" author="fred" body="Without an id"/>
<Action id="7" issue="99" type="comment" author="fred" body="Of no issue"/>
<Action id="8" issue="10" type="transition" author="fred" body="Not a comment"/>
<UserAssociation sourceName="fred" sinkNodeId="10" sinkNodeEntity="Issue" associationType="WatchIssue"/>
<UserAssociation sourceName="fred" sinkNodeId="10" sinkNodeEntity="Issue" associationType="WatchIssue"/>
<Workflow id="1" name="Mine"><descriptor><![CDATA[<workflow><initial-actions><action id="1" name="Create"/></initial-actions>
  <steps><step id="1" name="Open"><actions><action id="2" name="Close" view="screen"><restrict-to><conditions>
  <condition type="class"><arg name="class.name">org.vendor.Only</arg><arg name="secret">abc</arg></condition>
  </conditions></restrict-to></action></actions></step><step id="2" name="Done"/></steps></workflow>]]></descriptor></Workflow>
<Workflow id="2" name="Other"><descriptor><![CDATA[<workflow><steps><step id="1" name="Open"><actions>
  <action id="2" name="Close" view="screen"/></actions></step></steps></workflow>]]></descriptor></Workflow>
<CustomField id="3" customfieldtypekey="com.atlassian.jira.plugin.system.customfieldtypes:select" name="Size"/>
<CustomFieldOption id="1" customfield="3" sequence="0" value="S"/>
<CustomFieldOption id="2" customfield="3" sequence="1" value="L"/>
<CustomFieldOption id="3" customfield="4" sequence="0" value="Of another"/>
<Avatar id="1" fileName="&lt;b&gt;a.png&lt;/b&gt;"/>
<Avatar id="2" apiKey="abc"/>
<OAuthConsumer id="1" secret="abc"/>
<!-- _ Entities _
Project: 2
Avatar: 1
-->
</entity-engine-xml>
`

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

  test('of a note of the reading, and of what is only counted, are as many as each number says', async () => {
    const sample = await writeSample(join(door.folder, 'sample'))
    await expectNotes(await migrationOf(sample.backup))
  })

  test('that came twice, without an id or of a kind that is not kept are told one by one', async () => {
    const path = join(door.folder, 'entities.xml')
    writeFileSync(path, odd)
    const codes = await expectNotes(await migrationOf(path))
    expect(codes).toEqual(
      expect.arrayContaining([
        ...['action-type', 'role-actor-type', 'issue-twice', 'comment-without-id', 'comment-twice'],
        ...['comment-without-issue', 'watcher-twice', 'counts-fewer', 'counts-more'],
      ]),
    )
    const secret = await door.call('/api/migrations/m1/entities/OAuthConsumer')
    expect([secret.status, await secret.text()]).toEqual([409, expect.stringContaining('never')])
    expect((await door.call('/api/migrations/m1/entities/Nothing')).status).toBe(404)
    expect((await door.call('/api/migrations/m1/source/noted?note=999')).status).toBe(404)
    const { rows } = await get('entities/Avatar', AppTablePageSchema)
    expect(rows).toEqual([
      {
        n: 1,
        cells: [
          { column: 'id', value: '1', hidden: false },
          { column: 'fileName', value: '<b>a.png</b>', hidden: false },
        ],
      },
      {
        n: 2,
        cells: [
          { column: 'id', value: '2', hidden: false },
          { column: 'apiKey', value: null, hidden: true },
        ],
      },
    ])
  })

  test('can be those of one issue, one field, or one part of a workflow', async () => {
    const path = join(door.folder, 'entities.xml')
    writeFileSync(path, odd)
    await migrationOf(path)
    const labels = async (list: string, of: Record<string, string>) =>
      (await all(list, of)).map(({ label, detail }) => [label, detail])
    expect(await labels('comment', { issue: 'PAY-2' })).toEqual([['Without an id', 'fred']])
    expect((await all('comment', { issue: 'PAY-1' })).map(({ label }) => label)).toEqual(['One'])
    expect(await labels('fieldOption', { field: '3' })).toHaveLength(2)
    expect(await labels('workflowPart', { workflow: 'Mine' })).toEqual([
      ['Close', 'condition, org.vendor.Only'],
      ['Close', 'limited, Open'],
      ['Close', 'screen, screen'],
    ])
    expect(await labels('workflowPart', { workflow: 'Mine', part: 'limited' })).toEqual([
      ['Close', 'limited, Open'],
    ])
    const bad = await door.call('/api/migrations/m1/source/workflowPart?workflow=Mine&part=x')
    expect(bad.status).toBe(422)
  })

  test.runIf(existsSync(backups))(
    'do so in real backups, the odd ones too',
    async () => {
      const seen = new Set<string>()
      for (const { path } of realBackups()) {
        const own = await openDoor()
        door = own
        for (const code of await expectNotes(await migrationOf(path))) seen.add(code)
        await own.close()
      }
      door = await openDoor()
      expect(seen.size).toBeGreaterThan(2)
    },
    240_000,
  )

  test.each(['odd', 'sample'])('are led to from every number of the inspection, %s', async (of) => {
    const path = join(door.folder, 'entities.xml')
    writeFileSync(path, odd)
    const sample = await writeSample(join(door.folder, 'sample'))
    const source = of === 'odd' ? path : sample.backup
    const snapshot = openSnapshot(await migrationOf(source))
    const { tables, timeZoneFrom, ...found } = inspect(snapshot)
    snapshot.close()
    const inspection = {
      ...{ ...found, timeZoneFrom, zoneCertain: true },
      kept: Object.entries(tables).map(([table, rows]) => ({ table, rows })),
    }
    const place = page.document.createElement('div') as unknown as HTMLElement
    render(h(Found, { id: 'm1', live: false, inspection }), place)
    // Rows with secrets are counted, and a sentence says why no list of them opens.
    const secret = [...place.querySelectorAll('details')].find((one) =>
      one.textContent?.includes(inspectionWords.secretText),
    )
    if (source === path) expect(secret?.textContent).toContain('OAuthConsumer')
    secret?.remove()
    expect(strayNumbers(place)).toEqual([])
    const links = [...place.querySelectorAll<HTMLAnchorElement>('a[href^="#/m/"]')]
    expect(links.length).toBeGreaterThan(8)
    for (const link of links) {
      const at = fromHash(link.getAttribute('href') ?? '')
      if (at.at !== 'source') throw new Error(`${link.href} is no list of the source`)
      const n = Number(/[\d,]+/.exec(link.textContent ?? '')?.[0].replaceAll(',', ''))
      const rows =
        at.table === undefined
          ? await all(at.list, at.note === undefined ? {} : { note: at.note })
          : await counted(at.table)
      expect([link.textContent, rows.length]).toEqual([link.textContent, n])
    }
    render(null, place)
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

/** All rows of a kind that is only counted, page by page. */
async function counted(entity: string): Promise<AppTablePage['rows']> {
  const rows: AppTablePage['rows'] = []
  for (let after: number | null = 0; after !== null; ) {
    const at = `entities/${encodeURIComponent(entity)}?after=${after}&limit=400`
    const page: AppTablePage = await get(at, AppTablePageSchema)
    rows.push(...page.rows)
    after = page.next
  }
  return rows
}

/** Notes whose number has no rows to list. */
const without: Record<string, string> = {
  'illegal-characters': 'They are characters in values, and no rows.',
}

/** Every number of a note, and of what is only counted, has a list of as many rows. @returns the codes of the notes */
async function expectNotes(path: string): Promise<string[]> {
  const snapshot = openSnapshot(path)
  const { notes, entities } = inspect(snapshot)
  snapshot.close()
  for (const { code, text, items, n } of notes) {
    if (items === 0 || code in without) continue
    expect(n, code).not.toBeNull()
    const rows = await all('noted', { note: String(n) })
    expect(new Set(rows.map((row) => row.n)).size, code).toBe(items)
    expect(await get(`source/noted?note=${n}`, SourceRowPageSchema)).toMatchObject({ note: text })
  }
  for (const { entity, found, treatment } of entities) {
    if (treatment !== 'counted') continue
    expect((await counted(entity)).length, entity).toBe(found)
  }
  return notes.map(({ code }) => code)
}

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
