import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect, inspectionText } from '../../agent/inspect.ts'
import { readSource } from '../../agent/read.ts'
import { openSnapshot, type Snapshot } from '../../agent/snapshot/read.ts'
import { Problem } from '../../shared/problem.ts'
import { backupXml, objectsXml, writeZip } from '../support/make-backup.ts'

/** Real backups, where they are present; everything else is made here. */
const real = resolve(import.meta.dirname, '../../../shared/backups')
const files = existsSync(real)
  ? (readdirSync(real, { recursive: true }) as string[])
      .filter((name) => /\.(xml|zip)$/.test(name) && !name.includes('attachments/attachments'))
      .toSorted()
  : []

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landfall-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let made = 0
async function read(path: string, timeZone: string | null = null): Promise<Snapshot> {
  const snapshotPath = join(folder, `${made++}.sqlite`)
  const signal = new AbortController().signal
  await readSource({ path, snapshotPath, timeZone, signal, onProgress() {} })
  return openSnapshot(snapshotPath)
}

async function problemOf(path: string, timeZone: string | null = null): Promise<Problem> {
  const before = readdirSync(folder)
  try {
    const snapshot = await read(path, timeZone)
    snapshot.close()
  } catch (error) {
    expect(readdirSync(folder), 'nothing is left of the snapshot').toEqual(before)
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('It should have been refused')
}

async function place(name: string, content: string | Buffer): Promise<string> {
  const { writeFile } = await import('node:fs/promises')
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

/** Elements of the level below the root: CDATA and comments taken out first, as a second opinion. */
function countedByText(xml: string): Record<string, number> {
  const bare = xml
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^[\s\S]*?<entity-engine-xml[^>]*>/, '')
  const counts: Record<string, number> = {}
  let depth = 0
  for (const m of bare.matchAll(/<(\/?)([\w-]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g)) {
    if (m[1] === '/') depth--
    else {
      if (depth === 0) counts[m[2] as string] = (counts[m[2] as string] ?? 0) + 1
      if (m[4] !== '/') depth++
    }
  }
  return counts
}

const xmlOf = (path: string): string => {
  if (path.endsWith('.xml')) return readFileSync(path, 'utf8')
  const names = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n')
  const name = names.find((n) => n === 'entities.xml') ?? (names[0] as string)
  return execFileSync('unzip', ['-p', path, name], { encoding: 'utf8', maxBuffer: 1e8 })
}

describe.skipIf(files.length === 0)('a real backup', () => {
  test.each(files.filter((name) => !name.includes('malformed')))(
    '%s is read whole',
    async (name) => {
      const path = join(real, name)
      const counted = countedByText(xmlOf(path))
      const snapshot = await read(path)
      const found = Object.fromEntries(
        snapshot
          .entityCounts()
          .filter((c) => c.found > 0 && !c.entity.startsWith('AO_'))
          .map((c) => [c.entity, c.found]),
      )
      expect(found).toEqual(counted)
      const kept: [Parameters<Snapshot['count']>[0], string][] = [
        ['issue', 'Issue'],
        ['comment', 'Action'],
        ['worklog', 'Worklog'],
        ['changeItem', 'ChangeItem'],
        ['attachment', 'FileAttachment'],
        ['link', 'IssueLink'],
        ['fieldValue', 'CustomFieldValue'],
        ['project', 'Project'],
      ]
      for (const [table, entity] of kept)
        expect(snapshot.count(table), table).toBe(counted[entity] ?? 0)
      // Every issue can be found by its key, its id, and its number in its project.
      for (const issue of snapshot.rows('issue')) {
        expect(snapshot.issueByKey(issue.key)?.id).toBe(issue.id)
        expect(snapshot.issues(issue.projectId, issue.number - 1, 1)[0]?.id).toBe(issue.id)
        expect(issue.key.endsWith(`-${issue.number}`)).toBe(true)
      }
      // Whoever is referred to is a user of the snapshot, deleted or not.
      const people = new Set([...snapshot.rows('user')].map((user) => user.key))
      for (const comment of snapshot.rows('comment'))
        if (comment.author) expect(people).toContain(comment.author)
      const text = inspectionText(inspect(snapshot))
      expect(text).toContain('time zone')
      expect(text).not.toContain('REDACTED')
      snapshot.close()
    },
  )

  test.each(files.filter((name) => name.includes('malformed')))('%s is refused', async (name) => {
    const problem = await problemOf(join(real, name))
    expect(problem.code).toBe('source-unreadable')
    expect(problem.message).toContain('in OSPropertyText, line 1333')
  })

  test('leaves no secret in the snapshot', async () => {
    const name = files.find((file) => file.includes('jsu'))
    if (name === undefined) return
    ;(await read(join(real, name))).close()
    const bytes = readFileSync(join(folder, `${made - 1}.sqlite`))
    expect(bytes.includes('REDACTED')).toBe(false)
  })
})

describe('a backup', () => {
  const issue = {
    id: 10_000,
    key: 'PAY-1',
    project: 1,
    summary: 'a',
    updated: '2020-01-01 09:00:00.0',
  }
  const project = { id: 1, key: 'PAY', name: 'Payments' }

  test('is read from a zip, a zip with one entry of any name, a bare file and a folder', async () => {
    const xml = backupXml([
      ['Project', project],
      ['Issue', issue],
    ])
    const objects = objectsXml([
      {
        name: 'AO_60DB71_SPRINT',
        columns: ['NAME', 'ID', 'CLOSED', 'STARTED', 'RAPID_VIEW_ID', 'START_DATE'],
        rows: [['Sprint, [1]', 5, false, true, 7, 1_500_000_000_000]],
      },
      {
        name: 'AO_60DB71_RAPIDVIEW',
        columns: ['ID', 'OWNER_USER_NAME', 'NAME', 'SPRINTS_ENABLED'],
        rows: [
          [7, 'admin', 'Board', true],
          [8, null, '', false],
        ],
      },
      {
        name: 'AO_60DB71_LEXORANK',
        columns: ['RANK', 'TYPE', 'ISSUE_ID', 'FIELD_ID'],
        rows: [
          ['0|a:', 0, '-9223372036854775808', 1],
          ['0|i:', 1, 10_000, 1],
        ],
      },
      { name: 'AO_SOMEAPP_THING', columns: ['A'], rows: [['x'], ['y']] },
    ])
    const full = join(folder, 'full.zip')
    await writeZip(full, { 'entities.xml': xml, 'activeobjects.xml': objects })
    const one = join(folder, 'one.zip')
    await writeZip(one, { '2013-avr.-15--1207.xml': xml })
    for (const path of [full, one, await place('bare.xml', xml)]) {
      const snapshot = await read(path)
      expect(snapshot.issueByKey('PAY-1')).toMatchObject({ id: '10000', projectId: '1', number: 1 })
      if (path === full) {
        expect([...snapshot.rows('sprint')]).toEqual([
          {
            id: '5',
            name: 'Sprint, [1]',
            goal: null,
            boardId: '7',
            state: 'active',
            start: 1_500_000_000_000,
            end: null,
            complete: null,
          },
        ])
        expect([...snapshot.rows('board')].map((b) => [b.kind, b.name, b.owner])).toEqual([
          ['scrum', 'Board', 'admin'],
          ['kanban', '', null],
        ])
        expect([...snapshot.rows('rank')]).toEqual([
          { issueId: '10000', fieldId: '1', rank: '0|i:' },
        ])
        expect(snapshot.entityCounts()).toContainEqual({
          entity: 'AO_SOMEAPP_THING',
          found: 2,
          stated: null,
          treatment: 'counted',
        })
      }
      snapshot.close()
    }
  })

  test.each([
    ['utf-8 with a mark', (xml: string) => Buffer.from(`\ufeff${xml}`)],
    ['utf-16 little endian', (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['utf-16 big endian', (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le').swap16()],
    [
      'utf-32 little endian',
      (xml: string) =>
        Buffer.concat(
          [...`\ufeff${xml}`].map((c) => {
            const four = Buffer.alloc(4)
            four.writeUInt32LE(c.codePointAt(0) ?? 0)
            return four
          }),
        ),
    ],
  ])('is read in %s', async (_, encode) => {
    const xml = backupXml([
      ['Project', project],
      ['Issue', { ...issue, summary: 'Größe 漢字 😀' }],
    ])
    const snapshot = await read(await place('encoded.xml', encode(xml)))
    expect(snapshot.issue('10000')?.summary).toBe('Größe 漢字 😀')
    snapshot.close()
  })

  test('has people by key, deleted ones too, and memberships by key', async () => {
    const path = await place(
      'people.xml',
      backupXml([
        ['ApplicationUser', { id: 1, userKey: 'fred', lowerUserName: 'freddy' }],
        ['ApplicationUser', { id: 2, userKey: 'JIRAUSER10001', lowerUserName: 'gone' }],
        ['Directory', { id: 1, directoryName: 'Internal', position: 1, active: 1 }],
        ['Directory', { id: 2, directoryName: 'LDAP', position: 0, active: 1 }],
        [
          'User',
          {
            id: 1,
            directoryId: 1,
            userName: 'Freddy',
            lowerUserName: 'freddy',
            displayName: 'Old',
            emailAddress: 'old@example.com',
            active: 1,
            credential: 'SECRETHASH',
          },
        ],
        [
          'User',
          {
            id: 2,
            directoryId: 2,
            userName: 'Freddy',
            lowerUserName: 'freddy',
            displayName: 'Fred',
            emailAddress: 'fred@example.com',
            active: 1,
          },
        ],
        ['Group', { id: 1, groupName: 'devs', active: 1, directoryId: 1 }],
        [
          'Membership',
          { id: 1, membershipType: 'GROUP_USER', parentName: 'devs', childName: 'freddy' },
        ],
        [
          'Membership',
          { id: 2, membershipType: 'GROUP_GROUP', parentName: 'devs', childName: 'ops' },
        ],
        ['Project', { ...project, lead: 'fred' }],
        ['Issue', { ...issue, reporter: 'nobody', assignee: 'fred' }],
      ]),
    )
    const snapshot = await read(path)
    expect([...snapshot.rows('user')]).toEqual([
      {
        key: 'fred',
        name: 'Freddy',
        displayName: 'Fred',
        email: 'fred@example.com',
        active: 1,
        deleted: 0,
        directory: 'LDAP',
      },
      {
        key: 'JIRAUSER10001',
        name: 'gone',
        displayName: null,
        email: null,
        active: 0,
        deleted: 1,
        directory: null,
      },
      {
        key: 'nobody',
        name: 'nobody',
        displayName: null,
        email: null,
        active: 0,
        deleted: 1,
        directory: null,
      },
    ])
    expect([...snapshot.rows('membership')]).toEqual([
      { groupName: 'devs', childKind: 'user', child: 'fred' },
      { groupName: 'devs', childKind: 'group', child: 'ops' },
    ])
    snapshot.close()
    expect(readFileSync(join(folder, `${made - 1}.sqlite`)).includes('SECRETHASH')).toBe(false)
  })

  test('of 4.2 and before has people in OSUser, and keys without numbers', async () => {
    const path = await place(
      'old.xml',
      backupXml(
        [
          ['OSUser', { id: 7, name: 'Admin', passwordHash: 'SECRETHASH' }],
          ['OSGroup', { id: 1, name: 'jira-users' }],
          ['OSMembership', { id: 1, userName: 'Admin', groupName: 'jira-users' }],
          [
            'OSPropertyEntry',
            { id: 1, entityName: 'OSUser', entityId: 7, propertyKey: 'fullName', type: 5 },
          ],
          [
            'OSPropertyEntry',
            { id: 2, entityName: 'OSUser', entityId: 7, propertyKey: 'email', type: 5 },
          ],
          [
            'OSPropertyEntry',
            {
              id: 3,
              entityName: 'jira.properties',
              entityId: 1,
              propertyKey: 'jira.version.patched',
              type: 5,
            },
          ],
          ['OSPropertyString', { id: 1, value: 'The Admin' }],
          ['OSPropertyString', { id: 2, value: 'admin@example.com' }],
          ['OSPropertyString', { id: 3, value: '466' }],
          ['Project', project],
          ['Issue', { ...issue, key: 'PAY-12', assignee: 'Admin' }],
        ],
        { header: null },
      ),
    )
    const snapshot = await read(path)
    expect([...snapshot.rows('user')]).toMatchObject([
      { key: 'Admin', displayName: 'The Admin', email: 'admin@example.com', deleted: 0 },
    ])
    expect([...snapshot.rows('membership')]).toMatchObject([
      { groupName: 'jira-users', child: 'Admin' },
    ])
    expect(snapshot.issue('10000')?.number).toBe(12)
    expect([...snapshot.rows('projectKey')]).toEqual([{ projectId: '1', key: 'PAY' }])
    expect(snapshot.info()).toMatchObject({ version: null, build: '466', timeZoneFrom: 'assumed' })
    snapshot.close()
  })

  test('keeps what dangles and says so', async () => {
    const path = await place(
      'dangling.xml',
      backupXml(
        [
          ['Project', { ...project, originalkey: 'OLD' }],
          ['Issue', { ...issue, key: null, number: 3 }],
          ['Issue', { id: 10_001, key: 'GONE-7', project: 99 }],
          ['Action', { id: 1, issue: 77, type: 'comment', body: 'two\nlines' }],
          ['Action', { id: 10, issue: 10_000, type: 'comment', body: '' }],
          ['Action', { id: 9, issue: 10_000, type: 'comment' }],
          ['IssueLink', { id: 1, linktype: 5, source: 10_000, destination: 55 }],
          ['IssueLinkType', { id: 5, linkname: 'jira_subtask_link', style: 'jira_subtask' }],
          [
            'OSPropertyEntry',
            {
              id: 1,
              entityName: 'x',
              entityId: 1,
              propertyKey: 'jira.archiving.projects',
              type: 5,
            },
          ],
          ['ChangeItem', { id: 1, group: 4, field: 'status' }],
        ],
        { stated: { Issue: 3, Action: 3 } },
      ),
    )
    const snapshot = await read(path)
    expect(snapshot.issueByKey('PAY-3')?.id).toBe('10000')
    expect(snapshot.issueByKey('GONE-7')?.projectId).toBe('99')
    expect([...snapshot.orphans('comment')]).toMatchObject([{ id: '1', body: 'two\nlines' }])
    expect(snapshot.ofIssues('comment', ['10000']).map((c) => [c.id, c.body])).toEqual([
      ['9', null],
      ['10', ''],
    ])
    expect(snapshot.countOf('comment', '1')).toBe(2)
    expect([...snapshot.rows('link')]).toMatchObject([{ relation: 'subtask', sequence: null }])
    expect([...snapshot.rows('project')]).toMatchObject([
      { archived: 1, originalKey: 'OLD', counter: null },
    ])
    expect(snapshot.changeItems(['4'])).toHaveLength(1)
    expect(Object.fromEntries(snapshot.notes().map((n) => [n.code, n.items]))).toEqual({
      'counts-fewer': 1,
      'issue-without-project': 1,
      'link-without-issue': 1,
      'change-without-group': 1,
      'comment-without-issue': 1,
    })
    snapshot.close()
  })

  test('tells its zone by the times of its rows when nothing else does', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => i)
    const epoch = (i: number) => Date.UTC(2020, 0, 1 + i, 1, 0, 0)
    const path = await place(
      'zone.xml',
      backupXml(
        [
          ['Project', project],
          ...rows.flatMap((i): Parameters<typeof backupXml>[0] => [
            [
              'Issue',
              { ...issue, id: i, key: `PAY-${i + 1}`, updated: `2020-01-0${i + 1} 09:00:00.12` },
            ],
            [
              'CustomFieldValue',
              { id: i, issue: i, customfield: 1, stringvalue: 'x', updated: epoch(i) },
            ],
          ]),
        ],
        { header: null },
      ),
    )
    const snapshot = await read(path)
    expect(snapshot.info()).toMatchObject({ timeZone: 'UTC+08:00', timeZoneFrom: 'field times' })
    snapshot.close()
    const said = await read(path, 'Asia/Tokyo')
    expect(said.info()).toMatchObject({ timeZone: 'Asia/Tokyo', timeZoneFrom: 'user' })
    said.close()
  })

  test('takes its renderers, contexts and options from the rows that hold them together', async () => {
    const path = await place(
      'fields.xml',
      backupXml([
        ['Project', project],
        ['CustomField', { id: 10_001, name: 'Colour', customfieldtypekey: 'x:select' }],
        [
          'ConfigurationContext',
          { id: 3, key: 'customfield_10001', project: 1, fieldconfigscheme: 8 },
        ],
        ['ConfigurationContext', { id: 4, key: 'issuetype', fieldconfigscheme: 9 }],
        ['FieldConfigScheme', { id: 8, name: 'Default', fieldid: 'customfield_10001' }],
        ['FieldConfigSchemeIssueType', { id: 1, fieldconfigscheme: 8, fieldconfiguration: 12 }],
        [
          'CustomFieldOption',
          { id: 5, customfield: 10_001, customfieldconfig: 12, value: 'red', disabled: 'true' },
        ],
        ['FieldLayout', { id: 1, type: 'default' }],
        ['FieldLayout', { id: 2 }],
        [
          'FieldLayoutItem',
          {
            id: 1,
            fieldlayout: 1,
            fieldidentifier: 'description',
            renderertype: 'atlassian-wiki-renderer',
          },
        ],
        [
          'FieldLayoutItem',
          {
            id: 2,
            fieldlayout: 2,
            fieldidentifier: 'description',
            renderertype: 'jira-text-renderer',
          },
        ],
        ['FieldLayoutSchemeEntity', { id: 1, scheme: 6, fieldlayout: 2 }],
        [
          'NodeAssociation',
          {
            sourceNodeId: 1,
            sourceNodeEntity: 'Project',
            sinkNodeId: 6,
            sinkNodeEntity: 'FieldLayoutScheme',
            associationType: 'ProjectScheme',
          },
        ],
      ]),
    )
    const snapshot = await read(path)
    expect([...snapshot.rows('fieldContext')]).toEqual([
      { id: '3', fieldId: '10001', name: 'Default', projectId: '1', configId: '12' },
    ])
    expect([...snapshot.rows('fieldOption')]).toMatchObject([
      { fieldId: '10001', disabled: 1, value: 'red' },
    ])
    expect([...snapshot.rows('renderer')]).toEqual([
      { projectId: null, field: 'description', renderer: 'wiki' },
      { projectId: '1', field: 'description', renderer: 'text' },
    ])
    snapshot.close()
  })
})

describe('what is no backup, or a broken one', () => {
  const xml = backupXml([['Project', { id: 1, key: 'A', name: 'B' }]])

  test('is refused with a sentence, and nothing is left behind', async () => {
    const zip = join(folder, 'cut.zip')
    await writeZip(zip, { 'entities.xml': xml.repeat(1), 'activeobjects.xml': '' })
    const bytes = readFileSync(zip)
    const flipped = Buffer.from(bytes)
    const at = flipped.indexOf('entities.xml') + 40
    flipped.writeUInt8((flipped.readUInt8(at) ^ 0xff) & 0xff, at)
    const several = join(folder, 'several.zip')
    await writeZip(several, { 'a.txt': 'a', 'b.txt': 'b' })
    const cases: [string, string][] = [
      [join(folder, 'nowhere.zip'), 'source-missing'],
      [
        await place(
          'empty.zip',
          Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
        ),
        'source-empty',
      ],
      [await place('empty.xml', ''), 'source-empty'],
      [await place('blank.xml', '\n\n'), 'source-empty'],
      [await place('notes.txt', 'Dear diary, < this is no backup'), 'source-not-jira'],
      [await place('page.html', '<!DOCTYPE html>\n<html><body>x</body></html>'), 'source-not-jira'],
      [several, 'source-not-jira'],
      [await place('cut.xml', xml.slice(0, -30)), 'source-truncated'],
      [await place('cut-zip.zip', bytes.subarray(0, bytes.length - 30)), 'source-truncated'],
      [await place('flipped.zip', flipped), 'source-unreadable'],
      [
        await place(
          'cloud.xml',
          backupXml([], { header: '\n     Exported for : acme.atlassian.net, JIRA cloud\n' }),
        ),
        'source-is-cloud',
      ],
      [
        await place(
          'cloud2.xml',
          backupXml([], { header: '\n     JIRA Build   : 1001.0.0-SNAPSHOT#100123\n' }),
        ),
        'source-is-cloud',
      ],
      [
        await place('cloud3.xml', backupXml([['Issue', { id: 1, projectKey: 'A', number: 1 }]])),
        'source-is-cloud',
      ],
    ]
    for (const [path, code] of cases) {
      const problem = await problemOf(path)
      expect(problem.code, path).toBe(code)
      expect(problem.message.length, path).toBeGreaterThan(20)
      expect(problem.hint.length, path).toBeGreaterThan(20)
    }
    expect((await problemOf(zip, 'Nowhere/Else')).code).toBe('usage')
  })

  test('that is stopped leaves nothing behind', async () => {
    const path = await place(
      'many.xml',
      backupXml(
        Array.from({ length: 20_000 }, (_, id) => [
          'Action',
          { id, issue: 1, type: 'comment', body: 'x'.repeat(500) },
        ]),
      ),
    )
    const before = readdirSync(folder)
    const stop = new AbortController()
    const onProgress = () => stop.abort(new Error('enough'))
    const snapshotPath = join(folder, 'stopped.sqlite')
    await expect(
      readSource({ path, snapshotPath, timeZone: null, signal: stop.signal, onProgress }),
    ).rejects.toThrow('enough')
    expect(readdirSync(folder)).toEqual(before)
  })
})
