import { expect, test } from 'vitest'
import { type Call, doc, newProject, practiceInMemory, task } from './caller.ts'

const api = '/rest/api/3'
type Errors = { errorMessages: string[]; errors: Record<string, string> }
interface Bulk {
  issues: { key: string }[]
  errors: { failedElementNumber: number; elementErrors: Errors }[]
}
const bulk = (call: Call, issueUpdates: unknown[]) =>
  call<Bulk>('POST', `${api}/issue/bulk`, { issueUpdates })

test('numbers rise by one in the order of the request and are never given twice', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await newProject(call, 'OPS')
  const first = await bulk(call, [task('PAY', 'a'), task('OPS', 'b'), task('PAY', 'c')])
  expect(first.body.issues.map(({ key }) => key)).toEqual(['PAY-1', 'OPS-1', 'PAY-2'])
  await call('DELETE', `${api}/issue/PAY-2`)
  const next = await bulk(call, [task('PAY', 'd')])
  expect(next.body.issues[0]?.key).toBe('PAY-3')
  expect((await call('GET', `${api}/issue/PAY-2`)).status).toBe(404)
  practice.close()
})

test('a bulk request writes the right ones and names the wrong ones by their place', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  const mixed = await bulk(call, [
    task('PAY', 'a'),
    task('PAY', 'b', { priority: { name: 'Never' }, components: [{ name: 'Gone' }] }),
    task('PAY', 'c\nd'),
    task('PAY', 'e'),
  ])
  expect(mixed.status).toBe(201)
  expect(mixed.body.issues.map(({ key }) => key)).toEqual(['PAY-1', 'PAY-2'])
  expect(mixed.body.errors).toMatchObject([
    {
      failedElementNumber: 1,
      elementErrors: {
        errors: {
          priority: "Priority name 'Never' is not valid",
          components: "Component name 'Gone' is not valid",
        },
      },
    },
    { failedElementNumber: 2 },
  ])
  const none = await bulk(call, [task('PAY', ''), task('NONE', 'x')])
  expect([none.status, none.body.issues, none.body.errors.length]).toEqual([400, [], 2])
  const many = await bulk(
    call,
    Array.from({ length: 51 }, () => task('PAY', 'x')),
  )
  expect(many.status).toBe(400)
  expect((await bulk(call, [task('PAY', 'f')])).body.issues[0]?.key).toBe('PAY-3')
  practice.close()
})

test('only fields of the screen can be set, and nobody sets times or authors', async () => {
  const { practice, call } = practiceInMemory({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5) })
  await newProject(call, 'PAY')
  for (const field of ['created', 'creator', 'resolution', 'customfield_10001']) {
    const refused = await call<Errors>('POST', `${api}/issue`, task('PAY', 'a', { [field]: 'x' }))
    expect(refused.body.errors[field]).toBe(
      `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`,
    )
  }
  await bulk(call, [task('PAY', 'a')])
  const comment = await call('POST', `${api}/issue/PAY-1/comment`, {
    body: doc('x'),
    author: { accountId: 'other' },
    created: '2001-01-01T00:00:00.000+0000',
  })
  expect(comment.body).toMatchObject({
    created: '2026-01-02T03:04:05.000+0000',
    author: { displayName: 'Practice Admin' },
  })
  practice.close()
})

test('levels of the hierarchy: a sub-task needs a parent of its project, a task none but an epic', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await newProject(call, 'OPS')
  await bulk(call, [task('PAY', 'a'), task('PAY', 'e', { issuetype: { name: 'Epic' } })])
  const errors = async (key: string, more: Record<string, unknown>) =>
    Object.keys(
      (await call<Errors>('POST', `${api}/issue`, task(key, 'x', more))).body.errors ?? {},
    )
  const sub = { issuetype: { name: 'Sub-task' } }
  expect(await errors('PAY', sub)).toEqual(['issuetype'])
  expect(await errors('OPS', { ...sub, parent: { key: 'PAY-1' } })).toEqual([
    'issuetype',
    'project',
  ])
  expect(await errors('PAY', { ...sub, parent: { key: 'PAY-2' } })).toEqual(['parentId'])
  expect(await errors('PAY', { parent: { key: 'PAY-1' } })).toEqual(['parentId'])
  expect(await errors('PAY', { ...sub, parent: { key: 'PAY-1' } })).toEqual([])
  expect(await errors('PAY', { parent: { key: 'PAY-2' } })).toEqual([])
  expect((await call('DELETE', `${api}/issue/PAY-1`)).status).toBe(400)
  practice.close()
})

