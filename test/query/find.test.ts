import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { find } from '../../agent/query/find.ts'
import { findInThread } from '../../agent/query/thread.ts'
import { writeSmallSnapshot } from '../support/small-snapshot.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-find-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const snapshot = join(folder, 'source.sqlite')
const own = 'com.atlassian.jira.plugin.system.customfieldtypes:'

/** 2024-03-15 10:00 in Berlin, a Friday. */
const now = Date.parse('2024-03-15T09:00:00Z')
const issue = (number: number, more: object = {}) => ({
  id: String(100 + number),
  projectId: '1',
  number,
  key: `PAY-${number}`,
  type: '1',
  status: '1',
  created: '2024-03-01 08:00:00.0',
  summary: `Number ${number}`,
  ...more,
})
writeSmallSnapshot(
  snapshot,
  {
    project: [
      { id: '1', key: 'PAY', name: 'Payments', lead: 'ann', categoryId: '7' },
      { id: '2', key: 'OLD', name: 'Archive', archived: 1 },
      { id: '3', key: 'WEB', name: 'Web site' },
    ],
    projectKey: [
      { projectId: '1', key: 'PAY' },
      { projectId: '1', key: 'CASH' },
    ],
    projectCategory: [{ id: '7', name: 'Money' }],
    issueType: [
      { id: '1', name: 'Bug', subtask: 0 },
      { id: '2', name: 'Sub-task', subtask: 1 },
    ],
    status: [
      { id: '1', name: 'Open', category: '2' },
      { id: '2', name: 'Fertig', category: '3' },
    ],
    priority: [
      { id: '1', name: 'High', sequence: 1 },
      { id: '2', name: 'Low', sequence: 2 },
    ],
    resolution: [{ id: '1', name: 'Fixed' }],
    user: [
      { key: 'ann', name: 'Ann', displayName: 'Ann Ö', email: 'ann@x.test' },
      { key: 'JIRAUSER2', name: 'bob', displayName: 'Bob', email: 'bob@x.test' },
    ],
    group: [{ name: 'all' }, { name: 'inner' }],
    membership: [
      { groupName: 'all', childKind: 'group', child: 'inner' },
      { groupName: 'inner', childKind: 'user', child: 'JIRAUSER2' },
    ],
    version: [
      { id: '50', name: '1.0', projectId: '1', released: 1, sequence: 1 },
      { id: '51', name: '2.0', projectId: '1', released: 0, sequence: 2 },
      { id: '52', name: '3.0', projectId: '1', released: 0, sequence: 3, archived: 1 },
    ],
    issue: [
      issue(1, { assignee: 'ann', priority: '1', due: '2024-03-14 00:00:00.0' }),
      issue(2, { assignee: 'JIRAUSER2', status: '2', resolution: '1', priority: '2' }),
      issue(3, {
        created: '2024-03-15 07:30:00.0',
        due: '2024-03-20',
        summary: 'Crème brûlée fails',
      }),
      issue(4, { security: '8', type: '2', description: 'a brulee-like thing, fails100' }),
      issue(5, { archived: 1 }),
      { ...issue(6), projectId: '2', key: 'OLD-6' },
      { ...issue(7), projectId: '3', key: 'WEB-7' },
    ],
    label: [
      { issueId: '101', label: 'red' },
      { issueId: '102', label: 'red' },
      { issueId: '102', label: 'blue' },
      { issueId: '103', label: 'green' },
    ],
    issueVersion: [
      { issueId: '101', versionId: '50', role: 'fix' },
      { issueId: '102', versionId: '51', role: 'fix' },
      { issueId: '103', versionId: '52', role: 'affects' },
    ],
    link: [
      { id: '1', sourceId: '101', destinationId: '104', relation: 'subtask' },
      { id: '2', sourceId: '102', destinationId: '103', relation: 'link' },
    ],
    customField: [
      { id: '10', name: 'Size', type: `${own}select` },
      { id: '11', name: 'Twin', type: `${own}float` },
      { id: '12', name: 'twin', type: `${own}float` },
      { id: '13', name: 'Points', type: `${own}float` },
      { id: '14', name: 'Robot', type: 'com.acme:robot' },
    ],
    fieldOption: [{ id: '90', fieldId: '10', value: 'Big' }],
    fieldValue: [
      { id: '1', issueId: '101', fieldId: '10', stringValue: '90' },
      { id: '2', issueId: '102', fieldId: '13', numberValue: '5.0' },
      { id: '3', issueId: '103', fieldId: '13', numberValue: '13' },
    ],
    securityLevel: [{ id: '8', name: 'Staff' }],
    filter: [
      { id: '70', name: 'Reds', jql: 'labels = red' },
      { id: '71', name: 'Round', jql: 'filter = Square' },
      { id: '72', name: 'Square', jql: 'filter = Round' },
    ],
  },
  { timeZone: 'Europe/Berlin' },
)

