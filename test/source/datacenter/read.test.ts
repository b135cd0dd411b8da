import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appsOfSnapshot, marksOf } from '../../../agent/apps/inventory.ts'
import { listRows } from '../../../agent/snapshot/listing.ts'
import type { ListingQuestion, SourceList } from '../../../shared/api-source.ts'
import { must } from '../../../shared/assert.ts'
import { sourceHolder } from '../../../shared/holders.ts'
import type { Table, Tables } from '../../../shared/record.ts'
import { type DataCenter, startDataCenter } from '../../support/data-center/box.ts'
import { type Reading, readBox } from '../../support/data-center/read.ts'
import { hostile } from '../../support/data-center/world.ts'
import { openApiChecker } from '../../support/openapi.ts'

const document = resolve(
  import.meta.dirname,
  '../../../../shared/openapi/jira-data-center-10.3.json',
)

describe('reading a live Data Center', () => {
  let box: DataCenter
  let read: Reading
  const rows = <T extends Table>(table: T): Tables[T][] => [...read.snapshot.rows(table)]
  const issue = (key: string) => must(read.snapshot.issueByKey(key), key)

  beforeAll(async () => {
    // Fewer results an answer than are asked for: the server's own limit counts.
    box = await startDataCenter({ cap: 7 })
    read = await readBox(box)
  })
  afterAll(async () => {
    read?.close()
    await box?.close()
  })

  test('says what it is: its version, its address, and that its times are UTC', () => {
    expect(read.snapshot.info()).toMatchObject({
      sourceKind: 'datacenter',
      version: '9.12.4',
      build: '912004',
      baseUrl: box.url,
      timeZone: 'UTC',
      timeZoneFrom: 'header',
      file: null,
    })
  })

  test('reads every issue that the account sees, once, whatever the pages are like', () => {
    const keys = rows('issue').map((one) => one.key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(65)
    expect(keys).toContain('PAY-4')
    expect(keys).not.toContain('OLD-1')
    expect(read.progress.at(-1)).toBe(65)
    expect(read.snapshot.entityCounts().find(({ entity }) => entity === 'issue')).toMatchObject({
      found: 65,
      stated: 65,
    })
  })

  test('never asks for a page by its number', () => {
    const searches = box.exchanges.filter(({ path }) => path === '/api/2/search')
    expect(searches.length).toBeGreaterThan(10)
    for (const { query } of searches) expect(query.has('startAt')).toBe(false)
    expect(searches.some(({ query }) => query.get('jql')?.includes('id > '))).toBe(true)
  })

  test('writes times as UTC wall clock, days as days, and seconds as they are', () => {
    expect(issue('PAY-2')).toMatchObject({
      created: '2023-02-01 07:00:00.500',
      due: '2023-03-01 00:00:00.0',
      originalEstimate: 7200,
      remainingEstimate: 3600,
      timeSpent: 3600,
      summary: hostile,
      reporter: 'gone',
      assignee: 'JIRAUSER10200',
      creator: 'idle',
    })
  })

  test('has all comments, with nobody as author, and who may see them', () => {
    const found = rows('comment').map(({ id, author, groupLevel, roleLevel }) => [
      ...[id, author, groupLevel, roleLevel],
    ])
    expect(found).toEqual([
      ['301', 'fred', null, null],
      ['302', null, null, null],
      ['303', 'admin', null, '51'],
      ['304', 'gone', 'jira-developers', null],
    ])
  })

  test('has more worklogs than the twenty that an issue shows', () => {
    expect(rows('worklog')).toHaveLength(25)
    expect(rows('worklog')[24]).toMatchObject({ id: '424', seconds: 3600 + 24 * 60 })
  })

  test('has values as a backup has them', () => {
    const of = (fieldId: string) =>
      rows('fieldValue')
        .filter((row) => row.fieldId === fieldId)
        .map(({ parentKey, stringValue, numberValue, dateValue, textValue }) =>
          [parentKey, stringValue, numberValue, dateValue, textValue]
            .map((cell) => cell ?? '-')
            .join(' '),
        )
    expect(of('10001')).toEqual(['- 1 - - -'])
    expect(of('10002')).toEqual(['- 3 - - -', '3 4 - - -'])
    expect(of('10003')).toEqual(['- - 2.5 - -'])
    expect(of('10004')).toEqual(['- - - 2023-02-10 11:00:00.000 -'])
    expect(of('10005')).toEqual(['- - - 2023-02-11 00:00:00.0 -'])
    expect(of('10006')).toEqual(['- - - - Once *upon* a time'])
    expect(of('10007')).toEqual(['- fred - - -'])
    expect(of('10008')).toEqual(['- admin - - -', '- fred - - -'])
    expect(of('10010')).toEqual(['- 7 - - -', '- 8 - - -'])
    expect(of('10011')).toEqual(['- 21 - - -', '- 22 - - -'])
    expect(of('10014')).toEqual(['- {"any":["thing"]} - - -'])
    expect(of('10015')).toEqual(['- - 31 - -'])
    expect(of('10016'), 'what Jira computes is no value').toEqual([])
    expect(
      rows('label')
        .filter((row) => row.fieldId === '10009')
        .map((row) => row.label),
    ).toEqual([...['red', 'green']])
    expect(rows('fieldOption').map(({ id, parentId }) => `${id} ${parentId}`)).toContain('5 3')
  })

  test('links issues once: with their sub-tasks, their epic by its key, and other projects', () => {
    const byId = new Map(rows('issue').map((one) => [one.id, one.key]))
    const links = rows('link').map(
      (one) => `${byId.get(one.sourceId)} ${one.relation} ${byId.get(one.destinationId)}`,
    )
    expect(links.sort()).toEqual([
      ...['OPS-1 link PAY-2', 'PAY-1 epic PAY-2', 'PAY-2 link PAY-5', 'PAY-2 subtask PAY-4'],
    ])
  })

  test('knows who is who, and who is no more', () => {
    const users = new Map(rows('user').map((one) => [one.key, one]))
    expect(users.get('JIRAUSER10200')).toMatchObject({
      name: 'renamed10200',
      deleted: 0,
      active: 1,
    })
    expect(users.get('idle')).toMatchObject({ active: 0, deleted: 0 })
    expect(users.get('gone')).toMatchObject({ active: 0, deleted: 1 })
    expect(rows('membership').map((one) => `${one.groupName} ${one.child}`)).toEqual([
      'jira-administrators admin',
      'jira-developers fred',
      'jira-developers JIRAUSER10200',
      'jira-developers idle',
    ])
    expect(rows('roleActor').filter((one) => one.actorKind === 'user')[0]?.actor).toBe(
      'JIRAUSER10200',
    )
  })

  test('follows filters from boards and from each other, and takes sprints apart by their id', () => {
    expect(rows('filter').map((one) => one.id)).toEqual(['1001', '1002'])
    expect(rows('sprint').map(({ name, state }) => `${state} ${name}`)).toEqual([
      'closed Sprint 1, [the first]',
      'active Sprint 2',
    ])
    expect(rows('board')[0]).toMatchObject({ filterId: '1001', kind: 'scrum' })
    expect(rows('rank')).toHaveLength(2)
  })

  test('knows who may see and do what, who is told, and with whom filters are shared', () => {
    const grants = rows('permissionGrant')
    expect(
      grants.map(({ permission, holder, parameter }) => [permission, holder, parameter]),
    ).toEqual([
      ['BROWSE_PROJECTS', 'group', 'jira-developers'],
      ['CREATE_ISSUES', 'projectRole', '52'],
      ['ADMINISTER_PROJECTS', 'user', 'fred'],
      ['BROWSE_PROJECTS', 'anyone', null],
    ])
    expect(grants.map((row) => sourceHolder(row).type)).toEqual([
      ...['group', 'projectRole', 'user', 'anyone'],
    ])
    expect(
      rows('projectScheme').map((one) => `${one.projectId} ${one.kind} ${one.schemeId}`),
    ).toEqual(expect.arrayContaining(['10 permission 0', '10 security 81', '10 notification 83']))
    expect(rows('securityLevel')[0]).toMatchObject({ id: '82', schemeId: '81' })
    expect(rows('notification').map(({ holder, parameter }) => [holder, parameter])).toEqual([
      ['Current_Assignee', null],
      ['Single_User', 'JIRAUSER10200'],
    ])
    expect(rows('eventType')[0]).toMatchObject({ id: '1', system: 1 })
    expect(
      rows('share').map(({ entityId, type, first, edit }) => [entityId, type, first, edit]),
    ).toEqual([
      ['1001', 'group', 'jira-developers', 1],
      ['1001', 'loggedin', null, 0],
    ])
  })

  test('has what apps keep on projects', () => {
    expect(
      rows('property').map(({ entity, entityId, key, value }) => [entity, entityId, key, value]),
    ).toEqual([['ProjectProperty', '10', 'acme.flag', '{"on":true}']])
  })

  test('lists what each number of an app counts', () => {
    const apps = appsOfSnapshot(read.path)
    const own = must(
      apps.find(({ key }) => key === 'acme.flag' || key === 'acme'),
      'the app of the flag',
    )
    for (const app of apps) {
      const marks = marksOf(app)
      const count = (table: SourceList, more: Partial<ListingQuestion> = {}) =>
        listRows(read.path, { table, marks, after: 0, limit: 10_000, ...more }).length
      const { trace } = app
      // Tables and workflows are in no answer of a live source: nothing is counted that could not be listed.
      expect([trace.tables, trace.workflows]).toEqual([[], []])
      expect([count('issue'), count('project')]).toEqual([trace.issues, trace.projects])
      expect([count('customField'), count('filter')]).toEqual([trace.fields.length, trace.filters])
      for (const { entity, count: n } of trace.properties)
        expect(count('property', { entity })).toBe(n)
    }
    expect(own.trace.properties).toEqual([{ entity: 'ProjectProperty', count: 1 }])
  })

  test('says what it cannot read, before anything is moved', () => {
    const notes = new Map(read.snapshot.notes().map((note) => [note.code, note]))
    expect(notes.get('archived-projects')?.items).toBe(1)
    for (const code of ['workflows', 'filters', 'hidden', 'apps'])
      expect(notes.get(`not-by-rest-${code}`)?.text.length).toBeGreaterThan(20)
  })

  test('sends the token to the source alone, and nothing but questions', () => {
    expect(box.asked.length).toBeGreaterThan(100)
    expect(box.asked.every(({ authorized }) => authorized)).toBe(true)
    expect(box.exchanges.every(({ method }) => method === 'GET')).toBe(true)
  })

  test.runIf(existsSync(document))('asks and is answered as the published document has it', () => {
    const checker = openApiChecker(document)
    const known = [
      // It has the group's name as a part of a path that has no place for one.
      /query (groupname|orderBy) is not documented/,
      // Real answers say null for what was or became nothing.
      /changelog.*(from|fromString|to|toString) must be string/,
      /\/fields\/\w+ must be object/,
      // Jira's own examples are a list, and the value itself.
      /properties.*\/value must be string/,
      /notificationSchemeEvents must be object/,
      // Versions have days, as recordings of real servers show.
      /(releaseDate|startDate) must match format/,
    ]
    // This version has no list of users yet. Of a list the document describes one element.
    const faults = box.exchanges
      .filter(({ path }) => path !== '/api/2/user/list')
      .flatMap(({ responseBody, ...exchange }) =>
        (Array.isArray(responseBody) ? responseBody : [responseBody]).flatMap((one) =>
          checker.check({ ...exchange, responseBody: one }),
        ),
      )
      .filter((fault) => !known.some((pattern) => pattern.test(fault)))
    expect([...new Set(faults)]).toEqual([])
  })
})
