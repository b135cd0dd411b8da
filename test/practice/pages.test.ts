import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Practice } from '../../agent/practice/practice.ts'
import { type Call, practiceInMemory } from './caller.ts'

let practice: Practice
let call: Call
beforeAll(async () => {
  ;({ practice, call } = practiceInMemory())
  const { body: me } = await call<{ accountId: string }>('GET', '/rest/api/3/myself')
  await call('POST', '/rest/api/3/project', {
    key: 'PAY',
    name: 'Payments <b>&</b>',
    projectTypeKey: 'software',
    leadAccountId: me.accountId,
  })
  for (const summary of ['One', '<img src=x onerror=alert(1)>', 'Three'])
    await call('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'PAY' }, issuetype: { name: 'Task' }, summary },
    })
})
afterAll(() => practice.close())

const page = async (path: string) => {
  const answer = await practice.app.request(`http://localhost${path}`)
  return { status: answer.status, text: await answer.text() }
}

test('a filter, a search and everything are shown as lists of issues', async () => {
  const { body } = await call<{ id: string }>('POST', '/rest/api/3/filter', {
    name: 'Ones',
    jql: 'summary ~ one',
  })
  const filter = await page(`/issues/?filter=${body.id}`)
  expect(filter.text).toContain('<h1>Ones</h1>')
  expect(filter.text).toContain('href="/browse/PAY-1"')
  expect(filter.text).not.toContain('href="/browse/PAY-3"')
  const search = await page(`/issues/?jql=${encodeURIComponent('key = PAY-3')}`)
  expect(search.text).toContain('1 work items')
  expect((await page('/issues/')).text).toContain('3 work items')
  expect((await page('/issues/')).text).not.toContain('<img')
  expect((await page('/issues/?jql=nonsense')).text).toContain('Error in the JQL Query')
  expect((await page('/jira/filters')).text).toContain(`/issues/?filter=${body.id}`)
})

test('a board shows what its filter finds, at both addresses that Jira has for boards', async () => {
  const { body: filter } = await call<{ id: string }>('POST', '/rest/api/3/filter', {
    name: 'Board of ones',
    jql: 'summary ~ one ORDER BY rank',
  })
  const { body: board } = await call<{ id: number }>('POST', '/rest/agile/1.0/board', {
    name: 'Ones board',
    type: 'kanban',
    filterId: Number(filter.id),
    location: { type: 'project', projectKeyOrId: 'PAY' },
  })
  for (const kind of ['c/', '']) {
    const { status, text } = await page(`/jira/software/${kind}projects/PAY/boards/${board.id}`)
    expect(status).toBe(200)
    expect(text).toContain('PAY-1</a>')
    expect(text).not.toContain('PAY-3</a>')
  }
})

test('people and groups have pages', async () => {
  practice.addAccounts([{ email: 'eve@x.test', displayName: 'Eve <script>' }])
  expect((await page('/jira/people')).text).toContain('Eve &#60;script&#62;')
  expect((await page('/admin/users')).text).toContain('eve@x.test')
  expect((await page('/admin/groups')).text).toContain('<h1>Groups</h1>')
})