const ask = (jql: string) => find({ snapshot, jql, projects: null, site: [], now, most: 100 })
const keys = (jql: string) => {
  const { source, onlySource, why } = ask(jql)
  return source === null ? why.join(' ') : onlySource.join(' ')
}

describe('a JQL over the snapshot', () => {
  test.each([
    ['project = PAY', 'PAY-1 PAY-2 PAY-3 PAY-4'],
    ['project = "web site"', 'WEB-7'],
    ['project in (CASH, 3)', 'PAY-1 PAY-2 PAY-3 PAY-4 WEB-7'],
    ['ORDER BY created DESC', 'PAY-1 PAY-2 PAY-3 PAY-4 WEB-7'],
    ['category = Money AND type = sub-task', 'PAY-4'],
    ['issuetype in subTaskIssueTypes()', 'PAY-4'],
    ['statusCategory = Done or key = pay-1', 'PAY-1 PAY-2'],
    ['resolution = Unresolved and project = PAY and type = Bug', 'PAY-1 PAY-3'],
    ['priority > Low', 'PAY-1'],
    ['priority <= Low', 'PAY-2'],
    ['assignee = "ann ö"', 'PAY-1'],
    ['assignee in membersOf("ALL")', 'PAY-2'],
    ['assignee is EMPTY and project = PAY', 'PAY-3 PAY-4'],
    ['labels = red', 'PAY-1 PAY-2'],
    ['parent = PAY-1', 'PAY-4'],
    ['issue in linkedIssues(PAY-3)', 'PAY-2'],
    ['key >= PAY-3', 'PAY-3 PAY-4'],
    ['project in projectsLeadByUser(ann) and labels is not empty', 'PAY-1 PAY-2 PAY-3'],
    ['level = staff', 'PAY-4'],
    ['Size = Big', 'PAY-1'],
    ['cf[13] >= 5 and Points < 13', 'PAY-2'],
    ['filter = Reds and filter != 70', ''],
    ['fixVersion in releasedVersions(PAY)', 'PAY-1'],
    ['fixVersion in unreleasedVersions()', 'PAY-2'],
    ['fixVersion = latestReleasedVersion(PAY)', 'PAY-1'],
    ['affectedVersion = "3.0"', 'PAY-3'],
  ])('%s', (jql, found) => {
    expect(keys(jql)).toBe(found)
  })

  test.each([
    ['labels != red', 'PAY-3'],
    ['labels not in (green)', 'PAY-1 PAY-2'],
    ['not labels = red', 'PAY-3'],
    ['assignee != ann', 'PAY-2'],
    ['not (assignee = ann or labels is empty)', 'PAY-2'],
    ['not (assignee != ann and labels = red)', 'PAY-1 PAY-3'],
    ['assignee not in (ann, EMPTY)', 'PAY-2'],
    ['assignee in (ann, EMPTY) and project = PAY', 'PAY-1 PAY-3 PAY-4'],
    ['summary !~ fails and description is EMPTY and project = PAY', 'PAY-1 PAY-2'],
  ])('a negation finds no empty field: %s', (jql, found) => {
    expect(keys(jql)).toBe(found)
  })

  test.each([
    ['due < now()', 'PAY-1'],
    ['due <= 5d and due >= "2024/03/15"', 'PAY-3'],
    ['created >= startOfDay()', 'PAY-3'],
    ['created >= startOfDay(-1) and created < startOfDay("+1d")', 'PAY-3'],
    ['created > -3h', 'PAY-3'],
    ['created < "-1w 2d" and project = PAY', 'PAY-1 PAY-2 PAY-4'],
    ['created >= startOfMonth() and created <= endOfMonth() and type = Sub-task', 'PAY-4'],
    ['created = "2024-03-15 07:30"', 'PAY-3'],
  ])('dates count from now, on the clock of the source: %s', (jql, found) => {
    expect(keys(jql)).toBe(found)
  })

  test('words are looked for whole, in any alphabet, and the answer says that this is nearly so', () => {
    expect(keys('text ~ fails')).toBe('PAY-3')
    expect(keys('summary ~ "BRÛLÉE fails"')).toBe('PAY-3')
    expect(keys('text ~ "brul*"')).toBe('PAY-4')
    expect(ask('text ~ fails').why.join()).toContain('approximate')
  })
})

