import { expect, test } from 'vitest'
import { clauses } from '../../../agent/plan/checks/jql-words.ts'
import { askChecks } from '../../support/ask-checks.ts'

test.each([
  ['project = PAY', 'project = PAY'],
  [
    '"Epic Link" in (PAY-1, "PAY-2") and status!="In Progress"',
    'Epic Link in PAY-1|PAY-2; status != In Progress',
  ],
  ['assignee in membersOf("staff") or cf[10010] is empty', 'assignee in ; cf[10010] is '],
  ['not (issuetype not in (Bug, standardIssueTypes()) ) order by rank', 'issuetype not in Bug'],
  [
    'fixVersion in (unreleasedVersions(PAY), "1.0 (beta)") ORDER BY project = desc',
    'fixVersion in 1.0 (beta)',
  ],
  ['summary ~ "say \\"hi\\" = or" AND created >= -7d', 'summary ~ say "hi" = or; created >= -7d'],
  ['', ''],
  ['project in (', 'project in '],
])('finds the comparisons of: %s', (jql, found) => {
  const said = clauses(jql).map(
    ({ field, operator, values }) => `${field} ${operator} ${values.join('|')}`,
  )
  expect(said.join('; ')).toBe(found)
})

const filter = (id: string, jql: string) => ({
  id,
  name: `Filter ${id}`,
  owner: null,
  jql,
  description: null,
})

test('a filter is named with what neither the source nor the site has, and with its board', async () => {
  const rows = {
    filter: [
      filter('1', 'project = PAY and status in (Open, Blocked) and priority = major'),
      filter('2', 'project = GONE and Squad = red order by Rank'),
      filter('3', 'status = "On Site" and assignee = currentUser() and resolution = Unresolved'),
    ],
    board: [{ id: '1', name: 'The board', owner: null, filterId: '1', kind: 'scrum' as const }],
  }
  const statuses = [{ id: '9', name: 'On site', category: 'TODO' }]
  const asked = await askChecks(rows, { facts: { statuses } })
  expect(asked('jql-names').list).toEqual([
    { subject: 'Filter 1 (board The board)', detail: 'Names the status "Blocked".' },
    { subject: 'Filter 2', detail: 'Names the project "GONE", the field "Squad".' },
  ])
})
