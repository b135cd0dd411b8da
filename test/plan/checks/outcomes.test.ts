import { describe, expect, test } from 'vitest'
import { memoryOf } from '../../../agent/check-facts.ts'
import { askChecks } from '../../support/ask-checks.ts'
import { memorySnapshot, type Rows } from '../../support/memory-snapshot.ts'
import { attachment, comment, frame, issue, project, worklog } from '../../support/plan-source.ts'

/** What one check says about a source. */
const ask = async (key: string, rows: Rows = {}, more: Parameters<typeof askChecks>[1] = {}) =>
  (await askChecks(rows, more))(key)
const subjects = (one: { list: { subject: string }[] }) => one.list.map(({ subject }) => subject)
const details = (one: { list: { detail: string }[] }) => one.list.map(({ detail }) => detail)
const options = { projects: null, timeZone: null, findFile: null }

describe('memory', () => {
  const agent = { freeDisk: 1e12, neededDisk: 1, memory: 8 * 1024 ** 3, folder: '/agent' }

  test('is enough, or a warning', async () => {
    expect(await ask('memory', {}, { agent })).toMatchObject({
      status: 'success',
      sentence: 'The agent may use 8 GB of memory.',
    })
    const small = { ...agent, memory: 512 * 1024 ** 2 }
    expect((await ask('memory', {}, { agent: small })).status).toBe('warning')
  })

  test('is what a container may use, where it may not use all of the machine', () => {
    expect(memoryOf(512, 8_000)).toBe(512)
    for (const none of [undefined, 0, 2 ** 63]) expect(memoryOf(none, 8_000)).toBe(8_000)
  })
})

describe('site-limits', () => {
  const select = (id: string, name = `Field ${id}`) => ({
    ...{ id, name, description: null, searcher: null },
    type: 'com.atlassian.jira.plugin.system.customfieldtypes:select',
  })
  const many = <T>(n: number, make: (i: number) => T) =>
    Array.from({ length: n }, (_, i) => make(i))

  test('are kept by a small source', async () => {
    expect(await ask('site-limits', { customField: [select('1')] })).toMatchObject({
      status: 'success',
      offenders: 0,
    })
  })

  test('of issue types are those of each project, not of the whole source', async () => {
    const issueType = many(160, (i) => ({
      ...{ id: String(i + 1), name: `Type ${i}`, description: null, sequence: i },
      subtask: 0 as const,
    }))
    // An empty project is given every type; one with issues those that they have.
    const rows = { project: [project('PAY'), project('NEW')], issue: [issue('PAY-1')], issueType }
    const asked = await ask('site-limits', rows)
    expect(asked.list).toMatchObject([
      {
        subject: 'NEW',
        projectKey: 'NEW',
        detail: '160 issue types; a project on the site takes 150.',
      },
    ])
  })

  test('of fields count what the site has, and what comes to a project', async () => {
    const there = many(690, (i) => ({ id: `customfield_${i}`, name: `There ${i}` }))
    const fields = [...there, { id: 'summary', name: 'Summary' }]
    const customField = [select('1', 'There 5'), ...many(10, (i) => select(`9${i}`))]
    const rows = { project: [project('PAY')], issue: [issue('PAY-1')], customField }
    const asked = await ask('site-limits', rows, { extra: { fields } })
    expect(asked).toMatchObject({ status: 'success' })
    const over = await ask(
      'site-limits',
      { ...rows, customField: [...customField, select('100')] },
      { extra: { fields } },
    )
    expect(over.status).toBe('warning')
    expect(details(over)).toEqual([
      '701 custom fields: 11 new, 690 on the site already; a project on the site takes 700.',
    ])
  })

  test('of options are a case of their own, and no unknown kind of field', async () => {
    const fieldOption = many(10_001, (i) => ({
      ...{ id: String(i), fieldId: '1', configId: '1', parentId: null, sequence: i },
      ...{ value: `Option ${i}`, disabled: 0 as const },
    }))
    const asked = await askChecks({ customField: [select('1')], fieldOption })
    expect(details(asked('site-limits'))).toEqual(['The site takes 10000 options, it has 10001.'])
    expect(asked('field-types').offenders).toBe(0)
  })

  test('are passed by any file where the site takes none', async () => {
    const rows = { issue: [issue('PAY-1')], attachment: [attachment('1', 'PAY-1')] }
    const asked = await ask('site-limits', rows, { facts: { uploadLimit: 0 } })
    expect(subjects(asked)).toEqual(['PAY'])
    expect(asked.list[0]?.counts).toEqual([
      { at: 'source', words: '1 file', list: 'attachment', project: 'PAY' },
    ])
  })
})

