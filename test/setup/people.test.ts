import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, startAgent } from '../../agent/serve.ts'
import { MigrationViewSchema } from '../../shared/api.ts'
import {
  CollisionsViewSchema,
  InspectionViewSchema,
  PeoplePageSchema,
  PeopleUploadSchema,
} from '../../shared/api-setup-views.ts'
import { SourceRowPageSchema } from '../../shared/api-source.ts'
import { must } from '../../shared/assert.ts'
import { pair } from '../support/agent-process.ts'
import { type BackupRow, backupXml } from '../support/make-backup.ts'

/** name, address, active */
const users: [string, string, number][] = [
  ['fred', 'fred@example.com', 1],
  ['fritz', 'FRED@example.com', 1],
  ['bad', 'bad at example', 1],
  ['none', '', 1],
  ['stranger', 'stranger@example.com', 1],
]
const rows: BackupRow[] = [
  ...users.flatMap(([name, emailAddress, active], i): BackupRow[] => [
    [
      'User',
      {
        ...{ id: i + 1, directoryId: 1, userName: name, lowerUserName: name, active },
        ...{ displayName: `The ${name}`, emailAddress },
      },
    ],
    ['ApplicationUser', { id: i + 1, userKey: name, lowerUserName: name }],
  ]),
  ...['PAY', 'OLD'].map(
    (key, i): BackupRow => ['Project', { id: i + 1, key, name: `The ${key}`, lead: 'fred' }],
  ),
  ['IssueType', { id: 1, name: 'Bug' }],
  ['Status', { id: 1, name: 'Open' }],
  ['Priority', { id: 1, name: 'Major' }],
  ...['fred', 'fritz', 'fritz', 'bad', 'none'].map(
    (reporter, i): BackupRow => [
      'Issue',
      {
        ...{ id: i + 1, key: `PAY-${i + 1}`, number: i + 1, project: 1, type: 1, status: 1 },
        ...{ priority: 1, summary: `Issue ${i}`, reporter, creator: 'fritz', assignee: reporter },
      },
    ],
  ),
  [
    'Issue',
    {
      ...{ id: 9, key: 'OLD-1', number: 1, project: 2, type: 1, status: 1, priority: 1 },
      ...{ summary: 'Old', reporter: 'stranger', creator: 'fred' },
    },
  ],
]

const folder = mkdtempSync(join(tmpdir(), 'landfall-people-'))
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>
let id: string

