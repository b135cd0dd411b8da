import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, connectSite } from '../../agent/cloud/connect.ts'
import type { Outcome } from '../../agent/cloud/writing.ts'
import type { AdfDoc, Kind, Means, Origin, Promises } from '../../shared/plan.ts'
import { openApiChecker } from '../support/openapi.ts'
import { recordedSite } from './recorded-site.ts'

const fields = [
  ...['summary', 'issuetype', 'description', 'environment', 'priority', 'reporter', 'assignee'],
  ...['labels', 'components', 'versions', 'fixVersions', 'duedate', 'timetracking', 'resolution'],
  ...['parent', 'attachment', 'issuelinks', 'worklog'],
]
const doc = (text: string): AdfDoc => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const origin = (kind: Kind | Means, id: string): Origin => ({
  v: 1,
  source: 'test',
  kind,
  id,
  author: 'Fred',
  created: '2010-01-02T03:04:05.000+01:00',
})

let site: Awaited<ReturnType<typeof recordedSite>>
let connection: Connection
let me: string
let folder: string
const drift: unknown[] = []

function idOf(outcome: Outcome | undefined): string {
  if (!outcome?.ok) throw new Error(outcome?.text ?? 'no outcome')
  return outcome.siteId
}

/** A project with everything that it stands on, in the order of the push. */
async function prepare(key: string): Promise<string> {
  const { read, write } = connection
  const type = idOf(
    await write.createIssueType({ name: 'Improvement', description: '', subtask: false }),
  )
  const sub = idOf(
    await write.createIssueType({ name: 'Technical task', description: 't', subtask: true }),
  )
  const issueTypeSchemeId = idOf(
    await write.createIssueTypeScheme({ name: `${key} types`, projectKey: key, issueTypes: [] }, [
      type,
      sub,
    ]),
  )
  const statuses = await write.createStatuses([
    { name: 'Open', description: 'It is open', category: 'TODO' },
    { name: 'Closed', description: 'It is closed', category: 'DONE' },
  ])
  statuses.map(idOf)
  idOf(await write.createPriority({ name: 'Blocker', description: 'Stops all', color: '#ff0000' }))
  idOf(await write.createResolution({ name: 'Incomplete', description: 'Not all is known' }))
  idOf(
    await write.createLinkType({ name: 'Precedes', inward: 'is preceded by', outward: 'precedes' }),
  )
  const own = (await read.statuses()).filter((one) => ['Open', 'Closed'].includes(one.name))
  const flow = {
    name: `${key} flow`,
    projectKey: key,
    statuses: ['Open', 'Closed'],
    initial: 'Open',
  }
  idOf(await write.createWorkflow(flow, own))
  const workflowSchemeId = idOf(
    await write.createWorkflowScheme({
      name: `${key} flows`,
      projectKey: key,
      workflow: flow.name,
    }),
  )
  const issueTypeScreenSchemeId = idOf(
    await write.createScreens({ name: `${key} screens`, fields }),
  )
  const project = await write.createProject(
    {
      key,
      name: 'Payments',
      description: 'All about money',
      url: 'https://pay.example.com',
      leadAccountId: me,
      assigneeType: 'UNASSIGNED',
      projectTypeKey: 'software',
    },
    { issueTypeSchemeId, workflowSchemeId, issueTypeScreenSchemeId },
  )
  const none = { description: '', leadAccountId: null, assigneeType: 'PROJECT_DEFAULT' } as const
  idOf(await write.createComponent({ projectKey: key, name: 'UI', ...none }))
  const days = {
    startDate: '2009-12-01',
    releaseDate: '2010-02-01',
    released: true,
    archived: false,
  }
  idOf(
    await write.createVersion(
      { projectKey: key, name: '1.0', description: 'First', ...days },
      idOf(project),
    ),
  )
  return idOf(project)
}

const issue = (number: number, more: Partial<Promises['issue']> = {}): Promises['issue'] => ({
  key: `PAY-${number}`,
  number,
  issueType: 'Improvement',
  parentKey: null,
  summary: `Summary ${number}`,
  description: doc(`Description ${number}`),
  environment: doc('Somewhere'),
  priority: 'Blocker',
  reporterAccountId: me,
  assigneeAccountId: null,
  labels: ['old'],
  components: ['UI'],
  fixVersions: ['1.0'],
  versions: ['1.0'],
  duedate: '2010-03-04',
  originalEstimateSeconds: 7_200,
  remainingEstimateSeconds: 90,
  status: 'Closed',
  resolution: 'Incomplete',
  origin: origin('issue', String(number)),
  ...more,
})