test('project-key: one that the site does not take blocks, all others are fine', async () => {
  expect((await ask('project-key', { project: [project('PAY')] })).status).toBe('success')
  const asked = await ask('project-key', { project: [project('PAY'), project('TOO_LONG')] })
  expect(asked).toMatchObject({ status: 'error', offenders: 1 })
  expect(asked.list[0]?.projectKey).toBe('TOO_LONG')
})

describe('names that the whole site shares', () => {
  const named = (id: string, name: string) => ({ id, name, description: null })
  const cases: [string, Rows, object, Rows, string][] = [
    [
      'issue-types',
      { issueType: [{ ...named('1', 'Bug'), subtask: 0, sequence: 1 }] },
      { issueTypes: [{ ...named('9', 'Bug'), subtask: false }] },
      { issueType: [{ ...named('1', 'x'.repeat(70)), subtask: 0, sequence: 1 }] },
      'issue type',
    ],
    [
      'statuses',
      { status: [{ ...named('1', 'Open'), category: '2', sequence: 1 }] },
      { statuses: [{ id: '9', name: 'Open', category: 'TODO' }] },
      { status: [{ ...named('1', 'x'.repeat(70)), category: '2', sequence: 1 }] },
      'status',
    ],
    [
      'priorities',
      { priority: [{ ...named('3', 'Major'), color: null, sequence: 1 }] },
      { priorities: [named('9', 'Major')] },
      { priority: [{ ...named('3', 'x'.repeat(70)), color: null, sequence: 1 }] },
      'priority',
    ],
    [
      'resolutions',
      { resolution: [{ ...named('1', 'Fixed'), sequence: 1 }] },
      { resolutions: [named('9', 'Fixed')] },
      { resolution: [{ ...named('1', 'x'.repeat(70)), sequence: 1 }] },
      'resolution',
    ],
    [
      'link-types',
      { linkType: [{ id: '1', name: 'Blocks', inward: 'a', outward: 'b', style: null }] },
      { linkTypes: [{ id: '9', name: 'Blocks', inward: 'a', outward: 'b' }] },
      {
        linkType: [{ id: '1', name: 'x'.repeat(300), inward: 'a', outward: 'b', style: null }],
      },
      'link type',
    ],
  ]
  test.each(cases)('%s', async (key, rows, facts, long, one) => {
    const none = { issueTypes: [], statuses: [], priorities: [], resolutions: [], linkTypes: [] }
    const fresh = await ask(key, rows, { facts: none })
    expect(fresh).toMatchObject({ status: 'success', sentence: `1 ${one} is new on the site.` })
    const reused = await ask(key, rows, { facts: { ...none, ...facts } })
    expect(reused.sentence).toBe(`1 ${one} is on the site already and used.`)
    const cut = await ask(key, long, { facts: none })
    expect(cut).toMatchObject({ status: 'warning', offenders: 1 })
    expect(cut.sentence).toContain('1 name is changed.')
    const [table] = Object.keys(rows)
    const without = await ask(key, { [table as 'status']: [] })
    expect(without.sentence).toMatch(/^No .* are needed by what moves\.$/)
  })

  test('that are there in part are counted apart', async () => {
    const status = ['Open', 'Closed', 'Blocked'].map((name, i) => ({
      ...named(String(i + 1), name),
      ...{ category: '2', sequence: i },
    }))
    const statuses = [{ id: '9', name: 'open', category: 'TODO' }]
    const asked = await ask('statuses', { status }, { facts: { statuses } })
    expect(asked.sentence).toContain('1 status is on the site already and used, 2 are new.')
    expect(asked.lists?.map(({ title }) => title)).toEqual([
      '1 status is on the site already and is used',
      '2 statuses are new on the site',
    ])
    expect(asked.rows('used')).toMatchObject([
      { subject: 'Open', detail: 'The site has "open" already; what moves uses it.' },
    ])
    expect(asked.rows('new').map(({ subject }) => subject)).toEqual(['Closed', 'Blocked'])
  })
})

