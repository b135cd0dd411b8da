import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { allChecks } from '../../../agent/plan/checks/all.ts'
import { must } from '../../../shared/assert.ts'
import { Problem } from '../../../shared/problem.ts'
import { ScopeOptions } from '../../../shared/setup.ts'
import { askChecks } from '../../support/ask-checks.ts'
import { attachment, comment, issue, project, user } from '../../support/plan-source.ts'

const subjects = (one: { list: { subject: string }[] }) => one.list.map((each) => each.subject)
const field = (id: string, name: string, type: string) => ({
  id,
  name,
  type: `com.atlassian.jira.plugin.system.customfieldtypes:${type}`,
  description: null,
  searcher: null,
})

const value = (id: string, issueKey: string, textValue: string) => ({
  ...{ id, issueId: `i-${issueKey}`, fieldId: '1', parentKey: null, textValue },
  ...{ stringValue: null, numberValue: null, dateValue: null },
})

describe('all checks', () => {
  test('have keys of their own and answer every time, also about an empty source', async () => {
    const keys = allChecks.map((check) => check.key)
    expect(new Set(keys).size).toBe(keys.length)
    const empty = { user: [], project: [], issueType: [], status: [], priority: [], linkType: [] }
    const asked = await askChecks(empty, { files: async function* () {} })
    expect(keys.filter((key) => asked(key).status === 'incomplete')).toEqual([])
    expect(keys.map((key) => asked(key).status)).not.toContain('error')
  })

  test('are incomplete, not wrong, where they break or the site does not answer', async () => {
    const problem = { code: 'site-unreachable', sentence: 'Away.', hint: 'Wait.', again: true }
    const asked = await askChecks({}, { site: { facts: null, problem } })
    expect(asked('site-reachable')).toMatchObject({ status: 'incomplete', hint: 'Wait.' })
    expect(asked('project-taken').status).toBe('incomplete')
    expect(asked('disk').status).toBe('success')
  })

  test('say no error of which a warning was said to be the worst', async () => {
    const loud = {
      ...must(
        allChecks.find((check) => check.key === 'scope'),
        'There is one for the scope.',
      ),
      say: () => ({ status: 'error' as const, sentence: 'Stop.', hint: '' }),
    }
    const asked = await askChecks({}, { checks: [loud] })
    expect(asked('scope')).toMatchObject({ status: 'incomplete' })
    expect(asked('scope').sentence).toContain('a warning is its worst')
    const broken = {
      key: 'broken',
      group: 'system' as const,
      title: 'Broken',
      worst: 'warning' as const,
      canOverride: false,
      needsSite: false,
      watch: () => {
        throw new Problem('unexpected', 'It broke.', { hint: '' })
      },
      say: () => ({ status: 'success' as const, sentence: '', hint: '' }),
    }
    const alone = await askChecks({}, { checks: [broken] })
    expect(alone('broken')).toMatchObject({ status: 'incomplete', offenders: 0 })
  })
})

describe('what blocks a run', () => {
  test('is a disk without room, and only a warning where it is merely tight', async () => {
    const agent = { freeDisk: 10, neededDisk: 20, memory: 8e9, folder: '/agent' }
    expect((await askChecks({}, { agent }))('disk').status).toBe('error')
    const tight = { ...agent, freeDisk: 30 }
    expect((await askChecks({}, { agent: tight }))('disk').status).toBe('warning')
  })

  test('is a token that is refused, or that may not administer the site', async () => {
    const problem = { code: 'site-token-refused', sentence: 'No.', hint: 'Renew.', again: false }
    const refused = await askChecks({}, { site: { facts: null, problem } })
    expect(refused('site-reachable').status).toBe('error')
    const missing = await askChecks({}, { extra: { permissions: { ADMINISTER: false } } })
    expect(missing('token-permissions').status).toBe('error')
    const few = await askChecks({}, { extra: { permissions: { MODIFY_REPORTER: false } } })
    expect(few('token-permissions')).toMatchObject({
      status: 'warning',
      list: [
        {
          subject: 'Modify reporter',
          detail:
            'Needed for setting the reporter. Without it this account becomes the reporter of every issue.',
        },
      ],
    })
    const all = await askChecks({})
    expect(all('token-permissions')).toMatchObject({ status: 'success', offenders: 0 })
    // On a new site every permission in projects reads as missing, and nobody can give it there.
    const projectOnes = { MODIFY_REPORTER: false, BROWSE_PROJECTS: false }
    const fresh = { projects: 0, permissions: projectOnes }
    const untold = (await askChecks({}, { extra: fresh }))('token-permissions')
    expect(untold).toMatchObject({ status: 'warning', offenders: 0 })
    expect(untold.sentence).toContain('cannot be told before the site has one')
    const picker = { projects: 0, permissions: { ...projectOnes, USER_PICKER: false } }
    expect((await askChecks({}, { extra: picker }))('token-permissions').list).toMatchObject([
      { subject: 'Browse users and groups' },
    ])
  })

  test('is a project whose key or name the site has', async () => {
    const facts = { projects: [{ id: '1', key: 'OTHER', name: 'the pay project' }] }
    const asked = await askChecks({}, { facts })
    expect(asked('project-taken')).toMatchObject({ status: 'error', offenders: 1 })
    expect(asked('project-taken').list[0]?.detail).toContain('OTHER')
  })
})