let projectId: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-cloud-'))
  site = await recordedSite()
  connection = await connectSite({
    ...site,
    signal: new AbortController().signal,
    onPause: () => {},
    onDrift: (line) => drift.push(line),
    pace: 'off',
  })
  me = (await connection.read.facts({ emails: [], projectKeys: [], projectNames: [] })).me.accountId
  projectId = await prepare('PAY')
  const { write } = connection
  const filler = {
    key: 'PAY-2',
    number: 2,
    issueType: 'Improvement',
    origin: origin('filler', 'PAY-2'),
  }
  const made = await write.createIssues([issue(1), filler, issue(3)], projectId)
  expect(made.map((one) => one.ok && one.key)).toEqual(['PAY-1', 'PAY-2', 'PAY-3'])
})
afterAll(async () => {
  await connection?.close()
  await site?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('what is written', () => {
  test('an issue is read back as it was promised, estimates in whole minutes', async () => {
    const [one] = await connection.read.issues(['PAY-1'])
    const { number: _number, ...wanted } = issue(1, { status: 'Open', resolution: null })
    expect(one).toMatchObject({ ...wanted, projectKey: 'PAY', remainingEstimateSeconds: 60 })
  })

  test('those that the site refuses are named at their own place, the others keep theirs', async () => {
    const outcomes = await connection.write.createIssues(
      [
        issue(4),
        issue(5, { priority: 'Nobody knows' }),
        issue(5),
        issue(6, { components: ['None'] }),
      ],
      projectId,
    )
    expect(outcomes.map((one) => (one.ok ? one.key : one.code))).toEqual([
      ...['PAY-4', 'site-refused', 'PAY-5', 'site-refused'],
    ])
    expect(outcomes[1]).toMatchObject({ ok: false, text: expect.stringContaining('priority') })
    expect(outcomes[3]).toMatchObject({ ok: false, text: expect.stringContaining('component') })
  })

  test('when all are refused each says why', async () => {
    const outcomes = await connection.write.createIssues(
      [issue(9, { issueType: 'Nothing' }), issue(9, { priority: 'Nobody knows' })],
      projectId,
    )
    expect(outcomes.map((one) => (one.ok ? one.key : one.text))).toEqual([
      expect.stringContaining('issuetype'),
      expect.stringContaining('priority'),
    ])
  })

  test('a sub-task hangs on its parent', async () => {
    const sub = issue(6, { issueType: 'Technical task', parentKey: 'PAY-1' })
    const [made] = await connection.write.createIssues([sub], projectId)
    expect(made).toMatchObject({ ok: true, key: 'PAY-6' })
    expect((await connection.read.issues(['PAY-6']))[0]?.parentKey).toBe('PAY-1')
  })

  test('any status is reached by a transition, and the resolution by an edit', async () => {
    const { read, write } = connection
    const to = (await read.transitions('PAY-3')).find((one) => one.toStatus === 'Closed')
    expect(await write.transition('PAY-3', to?.id ?? '', null)).toMatchObject({ ok: true })
    expect(await write.setResolution('PAY-3', 'Incomplete')).toMatchObject({ ok: true })
    const [one] = await read.issues(['PAY-3'])
    expect(one).toMatchObject({ status: 'Closed', resolution: 'Incomplete' })
  })

  test('a workflow leaves its statuses as they were', async () => {
    const all = await connection.read.statuses()
    expect(all.find((one) => one.name === 'Open')).toMatchObject({
      description: 'It is open',
      category: 'TODO',
      scope: 'GLOBAL',
    })
  })

  test('of several statuses only the one that is refused fails', async () => {
    const outcomes = await connection.write.createStatuses([
      { name: 'Open', description: '', category: 'TODO' },
      { name: 'Reopened', description: '', category: 'TODO' },
    ])
    expect(outcomes.map((one) => one.ok)).toEqual([false, true])
  })

  test('screens that half landed are completed under the same name', async () => {
    const { read, write } = connection
    const first = idOf(await write.createScreens({ name: 'Again', fields: ['summary'] }))
    expect(idOf(await write.createScreens({ name: 'Again', fields }))).toBe(first)
    expect(await read.idByName('issueTypeScreenScheme', 'Again')).toBe(first)
    expect(await read.idByName('screen', 'Agai')).toBe(null)
  })

  test('a filler is deleted, and deleting it once more is no failure', async () => {
    const { read, write } = connection
    expect(await write.deleteIssue('PAY-2')).toMatchObject({ ok: true })
    expect(await write.deleteIssue('PAY-2')).toMatchObject({ ok: true })
    expect(await read.issues(['PAY-2', 'PAY-3'])).toHaveLength(1)
  })

  test('the account no longer watches what it creates', async () => {
    const { read, write } = connection
    expect(await write.disableAutowatch()).toMatchObject({ ok: true })
    const [made] = await write.createIssues([issue(7)], projectId)
    expect(made).toMatchObject({ ok: true, key: 'PAY-7' })
    expect(await read.watchers('PAY-7')).toEqual([])
    expect(await write.addWatcher({ issueKey: 'PAY-7', accountId: me })).toMatchObject({ ok: true })
    expect(await read.watchers('PAY-7')).toEqual([me])
  })
})

describe('what hangs on an issue', () => {
  test('comments come page by page with their origin', async () => {
    const { read, write } = connection
    for (let n = 0; n < 130; n++) {
      const visibility = n === 0 ? { type: 'role' as const, value: 'Administrators' } : null
      const promise = {
        issueKey: 'PAY-1',
        body: doc(`C ${n}`),
        visibility,
        origin: origin('comment', `${n}`),
      }
      idOf(await write.createComment(promise))
    }
    const all = await read.comments('PAY-1')
    expect(all.map((one) => one.origin?.id)).toEqual(
      Array.from({ length: 130 }, (_none, n) => `${n}`),
    )
    expect(all[0]).toMatchObject({
      body: doc('C 0'),
      visibility: { type: 'role', value: 'Administrators' },
      origin: origin('comment', '0'),
    })
    const [one] = await read.issues(['PAY-1'])
    expect(one?.comments.total).toBe(130)
  })

  test('a worklog keeps when it was started, and leaves the estimate alone', async () => {
    const { read, write } = connection
    const [before] = await read.issues(['PAY-3'])
    const promise = {
      issueKey: 'PAY-3',
      started: '2010-01-02T03:04:05.000+01:00',
      timeSpentSeconds: 5_400,
      comment: doc('Done'),
      visibility: null,
      origin: origin('worklog', 'w'),
    }
    idOf(await write.createWorklog(promise))
    const [one] = await read.worklogs('PAY-3')
    expect(one).toMatchObject({
      timeSpentSeconds: 5_400,
      comment: doc('Done'),
      origin: promise.origin,
    })
    expect(Date.parse(one?.started ?? '')).toBe(Date.parse(promise.started))
    const [after] = await read.issues(['PAY-3'])
    expect(after?.remainingEstimateSeconds).toBe(before?.remainingEstimateSeconds)
  })

  test('a file arrives byte by byte under any name', async () => {
    const { read, write } = connection
    const path = join(folder, 'file')
    const bytes = Buffer.from(
      Array.from({ length: 300_000 }, (_none, n) => (n * 7 + (n >> 8)) % 256),
    )
    writeFileSync(path, bytes)
    const filename = 'Über "sicht" – 数.bin'
    const promise = { issueKey: 'PAY-3', filename, size: bytes.length, mimetype: null, path }
    const id = idOf(await write.attach(promise))
    const [one] = await read.issues(['PAY-3'])
    expect(one?.attachments).toMatchObject([{ id, filename, size: bytes.length }])
    const chunks: Uint8Array[] = []
    for await (const chunk of await read.content(id)) chunks.push(chunk)
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  })

  test('a file that is not there fails alone, with what to do', async () => {
    const path = join(folder, 'none')
    const promise = { issueKey: 'PAY-3', filename: 'none', size: 1, mimetype: null, path }
    expect(await connection.write.attach(promise)).toMatchObject({
      ok: false,
      code: 'source-unreadable',
    })
  })

  test('a link leads the way it was promised', async () => {
    const { read, write } = connection
    idOf(await write.createLink({ type: 'Precedes', inwardKey: 'PAY-1', outwardKey: 'PAY-3' }))
    const [first, third] = await read.issues(['PAY-1', 'PAY-3'])
    expect(first?.links).toMatchObject([{ type: 'Precedes', inwardKey: null, outwardKey: 'PAY-3' }])
    expect(third?.links).toMatchObject([{ type: 'Precedes', inwardKey: 'PAY-1', outwardKey: null }])
  })

  test('a remote link is there once, however often it is written', async () => {
    const { read, write } = connection
    const promise = {
      issueKey: 'PAY-1',
      globalId: 'system=1&id=2',
      title: 'A page',
      url: 'https://wiki.example.com/2',
      summary: null,
      relationship: 'mentioned in',
      applicationType: 'com.atlassian.confluence',
      applicationName: null,
    }
    const id = idOf(await write.createRemoteLink(promise))
    expect(idOf(await write.createRemoteLink(promise))).toBe(id)
    const { applicationType: _type, applicationName: _name, issueKey: _key, ...there } = promise
    expect(await read.remoteLinks('PAY-1')).toEqual([{ id, ...there }])
  })
})

describe('what is read', () => {
  test('the facts name what a plan needs, people by their very address', async () => {
    const facts = await connection.read.facts({
      emails: [site.email.toUpperCase(), site.email.slice(0, -1), 'nobody@example.com', ''],
      projectKeys: ['PAY', 'NONE'],
      projectNames: ['payments', 'Pay'],
    })
    expect(Object.keys(facts.accounts)).toEqual([site.email])
    expect(facts.projects).toMatchObject([{ key: 'PAY', name: 'Payments' }])
    expect(facts.uploadLimit).toBeGreaterThan(1_000_000)
    expect(facts.cloudId).not.toBe('')
    for (const list of [facts.issueTypes, facts.statuses, facts.priorities, facts.resolutions])
      expect(list.length).toBeGreaterThan(0)
    expect(facts.linkTypes.map((one) => one.name)).toContain('Precedes')
    expect(facts.roles.map((one) => one.name)).toContain('Administrators')
    expect(facts.groups.length).toBeGreaterThan(0)
  })

  test('many people are found by paging through all accounts', async () => {
    const emails = Array.from({ length: 300 }, (_none, n) => `nobody-${n}@example.com`)
    const before = connection.read.requests()
    const facts = await connection.read.facts({
      emails: [...emails, site.email],
      projectKeys: [],
      projectNames: [],
    })
    expect(Object.keys(facts.accounts)).toEqual([site.email])
    expect(connection.read.requests() - before).toBeLessThan(30)
  })

  test('a project with its parts', async () => {
    const { read } = connection
    expect(await read.project('PAY')).toEqual({
      category: null,
      id: projectId,
      key: 'PAY',
      name: 'Payments',
      description: 'All about money',
      url: 'https://pay.example.com',
      leadAccountId: me,
      assigneeType: 'UNASSIGNED',
      projectTypeKey: 'software',
    })
    expect(await read.project('NONE')).toBe(null)
    expect(await read.components('PAY')).toMatchObject([{ name: 'UI', description: '' }])
    expect(await read.versions('PAY')).toMatchObject([
      { name: '1.0', startDate: '2009-12-01', releaseDate: '2010-02-01', released: true },
    ])
  })

  test('the keys of a project by rising number', async () => {
    const keys: string[] = []
    for await (const key of connection.read.keysOf('PAY')) keys.push(key)
    const numbers = keys.map((key) => Number(key.split('-')[1]))
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(keys).toContain('PAY-1')
  })

  test('accounts by id', async () => {
    expect(await connection.read.accounts([me, me])).toMatchObject([
      { accountId: me, active: true },
    ])
    expect(await connection.read.accounts([])).toEqual([])
  })
})

const document = resolve(import.meta.dirname, '../../../shared/openapi/jira-cloud-platform-v3.json')
describe('the exchanges of all this', () => {
  test.runIf(existsSync(document))('are as the official document has them', () => {
    const checker = openApiChecker(document)
    const wrong = site.exchanges
      // Undocumented, and known from every site.
      .filter((one) => one.path !== '/_edge/tenant_info')
      .flatMap((one) => checker.check(one))
      // The document says a text; sites were seen to take the bare word only.
      .filter((one) => !one.startsWith('PUT /rest/api/3/mypreferences 204: request'))
    expect([...new Set(wrong)]).toEqual([])
  })

  test("are as jira.js's schemas have them", () => {
    expect(drift).toEqual([])
  })
})