describe('what cannot be told is said, and no number is given', () => {
  test.each([
    ['assignee = currentUser()', 'who asks'],
    ['status was Open', 'history'],
    ['status changed', 'history'],
    ['project = NOPE', 'no project "NOPE"'],
    ['assignee = nobody', 'no user "nobody"'],
    ['Size = Huge', 'no option "Huge"'],
    ['Twin = 3', 'two fields'],
    ['Robot = 3', 'app'],
    ['Ghost = 3', 'no field "Ghost"'],
    ['created > startOfWeek()', 'week'],
    ['created > soon', 'no date'],
    ['issueFunction in hasComments()', 'no field'],
    ['assignee in openSprints()', 'refuse openSprints()'],
    ['filter = Round', 'stands on itself'],
    ['text ~ "+a -b"', 'operators'],
    ['project = PAY AND', 'cannot be read'],
    ['project = PAY)', 'cannot be read'],
    ['<searchrequest/>', 'cannot be read'],
    [`${'('.repeat(5000)}project = PAY${')'.repeat(5000)}`, 'nested'],
    [`${'not '.repeat(5001)}project = PAY and status was Open`, 'history'],
  ])('%s', (jql, why) => {
    const answer = ask(jql)
    expect(answer.source).toBeNull()
    expect(answer.why.join(' ')).toContain(why)
  })
})

test('thousands of clauses are answered or said to be too many, never an error', () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, i) => `key = PAY-${(i % 4) + 1}`).join(' OR ')
  expect(ask(many(3000)).source).toBe(4)
  const huge = ask(many(40_000))
  expect(huge.source === 4 || huge.why.join().includes('too long')).toBe(true)
})

test('what the site finds is set against it, within the projects that moved', async () => {
  const question = {
    snapshot,
    jql: 'type = Bug',
    projects: ['PAY'],
    site: ['PAY-2', 'PAY-10', 'PAY-9', 'NEW-1'],
    now,
    most: 2,
  }
  const answer = await findInThread(question, new AbortController().signal)
  expect(answer).toEqual({
    source: 3,
    elsewhere: 1,
    onlySource: ['PAY-1', 'PAY-3'],
    onlySourceCount: 2,
    onlySite: ['NEW-1', 'PAY-9'],
    onlySiteCount: 3,
    why: [],
  })
})

test('a snapshot that is gone is a problem with a hint, also out of the thread', async () => {
  const question = {
    snapshot: `${snapshot}.gone`,
    jql: '',
    projects: null,
    site: null,
    now,
    most: 1,
  }
  await expect(findInThread(question, new AbortController().signal)).rejects.toMatchObject({
    code: 'snapshot-damaged',
    hint: expect.stringContaining('again'),
  })
  const stopped = AbortSignal.abort(new Error('stopped'))
  await expect(findInThread({ ...question, snapshot }, stopped)).rejects.toThrow('stopped')
})