const send = (method: string, path: string, body?: unknown) =>
  ask(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
const get = async <S extends v.GenericSchema>(schema: S, answer: Promise<Response>) => {
  const text = await (await answer).text()
  return v.parse(schema, JSON.parse(text))
}
const body = (scope: Record<string, unknown> = {}) => ({
  name: 'People',
  source: { kind: 'backup', path: join(folder, 'entities.xml') },
  site: { kind: 'practice' },
  scope,
})
const page = (query = '') =>
  get(PeoplePageSchema, send('GET', `/api/migrations/${id}/people${query}`))
const keys = async (query: string) => (await page(query)).people.map(({ key }) => key)
/** The issues behind a person's number, two by two, each with what the list says of that person. */
async function issuesNaming(key: string) {
  const found: { issueKey: string | null; note: string | null }[] = []
  for (let after: number | null = 0; after !== null; ) {
    const query = new URLSearchParams({ person: key, after: String(after), limit: '2' })
    const path = `/api/migrations/${id}/source/issue?${query}`
    const { rows, note, next } = await get(SourceRowPageSchema, send('GET', path))
    found.push(...rows.map(({ issueKey }) => ({ issueKey, note })))
    after = next
  }
  return found
}
const upload = (text: string) =>
  get(
    PeopleUploadSchema,
    ask(`/api/migrations/${id}/people.csv`, {
      ...{ method: 'POST', body: text, headers: { 'content-type': 'text/csv' } },
    }),
  )

beforeAll(async () => {
  writeFileSync(join(folder, 'entities.xml'), backupXml(rows))
  let code = ''
  const onCode = (one: string) => {
    code = one
  }
  agent = await startAgent({ folder: join(folder, 'agent'), port: 0, practicePort: 0, onCode })
  agent.pairingCode()
  ask = await pair({ url: agent.url, folder, code })
  id = (await get(MigrationViewSchema, send('POST', '/api/migrations', body()))).id
  await send('POST', `/api/migrations/${id}/inspect`)
  for (;;) {
    const view = await get(InspectionViewSchema, send('GET', `/api/migrations/${id}/inspection`))
    if (view.state === 'done') break
    if (view.state === 'failed') throw new Error(JSON.stringify(view.problem))
    await wait(30)
  }
})
afterAll(async () => {
  await agent.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the table of people', () => {
  test('names each problem of an address, with whom one is shared, and filters by it', async () => {
    const { people, problems } = await page()
    expect(problems).toEqual({ noEmail: 1, invalidEmail: 1, duplicateEmail: 2 })
    const of = (key: string) =>
      must(
        people.find((one) => one.key === key),
        key,
      )
    expect(of('fred')).toMatchObject({ problem: 'duplicate-email', sharedWith: ['The fritz'] })
    // Both are matched: two users become one account.
    expect(of('fred').account?.accountId).toBe(must(of('fritz').account, 'matched').accountId)
    expect(of('bad')).toMatchObject({ problem: 'invalid-email', account: null, addressed: false })
    expect(await keys('?problem=duplicate-email')).toEqual(['fred', 'fritz'])
    expect(await keys('?problem=no-email')).toEqual(['none'])
  })

  test('counts the issues that name somebody, and begins with most where that is asked', async () => {
    const { people } = await page()
    expect(Object.fromEntries(people.map(({ key, issues }) => [key, issues]))).toEqual({
      ...{ fred: 2, fritz: 5, bad: 1, none: 1, stranger: 1 },
    })
    expect(await keys('?sort=issues')).toEqual(['fritz', 'fred', 'bad', 'none', 'stranger'])
    const first = await page('?sort=issues&limit=2')
    expect(first.people.map(({ key }) => key)).toEqual(['fritz', 'fred'])
    expect(await keys(`?sort=issues&limit=2&after=${first.next}`)).toEqual(['bad', 'none'])
  })

  test('has the issues behind each of these numbers, of the chosen projects alone', async () => {
    const { people } = await page()
    for (const { key, name, issues } of people) {
      const rows = await issuesNaming(key)
      expect([key, rows.length]).toEqual([key, issues])
      expect(new Set(rows.map((row) => row.note))).toEqual(
        new Set([`${name} is their reporter, assignee or creator.`]),
      )
    }
    expect((await issuesNaming('fritz')).map(({ issueKey }) => issueKey)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `PAY-${n}`),
    )
    expect((await issuesNaming('fred')).map(({ issueKey }) => issueKey)).toEqual(['PAY-1', 'OLD-1'])
    await send('PUT', `/api/migrations/${id}`, body({ projects: ['OLD'] }))
    expect((await issuesNaming('fred')).map(({ issueKey }) => issueKey)).toEqual(['OLD-1'])
    expect(await issuesNaming('fritz')).toEqual([])
    await send('PUT', `/api/migrations/${id}`, body())
  })

  test('sees an address as free once somebody was chosen for who shares it', async () => {
    await send('PUT', `/api/migrations/${id}/people/fritz`, { how: 'placeholder' })
    const { people, problems } = await page()
    expect(problems.duplicateEmail).toBe(0)
    expect(people.find(({ key }) => key === 'fred')?.problem).toBeNull()
    await send('PUT', `/api/migrations/${id}/people/fritz`, { how: 'email' })
  })

  test('follows the scope: who is not related is out of it, and only chosen projects are counted', async () => {
    await send('PUT', `/api/migrations/${id}`, body({ projects: ['PAY'], people: 'related' }))
    const { people, states } = await page()
    expect(states).toMatchObject({ outOfScope: 1, email: 2, placeholder: 2 })
    expect(people.find(({ key }) => key === 'stranger')).toMatchObject({
      ...{ state: 'outOfScope', account: null, problem: null, issues: 0 },
    })
    expect(people.find(({ key }) => key === 'fred')?.issues).toBe(1)
    await send('PUT', `/api/migrations/${id}`, body())
    expect((await page()).states.outOfScope).toBe(0)
  })

  test('takes an address for an account from a CSV, and names the line of one that nobody shows', async () => {
    const wrong = await upload(
      'key,how,account\nbad,account,Stranger@Example.com\nnone,account,x@y.zz',
    )
    expect(wrong).toEqual({
      ...{ changed: 0, unchanged: 0 },
      errors: [{ line: 3, text: 'No account of the site shows the address "x@y.zz".' }],
    })
    expect(await upload('key,how,account\nbad,account,Stranger@Example.com')).toMatchObject({
      changed: 1,
    })
    const { people } = await page()
    const account = people.find(({ key }) => key === 'stranger')?.account
    expect(people.find(({ key }) => key === 'bad')).toMatchObject({ state: 'choice', account })
  })

  test('and the names that meet are told for the projects chosen', async () => {
    const { kinds } = await get(
      CollisionsViewSchema,
      send('GET', `/api/migrations/${id}/collisions`),
    )
    const status = must(
      kinds.find(({ kind }) => kind === 'status'),
      'statuses',
    )
    expect(status.names).toBe(1)
    expect(kinds.find(({ kind }) => kind === 'filter')?.rule).toBe('rename')
  })
})