test('a text has to be a valid document of at most 32,767 characters', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await bulk(call, [task('PAY', 'a')])
  const comment = (body: unknown) => call<Errors>('POST', `${api}/issue/PAY-1/comment`, { body })
  expect((await comment(doc('x'.repeat(32_767)))).status).toBe(201)
  expect((await comment(doc('x'.repeat(32_768)))).body.errors.comment).toBe(
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
  )
  const unknown = { type: 'doc', version: 1, content: [{ type: 'blink', content: [] }] }
  expect((await comment(unknown)).body.errorMessages).toEqual(['INVALID_INPUT'])
  expect((await comment('plain')).status).toBe(400)
  practice.close()
})

test('a link has its two ends as the documents name them, and the same link twice is one', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await bulk(call, [task('PAY', 'blocker'), task('PAY', 'blocked')])
  const link = {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'PAY-1' },
    outwardIssue: { key: 'PAY-2' },
  }
  for (let times = 0; times < 2; times++)
    expect((await call('POST', `${api}/issueLink`, link)).status).toBe(201)
  const seen = async (key: string) =>
    (
      await call<{ fields: { issuelinks: unknown[] } }>(
        'GET',
        `${api}/issue/${key}?fields=issuelinks`,
      )
    ).body.fields.issuelinks
  expect(await seen('PAY-1')).toMatchObject([{ outwardIssue: { key: 'PAY-2' } }])
  expect(await seen('PAY-2')).toMatchObject([{ inwardIssue: { key: 'PAY-1' } }])
  practice.close()
})

test('worklogs take from the remaining estimate, unless they are told to leave it', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await bulk(call, [task('PAY', 'a', { timetracking: { originalEstimate: '3h' } })])
  const left = async () =>
    (await call<{ fields: { timetracking: Record<string, unknown> } }>('GET', `${api}/issue/PAY-1`))
      .body.fields.timetracking
  const log = (query: string) =>
    call('POST', `${api}/issue/PAY-1/worklog${query}`, {
      timeSpent: '1h',
      started: '2019-01-17T12:34:00.000+0000',
    })
  await log('?adjustEstimate=leave')
  expect(await left()).toMatchObject({ remainingEstimateSeconds: 10_800, timeSpentSeconds: 3_600 })
  await log('')
  expect(await left()).toMatchObject({ remainingEstimate: '2h', timeSpent: '2h' })
  practice.close()
})

test('whoever creates watches, until the preference says not to', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await bulk(call, [task('PAY', 'a')])
  await call('PUT', `${api}/mypreferences?key=user.autowatch.disabled`, true)
  await bulk(call, [task('PAY', 'b')])
  const watchers = async (key: string) =>
    (await call<{ watchCount: number }>('GET', `${api}/issue/${key}/watchers`)).body.watchCount
  expect([await watchers('PAY-1'), await watchers('PAY-2')]).toEqual([1, 0])
  practice.close()
})

test('a key in the recycle bin stays taken, one that was deleted for good does not', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await call('DELETE', `${api}/project/PAY?enableUndo=true`)
  expect((await call('GET', `${api}/project/PAY`)).status).toBe(404)
  const taken = await call<Errors>('GET', `${api}/projectvalidate/key?key=PAY`)
  expect(taken.body.errors.projectKey).toMatch(/uses this project key/)
  await newProject(call, 'OPS')
  await call('DELETE', `${api}/project/OPS?enableUndo=false`)
  expect((await call<Errors>('GET', `${api}/projectvalidate/key?key=OPS`)).body.errors).toEqual({})
  practice.close()
})