describe('people', () => {
  test('without, with an impossible and with a shared address are named, deleted ones are not', async () => {
    const people = [
      user('fred'),
      user('fritz', { email: ' FRED@example.com ' }),
      user('none', { email: '' }),
      user('bad', { email: 'bad at example' }),
      user('gone', { email: null, deleted: 1 }),
    ]
    const asked = await askChecks({ user: people })
    expect(subjects(asked('people-without-address'))).toEqual(['None'])
    expect(subjects(asked('people-invalid-address'))).toEqual(['Bad'])
    expect(subjects(asked('people-duplicate-address'))).toEqual(['Fred', 'Fritz'])
    expect(subjects(asked('people-without-account'))).toEqual(['Bad'])
  })

  test('who would gain access by a group of the same name are counted', async () => {
    const rows = {
      group: [{ name: 'Staff', description: null, active: 1 as const }],
      membership: [{ groupName: 'Staff', childKind: 'user' as const, child: 'fred' }],
    }
    const asked = await askChecks(rows, { facts: { groups: ['staff'] } })
    expect(asked('groups-merge').list).toMatchObject([{ subject: 'Staff' }])
    expect(asked('groups-merge').list[0]?.detail).toMatch(/^1 member /)
  })
})

describe('issues and files', () => {
  test('with long texts are named with their length', async () => {
    const long = 'x'.repeat(32_768)
    const asked = await askChecks({
      issue: [issue('PAY-1', { description: long }), issue('PAY-2')],
      comment: [comment('1', 'PAY-2', { body: `${long}y` }), comment('2', 'PAY-2')],
      customField: [field('1', 'Story', 'textarea')],
      fieldValue: [value('1', 'PAY-2', 'x'.repeat(45_000))],
    })
    const of = (what: string, n: string) =>
      expect.stringContaining(`The ${what} has ${n} characters, more than the site takes`)
    expect(asked('long-texts').list).toEqual([
      {
        subject: 'PAY-1 Summary of PAY-1',
        projectKey: 'PAY',
        detail: of('description', '32,768'),
      },
      { subject: 'Story of PAY-2', projectKey: 'PAY', detail: of('Story', '45,000') },
      {
        subject: expect.stringMatching(/^Comment by .* on PAY-2$/),
        projectKey: 'PAY',
        detail: of('comment', '32,769'),
      },
    ])
    const short = await askChecks({ issue: [issue('PAY-1', { description: 'x' })] })
    expect(short('long-texts')).toMatchObject({ status: 'success', offenders: 0 })
  })

  test('with more comments than the site takes are named', async () => {
    const many = Array.from({ length: 5_001 }, (_, i) => comment(String(i), 'PAY-1'))
    const asked = await askChecks({ issue: [issue('PAY-1')], comment: many })
    expect(subjects(asked('crowded-issues'))).toEqual(['PAY-1'])
  })

  test('are one issue each, whatever they have too much of, and files that stay behind crowd none', async () => {
    const comments = Array.from({ length: 5_001 }, (_, i) => comment(String(i), 'PAY-1'))
    const files = Array.from({ length: 2_001 }, (_, i) => attachment(String(i), 'PAY-1'))
    const rows = { issue: [issue('PAY-1')], comment: comments, attachment: files }
    const [both] = (await askChecks(rows))('crowded-issues').list
    expect(both?.detail).toBe(
      '5,001 comments; the site takes 5,000. 2,001 files; the site takes 2,000.',
    )
    expect(both?.counts?.map(({ words }) => words)).toEqual(['5,001 comments', '2,001 files'])
    const { projects, ...all } = v.parse(ScopeOptions, {})
    const scope = { ...all, attachments: 'without' as const }
    const options = { projects, timeZone: null, findFile: null, scope }
    const without = await askChecks(rows, { options, facts: { uploadLimit: 0 } })
    expect(without('crowded-issues').list[0]?.detail).toBe('5,001 comments; the site takes 5,000.')
    expect(without('site-limits')).toMatchObject({ status: 'success', offenders: 0 })
  })

  test('a folder without a file of an attachment was not looked at, and is not called fine', async () => {
    const rows = { issue: [issue('PAY-1')], attachment: [attachment('10', 'PAY-1')] }
    const asked = await askChecks(rows, { files: async function* () {} })
    expect(asked('files-without-rows')).toMatchObject({ status: 'incomplete', offenders: 0 })
  })

  test('a status that is not in the source dangles, a priority that was never set does not', async () => {
    const rows = { issue: [issue('PAY-1', { status: '99' }), issue('PAY-2', { priority: null })] }
    expect(subjects(await askChecks(rows).then((asked) => asked('dangling')))).toEqual([
      'PAY-1 Summary of PAY-1',
    ])
  })

  test('files without rows and rows without files are told apart, also under an old key', async () => {
    const rows = {
      project: [project('PAY', { originalKey: 'OLD' })],
      issue: [issue('PAY-1')],
      attachment: [attachment('10', 'PAY-1'), attachment('11', 'PAY-1')],
    }
    async function* files() {
      yield { path: '/f/OLD/OLD-1/10', issueFolder: 'OLD-1', attachmentId: '10' }
      yield { path: '/f/OLD/OLD-1/77', issueFolder: 'OLD-1', attachmentId: '77' }
      yield { path: '/f/OLD/OLD-9/78', issueFolder: 'OLD-9', attachmentId: '78' }
    }
    const findFile = (row: { attachmentId: string }) =>
      row.attachmentId === '10' ? { path: '/f/OLD/OLD-1/10', size: 5_000 } : null
    const options = { projects: null, timeZone: null, findFile }
    const asked = await askChecks(rows, { files, options })
    expect(subjects(asked('files-without-rows'))).toEqual(['/f/OLD/OLD-1/77', '/f/OLD/OLD-9/78'])
    expect(asked('files-without-rows').rows('looked')).toHaveLength(3)
    expect(asked('files-missing')).toMatchObject({ status: 'warning', offenders: 1 })
    expect(asked('files-too-large')).toMatchObject({ status: 'warning', offenders: 1 })
  })
})

