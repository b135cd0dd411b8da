import { expect, test } from 'vitest'
import { askChecks } from '../../support/ask-checks.ts'
import { issue } from '../../support/plan-source.ts'

const filter = (id: string, jql: string) => ({
  id,
  name: `Filter ${id}`,
  owner: null,
  jql,
  description: null,
})
const board = (id: string, filterId: string) => ({
  id,
  name: `Board ${id}`,
  owner: null,
  filterId,
  kind: 'scrum' as const,
})
const ofApp = {
  id: '7',
  name: 'Map',
  type: 'com.vendor.maps:pin',
  description: null,
  searcher: null,
}

test('each filter and board that the plan leaves behind for its JQL is named with the reason', async () => {
  const asked = await askChecks({
    customField: [ofApp],
    issue: [issue('PAY-1')],
    filter: [
      filter('1', 'Map is not empty'),
      filter('2', 'assignee = nobody-of-that-name'),
      filter('3', 'project = PAY and issue in vendorFunction()'),
      filter('4', 'filter = 9999'),
      filter('5', 'project = PAY and "Epic Link" = PAY-1 order by Rank'),
    ],
    board: [board('1', '3')],
  })
  const { list, status, sentence } = asked('jql-names')
  expect(status).toBe('warning')
  expect(sentence).toContain('5 filters and boards stay behind')
  expect(list.map(({ subject, detail }) => `${subject}: ${detail}`)).toEqual([
    'Filter 1: Its JQL asks for the field "Map", which does not move.',
    'Filter 2: Its JQL names the user nobody-of-that-name, which is not on the site.',
    'Filter 3: Its JQL asks vendorFunction(), which Jira Cloud does not have.',
    'Filter 4: Its JQL names the filter 9999, which is not on the site.',
    'Board Board 1: Its filter "Filter 3" stays: Its JQL asks vendorFunction(), which Jira Cloud does not have.',
  ])
})

test('a filter whose JQL finds something else there is named, one that finds the same is not', async () => {
  const rows = { filter: [filter('1', 'created > -7d'), filter('2', 'status = Open')] }
  const asked = await askChecks(rows)
  expect(asked('jql-names').list.map(({ subject }) => subject)).toEqual(['Filter 1'])
  const fine = await askChecks({ filter: [filter('2', 'status = Open')] })
  expect(fine('jql-names')).toMatchObject({ status: 'success', offenders: 0 })
})

test('a live source is not said to be fine: most of its filters were never listed', async () => {
  const info = { sourceKind: 'datacenter' as const }
  const rows = { filter: [filter('2', 'status = Open')] }
  const asked = await askChecks(rows, { info })
  expect(asked('jql-names')).toMatchObject({ status: 'incomplete', offenders: 0 })
  expect(asked('jql-names').sentence).toContain('the 1 filter that the live source showed')
  const missing = await askChecks({ filter: [filter('4', 'filter = 9999')] }, { info })
  expect(missing('jql-names')).toMatchObject({ status: 'warning', offenders: 1 })
  expect(missing('jql-names').hint).toContain('never seen')
})