test('a search is refused when it is not bounded, and goes on where a page ended', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await bulk(
    call,
    Array.from({ length: 7 }, (_, n) => task('PAY', `n${n}`, { labels: [`l${n % 2}`] })),
  )
  const search = (body: unknown) =>
    call<{ issues: { key: string }[]; nextPageToken?: string; isLast: boolean }>(
      'POST',
      `${api}/search/jql`,
      body,
    )
  expect((await search({ jql: 'order by key' })).status).toBe(400)
  expect((await search({ jql: 'project = PAY OR (colour' })).status).toBe(400)
  expect((await search({ jql: 'colour = red' })).status).toBe(400)
  const jql = 'project = PAY AND labels = l0 ORDER BY key ASC'
  const first = await search({ jql, maxResults: 3 })
  // Who names no field gets ids, and no key.
  expect(first.body.issues.map((issue) => Object.keys(issue))).toEqual([['id'], ['id'], ['id']])
  const nextPageToken = first.body.nextPageToken
  const rest = await search({ jql, maxResults: 3, nextPageToken, fields: ['summary'] })
  expect([rest.body.issues.map(({ key }) => key), rest.body.isLast]).toEqual([['PAY-7'], true])
  expect((await search({ jql: 'project = PAY', nextPageToken })).status).toBe(400)
  practice.close()
})

test('JQL is searched with OR, parentheses, NOT and functions, and what is not known here is said', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  const me = (await call<{ accountId: string }>('GET', `${api}/myself`)).body.accountId
  await bulk(call, [
    task('PAY', 'one', { labels: ['a'], assignee: { id: me } }),
    task('PAY', 'two', { labels: ['b'] }),
    task('PAY', 'three', { labels: ['c'] }),
  ])
  const found = async (jql: string) => {
    const body = { jql: `${jql} ORDER BY key ASC`, fields: ['summary'] }
    const { status, body: answer } = await call<{
      issues?: { fields: { summary: string } }[]
      errorMessages?: string[]
    }>('POST', `${api}/search/jql`, body)
    return status === 200
      ? answer.issues?.map((issue) => issue.fields.summary).join(' ')
      : answer.errorMessages?.join(' ')
  }
  expect(await found('project = PAY AND (labels = a OR labels = c)')).toBe('one three')
  expect(await found('project = PAY AND NOT labels = a')).toBe('two three')
  // AND binds closer than OR.
  expect(await found('labels = a OR labels = b AND labels = c')).toBe('one')
  expect(await found('assignee = currentUser()')).toBe('one')
  expect(await found('assignee in (currentUser(), EMPTY)')).toBe('one two three')
  expect(await found('assignee not in (currentUser(), EMPTY)')).toBe('')
  // The documents: NOT field = value is the same as field != value, which finds no empty field.
  expect(await found('NOT assignee = currentUser()')).toBe('')
  expect(await found('project = PAY AND NOT (assignee is EMPTY OR labels = c)')).toBe('one')
  expect(await found('sprint is EMPTY')).toBe('one two three')
  expect(await found('project = PAY AND status WAS "To Do"')).toContain('does not search by it')
  expect(await found('assignee = magic()')).toContain('Unable to find JQL function')
  expect(await found('project = PAY AND (labels = a')).toContain('Error in the JQL Query')
  practice.close()
})

test('an issue is in one open sprint, and stays in the closed ones that it was in', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await bulk(call, [task('PAY', 'one')])
  const agile = '/rest/agile/1.0'
  const post = async (path: string, body: unknown) => {
    const answer = await call<{ id: number }>('POST', path, body)
    return { ...answer, id: Number(answer.body?.id) }
  }
  const filter = await post(`${api}/filter`, { name: 'Ours', jql: 'project = PAY' })
  const board = await post(`${agile}/board`, { name: 'B', type: 'scrum', filterId: filter.id })
  const dates = { startDate: '2020-01-01T00:00:00.000Z', endDate: '2020-01-15T00:00:00.000Z' }
  const make = async (name: string) => {
    const made = await post(`${agile}/sprint`, { name, originBoardId: board.id, ...dates })
    return made.id
  }
  const [first, second, third] = [await make('1'), await make('2'), await make('3')]
  const state = (id: number, to: string) => post(`${agile}/sprint/${id}`, { state: to })
  const move = (id: number) => post(`${agile}/sprint/${id}/issue`, { issues: ['PAY-1'] })
  const holds = async (id: number) =>
    (await call<{ total: number }>('GET', `${agile}/sprint/${id}/issue`)).body.total
  expect((await state(first, 'closed')).status).toBe(400)
  await state(first, 'active')
  await move(first)
  await state(first, 'closed')
  expect((await move(first)).status).toBe(400)
  await move(second)
  await move(third)
  expect([await holds(first), await holds(second), await holds(third)]).toEqual([1, 0, 1])
  practice.close()
})