describe('the source itself', () => {
  test('is old once a live source was read days ago', async () => {
    const now = 30 * 86_400_000
    const status = async (info: object, at?: number) =>
      (await askChecks({}, { info, ...(at === undefined ? {} : { now: at }) }))('read-age')
    const live = { sourceKind: 'datacenter', exportedAt: now - 12 * 86_400_000 }
    expect(await status(live, now)).toMatchObject({
      status: 'warning',
      sentence: 'Jira was read 12 days ago; what changed in it since is not in the plan.',
    })
    expect((await status({ ...live, exportedAt: now - 3_600_000 }, now)).status).toBe('success')
    expect((await status({ ...live, sourceKind: 'backup' }, now)).status).toBe('success')
  })

  test('is compared with the versions that were tested', async () => {
    const status = async (
      version: string | null,
      build: string | null,
      sourceKind: 'backup' | 'datacenter' = 'backup',
    ) => (await askChecks({}, { info: { version, build, sourceKind } }))('source-version').status
    expect(await status('8.22.1', '822001')).toBe('success')
    expect(await status('3.13.5', '360')).toBe('success')
    expect(await status('2.6', null)).toBe('warning')
    expect(await status('9.12.0', '912000')).toBe('warning')
    expect(await status('8.4.0', '999999999')).toBe('warning')
    expect(await status(null, null)).toBe('warning')
    // Of live servers, answers of 4 to 7 were read; a backup of 8 says nothing about them.
    expect(await status('7.0.0', '70000', 'datacenter')).toBe('success')
    expect(await status('8.22.1', '822001', 'datacenter')).toBe('warning')
    expect(await status('10.3.0', '10030000', 'datacenter')).toBe('warning')
  })

  test('warns where nothing tells its time zone, and not once somebody has said it', async () => {
    const info = { timeZoneFrom: 'assumed' as const }
    expect((await askChecks({}, { info }))('time-zone').status).toBe('warning')
    const options = { projects: null, timeZone: 'Europe/Berlin', findFile: null }
    expect((await askChecks({}, { info, options }))('time-zone').status).toBe('success')
  })

  test('has fields that share a name, and fields that apps brought', async () => {
    const customField = [
      field('1', 'Team', 'select'),
      field('2', 'team', 'textfield'),
      { ...field('3', 'Map', ''), type: 'com.vendor.maps:pin' },
    ]
    const asked = await askChecks({ customField })
    expect(subjects(asked('duplicate-fields'))).toEqual(['Team', 'team'])
    expect(subjects(asked('app-fields'))).toEqual(['Map'])
    expect(asked('field-types').offenders).toBe(0)
    const software = { ...field('4', 'Rank', ''), type: 'com.pyxis.greenhopper.jira:gh-lexo-rank' }
    const built = await askChecks({ customField: [software] })
    expect(built('app-fields')).toMatchObject({ status: 'success', offenders: 0 })
    expect(built('field-types')).toMatchObject({ status: 'success', offenders: 0 })
  })

  test('has apps that keep values but no tables, and says so without denying it', async () => {
    const app = (key: string) => ({ key, name: key, holds: 'Values.', decision: 'needed' as const })
    const one = await askChecks({}, { apps: [app('a')] })
    expect(one('apps-undecided').sentence).toBe('It is decided about the one app with data.')
    expect(one('app-data').sentence).toMatch(/No app keeps tables .* 1 app keeps values in fields/)
    const two = await askChecks({}, { apps: [app('a'), app('b')] })
    expect(two('apps-undecided').sentence).toBe('It is decided about all 2 apps with data.')
    expect((await askChecks({}))('app-data').sentence).not.toContain('values')
  })
})
