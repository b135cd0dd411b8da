import { describe, expect, test } from 'vitest'
import { readJql } from '../../agent/plan/jql.ts'
import type { SprintRow } from '../../shared/rows.ts'
import type { Rows } from '../support/memory-snapshot.ts'
import {
  codes,
  issue,
  ofKind,
  one,
  plan,
  project,
  site,
  siteFilter,
  type,
} from '../support/plan-source.ts'

const filter = (id: string, jql: string | null, name = `Filter ${id}`) => ({
  id,
  name,
  owner: 'fred',
  jql,
  description: null,
})
const board = (id: string, filterId: string, kind: 'scrum' | 'kanban' = 'scrum') => ({
  id,
  name: `Board ${id}`,
  owner: 'fred',
  filterId,
  kind,
})
const day = 86_400_000
const sprint = (id: string, state: SprintRow['state'], own: Partial<SprintRow> = {}) => ({
  id,
  name: `Sprint ${id}`,
  goal: null,
  boardId: '1',
  state,
  start: state === 'future' ? null : Number(id) * day,
  end: state === 'future' ? null : Number(id) * day + day,
  complete: state === 'closed' ? Number(id) * day + day : null,
  ...own,
})
const inSprint = (id: string, key: string, sprintId: string) => ({
  id,
  issueId: `i-${key}`,
  fieldId: '10004',
  parentKey: null,
  stringValue: sprintId,
  numberValue: null,
  dateValue: null,
  textValue: null,
})
const sprintField = {
  id: '10004',
  name: 'Sprint',
  description: null,
  type: 'com.pyxis.greenhopper.jira:gh-sprint',
  searcher: null,
}
const jqlOf = async (jql: string, rows: Rows = {}) => {
  const item = one(
    await plan({ issue: [issue('PAY-1')], ...rows, filter: [filter('9', jql)] }),
    'filter',
    '9',
  )
  return item.leftOut?.code ?? item.promise.jql
}

describe('a filter', () => {
  test.each([
    ['project = PAY AND status = Open ORDER BY Rank ASC', null],
    ['project = "The PAY project" and (labels = x or labels is EMPTY)', null],
    ['project = p-PAY', 'project = PAY'],
    ['assignee in (fred, currentUser())', 'assignee in (a-fred, currentUser())'],
    ['status = 1 AND type = "Bug"', 'status = Open AND type = "Bug"'],
    ['key = i-PAY-1', 'key = PAY-1'],
    ['"Epic Link" = PAY-1', 'parent = PAY-1'],
    ['text ~ "fred" and summary !~ x', null],
    [
      'NOT (created >= -7d) && status was "Open" by fred',
      'NOT (created >= -7d) && status was "Open" by a-fred',
    ],
    ['sprint in openSprints()', null],
    ['', null],
  ])('finds on the site what it found: %s', async (jql, expected) => {
    expect(await jqlOf(jql)).toBe(expected ?? jql)
  })

  test.each([
    ['project = GONE', 'jql-names-what-stays'],
    ['assignee = mary', 'jql-names-what-stays'],
    ['status = Gone', 'jql-names-what-stays'],
    ['key = PAY-7', 'jql-names-what-stays'],
    ['filter = 77', 'jql-names-what-stays'],
    ['filter = 9', 'jql-names-what-stays'],
    ['assignee in membersOf(nobodies)', 'jql-names-what-stays'],
    ['sprint = 4', 'jql-sprint'],
    ['issueFunction in linkedIssuesOf("x")', 'jql-field'],
    ['key in portfolioChildIssuesOf("x")', 'jql-function'],
    ['colour = red', 'jql-field'],
    ['project = PAY AND (', 'jql-unreadable'],
    ['project PAY', 'jql-unreadable'],
    ['<query/>', 'filter-xml'],
  ])('is left out before the run where the site would refuse it: %s', async (jql, code) => {
    expect(await jqlOf(jql)).toBe(code)
  })

  test('asks for custom fields and other filters by what they become', async () => {
    const customField = [
      {
        id: '10001',
        name: 'Risk',
        description: null,
        type: 'com.atlassian.jira.plugin.system.customfieldtypes:float',
        searcher: null,
      },
    ]
    const items = await plan({
      issue: [issue('PAY-1')],
      customField,
      filter: [
        filter('1', 'filter = "Filter 2" AND Risk > 3 AND cf[10001] < 9'),
        filter('2', 'project = PAY'),
      ],
    })
    expect(one(items, 'filter', '1').promise.jql).toBe(
      'filter = {{filter:2}} AND cf[{{customField:10001}}] > 3 AND cf[{{customField:10001}}] < 9',
    )
    // The one that is asked for is made first.
    expect(ofKind(items, 'filter').map((item) => item.sourceId)).toEqual(['2', '1'])
  })

  test('takes over no filter of the site unasked, and says who owned it and that nobody else sees it', async () => {
    const rows = {
      filter: [
        { ...filter('1', 'project = PAY', 'Mine'), owner: 'mary' },
        filter('2', 'project = PAY', 'mine'),
      ],
    }
    const [first, second] = ofKind(
      await plan(rows, site({ filters: [siteFilter('1', 'Mine')] })),
      'filter',
    )
    expect([first?.promise.name, second?.promise.name]).toEqual(['Mine (2)', 'mine (3)'])
    expect(first?.promise.description).toContain('Owner before the migration: Mary.')
    expect(first && codes(first)).toEqual(['renamed', 'filter-owner', 'filter-private'])
  })
})