test('stopped-names: a name of the site blocks where a person chose to stop at it', async () => {
  const statuses = [{ id: '9', name: 'Open', category: 'TODO' }]
  const rows = { project: [project('PAY')], issue: [issue('PAY-1')] }
  const stop = { ...options, collisions: { status: 'stop' } as never }
  const asked = await ask('stopped-names', rows, { facts: { statuses }, options: stop })
  expect(asked.status).toBe('error')
  expect(subjects(asked)).toEqual(['Open', 'PAY The PAY project'])
  const reuse = await ask('stopped-names', rows, { facts: { statuses } })
  expect(reuse).toMatchObject({ status: 'success', offenders: 0 })
})

describe('what only some people may see', () => {
  const rows = {
    issue: [issue('PAY-1')],
    comment: [comment('1', 'PAY-1', { groupLevel: 'staff' }), comment('2', 'PAY-1')],
    worklog: [worklog('3', 'PAY-1', { groupLevel: 'staff' })],
  }

  test('restricted: names comments and work logs whose group the site does not have', async () => {
    const asked = await ask('restricted', rows)
    expect(asked).toMatchObject({ status: 'warning', offenders: 2 })
    const there = await ask('restricted', rows, { facts: { groups: ['Staff'] } })
    expect(there).toMatchObject({ status: 'success', offenders: 0 })
  })

  test('secret-issues: blocks where an issue would lose its level, and warns of it in a rehearsal', async () => {
    const secret = { issue: [issue('PAY-1', { security: '10' }), issue('PAY-2')] }
    const asked = await ask('secret-issues', secret)
    expect(asked).toMatchObject({ status: 'error', offenders: 1 })
    expect(asked.list[0]).toMatchObject({ projectKey: 'PAY', subject: 'PAY-1 Summary of PAY-1' })
    const practice = await ask('secret-issues', secret, { siteKind: 'practice' })
    expect(practice).toMatchObject({ status: 'warning', offenders: 1 })
    expect(await ask('secret-issues', { issue: [issue('PAY-2')] })).toMatchObject({
      status: 'success',
    })
    expect((await ask('restricted', secret)).offenders).toBe(0)
  })
})

test('scope: a chosen project that the source does not have is named', async () => {
  const rows = { project: [project('PAY')] }
  const of = (...projects: string[]) => ask('scope', rows, { options: { ...options, projects } })
  expect(await of('PAY')).toMatchObject({ status: 'success' })
  const asked = await of('PAY', 'PYA')
  expect(asked.status).toBe('warning')
  expect(subjects(asked)).toEqual(['PYA'])
})

test("app-data: tables of apps are counted by app, Jira Software's own are none", async () => {
  const table = (entity: string, found: number) =>
    ({ entity, found, stated: found, treatment: 'counted' }) as const
  const ofTables = (...tables: ReturnType<typeof table>[]) => ({
    snapshot: { ...memorySnapshot(frame()), entityCounts: () => tables },
  })
  const none = await ask('app-data', {}, ofTables(table('AO_60DB71_SPRINT', 5), table('Issue', 1)))
  expect(none).toMatchObject({ status: 'success', offenders: 0 })
  const some = ofTables(table('AO_AAAAAA_ONE', 2), table('AO_AAAAAA_TWO', 1_000))
  const asked = await ask('app-data', {}, some)
  expect(asked.sentence).toContain('1 app keeps tables of its own')
  expect(asked.list).toMatchObject([
    { subject: 'AO_AAAAAA', detail: '2 tables with 1,002 rows.', counts: [{ words: '2 tables' }] },
  ])
})

describe('files', () => {
  const rows = {
    issue: [issue('PAY-1')],
    attachment: [attachment('10', 'PAY-1'), attachment('11', 'PAY-1')],
  }

  test('that are missing are counted among those that are to move, in whole sentences', async () => {
    const findFile = ({ attachmentId }: { attachmentId: string }) =>
      attachmentId === '10' ? { path: '/f/10', size: 5_000 } : null
    const asked = await ask('files-missing', rows, { options: { ...options, findFile } })
    expect(asked.sentence).toBe('1 of 2 attachments has no file in the folder; it is left out.')
    const without = await ask('files-missing', rows)
    expect(without).toMatchObject({ status: 'warning' })
    expect(without.sentence).toContain('no folder with files was given')
    const other = { project: [project('PAY'), project('OPS')], ...rows }
    const ops = await ask('files-missing', other, { options: { ...options, projects: ['OPS'] } })
    expect(ops.sentence).toBe('The source has no attachments that are to move.')
  })
})