test('a quote in JQL keeps what stands in it, and words of JQL in it are only words', () => {
  const read = readJql(String.raw`summary ~ "a \"b\" or (c" AND labels in ("order by", 'x')`)
  expect(read?.clauses.map(({ values }) => values.map(({ token }) => token.text))).toEqual([
    ['a "b" or (c'],
    ['order by', 'x'],
  ])
})

describe('a board', () => {
  test('moves with its filter into the one project that it shows', async () => {
    const items = await plan({
      project: [project('PAY'), project('OPS')],
      filter: [
        filter('1', 'project = PAY'),
        filter('2', 'project in (PAY, OPS)'),
        filter('3', 'project = GONE'),
      ],
      board: [board('1', '1'), board('2', '2', 'kanban'), board('3', '3'), board('4', '4')],
    })
    const boards = ofKind(items, 'board')
    expect(boards.map((item) => item.leftOut?.code ?? item.promise.projectKey)).toEqual([
      'PAY',
      null,
      'filter-stays',
      'dangling',
    ])
    expect(boards[0] && codes(boards[0])).toEqual(['board-setup'])
  })
})

describe('sprints', () => {
  const rows = (own: Rows): Rows => ({
    issueType: [type('1', 'Bug'), type('5', 'Sub-task', 1)],
    customField: [sprintField],
    filter: [filter('1', 'project = PAY')],
    board: [board('1', '1')],
    ...own,
  })

  test('are made, filled and closed in the order in which they ran', async () => {
    const items = await plan(
      rows({
        issue: [issue('PAY-1'), issue('PAY-2')],
        sprint: [
          sprint('4', 'future'),
          sprint('2', 'closed'),
          sprint('1', 'closed'),
          sprint('3', 'active'),
        ],
        fieldValue: [
          inSprint('1', 'PAY-1', '1'),
          inSprint('2', 'PAY-1', '2'),
          inSprint('3', 'PAY-1', '3'),
          inSprint('4', 'PAY-2', '4'),
        ],
      }),
    )
    const own = items.filter((item) => ['sprint', 'fieldValue', 'sprintClose'].includes(item.kind))
    expect(own.map((item) => `${item.kind} ${item.label}`)).toEqual([
      'sprint Sprint 1',
      'fieldValue PAY-1 in Sprint 1',
      'sprintClose Sprint 1',
      'sprint Sprint 2',
      'fieldValue PAY-1 in Sprint 2',
      'sprintClose Sprint 2',
      'sprint Sprint 3',
      'fieldValue PAY-1 in Sprint 3',
      'sprint Sprint 4',
      'fieldValue PAY-2 in Sprint 4',
    ])
    expect(new Set(own.map((item) => item.lane)).size).toBe(1)
    expect(codes(one(items, 'sprint', '1'))).toEqual(['sprint-completed'])
  })

  test('take what the site cannot hold as left out, each row once', async () => {
    const items = await plan(
      rows({
        issue: [issue('PAY-1'), issue('PAY-2', { type: '5' })],
        sprint: [
          sprint('1', 'active'),
          sprint('2', 'future'),
          sprint('3', 'closed', { boardId: '9' }),
        ],
        fieldValue: [
          inSprint('1', 'PAY-1', '1'),
          inSprint('2', 'PAY-1', '2'),
          inSprint('3', 'PAY-2', '1'),
          inSprint('4', 'PAY-1', '3'),
          inSprint('5', 'PAY-1', '77'),
        ],
      }),
    )
    const byId = ofKind(items, 'fieldValue').toSorted(
      (a, b) => Number(a.sourceId) - Number(b.sourceId),
    )
    expect(byId.map((item) => item.leftOut?.code ?? null)).toEqual([
      null,
      'second-open-sprint',
      'sprint-of-subtask',
      'dangling',
      'dangling',
    ])
  })
})
