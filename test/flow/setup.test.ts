import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Agent, startAgent } from '../../agent/serve.ts'
import { MigrationDetailSchema, MigrationViewSchema, ProblemSchema } from '../../shared/api.ts'
import { PlannedPageSchema } from '../../shared/api-planned.ts'
import { EditedViewSchema, SetupViewSchema } from '../../shared/api-setup.ts'
import {
  AccountsViewSchema,
  CollisionsViewSchema,
  FoundBackupSchema,
  InspectionViewSchema,
  type MeetingName,
  type MeetingNamesPage,
  MeetingNamesPageSchema,
  PeoplePageSchema,
  PeopleUploadSchema,
  PersonViewSchema,
  PreviewViewSchema,
  SiteTestViewSchema,
  SourcesViewSchema,
} from '../../shared/api-setup-views.ts'
import { must } from '../../shared/assert.ts'
import { nameLists } from '../../shared/setup.ts'
import { pair } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-setup-'))
const backups = join(folder, 'backups')
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>
let sample: Awaited<ReturnType<typeof writeSample>>

beforeAll(async () => {
  mkdirSync(backups)
  sample = await writeSample(backups)
  process.env.LANDFALL_BACKUPS = backups
  let code = ''
  agent = await startAgent({
    folder: join(folder, 'agent'),
    port: 0,
    practicePort: 0,
    onCode: (one) => {
      code = one
    },
  })
  agent.pairingCode()
  ask = await pair({ url: agent.url, folder, code })
})
afterAll(async () => {
  delete process.env.LANDFALL_BACKUPS
  await agent.close()
  rmSync(folder, { recursive: true, force: true })
})

const send = (method: string, path: string, body?: unknown) =>
  ask(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
async function get<S extends v.GenericSchema>(schema: S, answer: Promise<Response>) {
  const response = await answer
  const text = await response.text()
  expect(response.ok, text).toBe(true)
  return v.parse(schema, JSON.parse(text))
}
async function problem(answer: Promise<Response>) {
  const response = await answer
  const body = (await response.json()) as { problem: unknown }
  return { status: response.status, ...v.parse(ProblemSchema, body.problem) }
}
async function until<T>(look: () => Promise<T>, done: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look()
    if (done(found)) return found
    await wait(50)
  }
}
async function inspected(id: string) {
  await send('POST', `/api/migrations/${id}/inspect`)
  return until(
    () => get(InspectionViewSchema, send('GET', `/api/migrations/${id}/inspection`)),
    (view) => view.state !== 'reading',
  )
}
async function previewed(id: string) {
  expect((await send('POST', `/api/migrations/${id}/plan-preview`)).status).toBe(202)
  const view = await until(
    () => get(PreviewViewSchema, send('GET', `/api/migrations/${id}/plan-preview`)),
    ({ state }) => state !== 'planning',
  )
  return must(view.preview, JSON.stringify(view.problem))
}
async function run(id: string) {
  const begun = await send('POST', `/api/migrations/${id}/run`)
  expect(begun.status, await begun.clone().text()).toBe(200)
  await until(
    async () => agent.runner.running(),
    (ids) => !ids.includes(id),
  )
  return get(MigrationDetailSchema, send('GET', `/api/migrations/${id}`))
}
const body = (own: Record<string, unknown> = {}) => ({
  name: 'Kestrel',
  source: { kind: 'backup', path: sample.backup, attachments: sample.attachments },
  site: { kind: 'practice' },
  ...own,
})
const create = async (own: Record<string, unknown> = {}) =>
  (await get(MigrationViewSchema, send('POST', '/api/migrations', body(own)))).id

describe('a draft', () => {
  test('is saved with what there is, says what is missing, and does not run', async () => {
    const draft = { name: 'Half', step: 'source' }
    const view = await get(MigrationViewSchema, send('POST', '/api/migrations', draft))
    expect(view.setup).toEqual({ purpose: 'test', step: 'source', missing: ['source', 'site'] })
    const setup = await get(SetupViewSchema, send('GET', `/api/migrations/${view.id}/setup`))
    expect(setup).toMatchObject({ source: null, site: null, step: 'source' })
    expect(await problem(send('POST', `/api/migrations/${view.id}/run`))).toMatchObject({
      status: 409,
      sentence: 'This draft cannot be run: it does not say which backup.',
    })
    expect(await problem(send('POST', `/api/migrations/${view.id}/inspect`))).toMatchObject({
      status: 409,
    })
    expect(await problem(send('GET', `/api/migrations/${view.id}/people`))).toMatchObject({
      hint: 'Inspect the source first.',
    })
  })

  test('becomes whole by an edit, and its token never comes back', async () => {
    const cloud = { kind: 'cloud', url: 'https://acme.atlassian.net/jira', email: 'a@acme.com' }
    const id = await create({ step: 'site', site: cloud })
    const setup = async () => send('GET', `/api/migrations/${id}/setup`)
    expect((await get(SetupViewSchema, setup())).missing).toEqual(['token'])
    const token = 'ATATT-very-secret'
    const answer = await send('PUT', `/api/migrations/${id}`, body({ site: { ...cloud, token } }))
    const text = await answer.text()
    expect(text).not.toContain(token)
    const edited = v.parse(EditedViewSchema, JSON.parse(text))
    expect(edited.setup).toMatchObject({ missing: [], site: { tokenStored: true } })
    expect(edited.willDo[0]).toContain('https://acme.atlassian.net')
    // Left out, the token stays; for another account it does not.
    await send('PUT', `/api/migrations/${id}`, body({ site: cloud }))
    expect((await get(SetupViewSchema, setup())).missing).toEqual([])
    const other = { ...cloud, url: 'https://other.atlassian.net' }
    await send('PUT', `/api/migrations/${id}`, body({ site: other }))
    expect((await get(SetupViewSchema, setup())).missing).toEqual(['token'])
  })
})

describe('sources', () => {
  test('are found in the folders that are named, by what is in them', async () => {
    const { backups: found, folders } = await get(SourcesViewSchema, send('GET', '/api/sources'))
    expect(folders).toContain(backups)
    expect(found.find(({ path }) => path === sample.backup)).toMatchObject({
      attachments: sample.attachments,
    })
  })

  test('can be uploaded, and what is no backup is not kept', async () => {
    const upload = async (bytes: Uint8Array<ArrayBuffer>, name: string) => {
      const form = new FormData()
      form.append('file', new Blob([bytes]), name)
      const headers = { authorization: `Bearer ${ask.token}` }
      return fetch(`${agent.url}/api/sources/upload`, { method: 'POST', body: form, headers })
    }
    const bytes = new Uint8Array(readFileSync(sample.backup))
    const kept = await get(FoundBackupSchema, upload(bytes, '../../jira.zip'))
    expect(kept).toMatchObject({ name: 'jira.zip', size: bytes.length })
    expect(readFileSync(kept.path).equals(bytes)).toBe(true)
    const uploads = join(folder, 'agent', 'uploads')
    expect(readdirSync(uploads)).toHaveLength(1)
    expect((await problem(upload(new Uint8Array(0), 'empty.zip'))).code).toBe('source-empty')
    expect(readdirSync(uploads)).toHaveLength(1)
  })
})

describe('before a run', () => {
  let id: string
  beforeAll(async () => {
    id = await create({ step: 'inspection' })
    expect((await inspected(id)).state).toBe('done')
  })

  test('the source is read once, and told kind by kind', async () => {
    const view = await get(InspectionViewSchema, send('GET', `/api/migrations/${id}/inspection`))
    const { kept } = must(view.inspection, 'It was inspected.')
    const issues = kept.find(({ table }) => table === 'issue')?.rows
    expect(view.projects.reduce((sum, project) => sum + project.issues, 0)).toBe(issues)
    expect(view.projects.some((project) => project.attachments > 0)).toBe(true)
  })

  test('a source that cannot be read says why', async () => {
    const lost = await create({ source: { kind: 'backup', path: join(folder, 'gone.zip') } })
    expect(await inspected(lost)).toMatchObject({
      state: 'failed',
      problem: { code: 'source-missing' },
    })
  })

  test('the site is tested with the account that will write', async () => {
    const path = `/api/migrations/${id}/site-test`
    const view = await get(SiteTestViewSchema, send('POST', path, {}))
    expect(view.missing).toEqual([])
    expect(view.uploadLimit).toBeGreaterThan(0)
    const site = { kind: 'cloud', url: view.url, email: 'nobody@example.com', token: 'wrong' }
    expect((await problem(send('POST', path, { site }))).code).toBe('site-token-refused')
    const closed = { ...site, url: 'http://127.0.0.1:9' }
    expect((await problem(send('POST', path, { site: closed }))).code).toBe('site-unreachable')
  })

  test('people are matched by address, and a choice overrides that', async () => {
    const path = `/api/migrations/${id}/people`
    const first = await get(PeoplePageSchema, send('GET', `${path}?limit=2`))
    expect(first.siteProblem).toBeNull()
    expect(first.people).toHaveLength(2)
    expect(first.states.email).toBeGreaterThan(2)
    const all = await get(PeoplePageSchema, send('GET', `${path}?after=${first.next}&limit=1000`))
    expect(first.people.length + all.people.length).toBe(
      Object.values(first.states).reduce((sum, n) => sum + n, 0),
    )
    const matched = all.people.filter((person) => person.state === 'email')
    const [one, other] = [must(matched[0], 'one'), must(matched[1], 'other')]
    const account = must(other.account, 'It was matched.').accountId
    const chosen = await get(
      PersonViewSchema,
      send('PUT', `${path}/${encodeURIComponent(one.key)}`, { how: 'account', accountId: account }),
    )
    expect(chosen).toMatchObject({ state: 'choice', account: other.account })
    const unknown = send('PUT', `${path}/${encodeURIComponent(one.key)}`, {
      how: 'account',
      accountId: 'nobody',
    })
    expect((await problem(unknown)).sentence).toBe('The site has no account "nobody".')
    const found = await get(PeoplePageSchema, send('GET', `${path}?state=choice`))
    expect(found.people.map((person) => person.key)).toEqual([one.key])
  })

  test('an account is found on the site by name or address', async () => {
    const path = `/api/migrations/${id}/accounts`
    const { people } = await get(PeoplePageSchema, send('GET', `/api/migrations/${id}/people`))
    const one = must(
      people.find((person) => person.state === 'email'),
      'one who is matched',
    )
    const words = [must(one.email, 'an address').slice(0, 8), one.name.split(' ').at(-1) ?? '']
    for (const part of words) {
      const view = await get(AccountsViewSchema, send('GET', `${path}?words=${encodeURI(part)}`))
      expect(view.accounts.map(({ accountId }) => accountId)).toContain(one.account?.accountId)
    }
    const none = await get(AccountsViewSchema, send('GET', `${path}?words=zzzz`))
    expect(none.accounts).toEqual([])
    expect((await problem(send('GET', `${path}?words=%20`))).sentence).toBeTruthy()
  })

  test('the mapping is a table that can be given back', async () => {
    const path = `/api/migrations/${id}/people.csv`
    const csv = await (await send('GET', path)).text()
    const post = (text: string) =>
      get(
        PeopleUploadSchema,
        ask(path, { method: 'POST', body: text, headers: { 'content-type': 'text/csv' } }),
      )
    expect(await post(csv)).toMatchObject({ changed: 0, errors: [] })
    const lines = csv.trimEnd().split('\r\n')
    const key = must(lines[1], 'a line').split(',')[0]
    const wrong = ['key,how,account', `${key},placeholder,`, 'nobody,email,', `${key},fly,`]
    const said = await post(wrong.join('\n'))
    expect(said.changed).toBe(0)
    expect(said.errors.map(({ line }) => line)).toEqual([3, 4])
    expect(await post(wrong.slice(0, 2).join('\n'))).toEqual({
      changed: 1,
      unchanged: 0,
      errors: [],
    })
    expect(await post(`key,how\n${key},email`)).toMatchObject({ changed: 1 })
  })

  async function namesOf(kind: string, list: string) {
    const found: MeetingName[] = []
    for (let after: number | null = 0; after !== null; ) {
      const path: string = `/api/migrations/${id}/collisions/${kind}?list=${list}&after=${after}&limit=2`
      const page: MeetingNamesPage = await get(MeetingNamesPageSchema, send('GET', path))
      found.push(...page.names)
      after = page.next
    }
    return found
  }

  test('names that meet are told with what becomes of them', async () => {
    const collisions = { status: 'rename', issueType: 'stop' }
    await send('PUT', `/api/migrations/${id}`, body({ collisions }))
    const view = await get(CollisionsViewSchema, send('GET', `/api/migrations/${id}/collisions`))
    const of = (kind: string) =>
      must(
        view.kinds.find((one) => one.kind === kind),
        kind,
      )
    const [status] = await namesOf('status', 'beside')
    expect(status?.becomes).toMatch(/ \(2\)$/)
    expect(of('issueType').both).toBeGreaterThan(0)
    expect(of('issueType').lists).toMatchObject({
      used: 0,
      beside: 0,
      leftOut: of('issueType').both,
    })
    // Behind each number are as many names, page by page.
    for (const { kind, names, lists } of view.kinds) {
      let sum = 0
      for (const list of nameLists) {
        const found = await namesOf(kind, list)
        expect([kind, list, found.length]).toEqual([kind, list, lists[list]])
        expect(found.every(({ becomes }) => list !== 'leftOut' || becomes === null)).toBe(true)
        sum += found.length
      }
      expect([kind, sum]).toEqual([kind, names])
    }
    expect((await send('GET', `/api/migrations/${id}/collisions/user?list=used`)).status).toBe(404)
    await send('PUT', `/api/migrations/${id}`, body())
  })

  test('the plan is shown in numbers that the run then keeps', async () => {
    const scope = { attachments: 'without', memberships: false, archived: false }
    const own = await create({ scope })
    await inspected(own)
    const preview = await previewed(own)
    const { writes, reads } = preview.requests
    expect(writes).toBeGreaterThan(0)
    expect(reads).toBeGreaterThan(0)
    const columns = <K extends string>(rows: Record<K, number>[], of: K) =>
      rows.reduce((sum, row) => sum + row[of], 0)
    expect(columns(preview.perProject, 'requests')).toBe(writes + reads)
    expect(columns(preview.perProject, 'items')).toBe(columns(preview.kinds, 'planned'))
    // Each number opens a list of that length.
    const listed = async (query: string) =>
      (
        await get(
          PlannedPageSchema,
          send('GET', `/api/migrations/${own}/plan-preview/items?${query}`),
        )
      ).total
    for (const { kind, planned, leftOut } of preview.kinds) {
      expect([kind, await listed(`what=moves&kind=${kind}`)]).toEqual([kind, planned])
      expect([kind, await listed(`what=leftOut&kind=${kind}`)]).toEqual([kind, leftOut])
    }
    for (const { key, withLoss, leftOut } of preview.perProject) {
      expect(await listed(`what=withLoss&project=${key}`)).toBe(withLoss)
      expect(await listed(`what=leftOut&project=${key}`)).toBe(leftOut)
    }
    for (const [what, reasons] of [
      ['loss', preview.losses],
      ['leftOut', preview.leftOut],
    ] as const)
      for (const { kind, code, items } of reasons)
        expect([code, await listed(`what=${what}&kind=${kind}&code=${code}`)]).toEqual([
          code,
          items,
        ])
    const csv = await send('GET', `/api/migrations/${own}/plan-preview/items.csv?what=leftOut`)
    expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(
      1 + columns(preview.kinds, 'leftOut'),
    )
    // Another name, and a look at another step, leave it as it is.
    await send('PUT', `/api/migrations/${own}`, body({ name: 'Later', step: 'checks', scope }))
    const kept = send('GET', `/api/migrations/${own}/plan-preview`)
    expect((await get(PreviewViewSchema, kept)).preview).toEqual(preview)
    expect(preview.estimate.low).toBeLessThanOrEqual(preview.estimate.high)
    const detail = await run(own)
    expect(detail.migration.status).toBe('finished')
    const planned = Object.fromEntries(preview.kinds.map((kind) => [kind.kind, kind]))
    for (const { kind, counts } of detail.kinds) {
      expect([kind, planned[kind]?.leftOut]).toEqual([kind, counts.leftOut])
      expect([kind, planned[kind]?.planned]).toEqual([kind, counts.source - counts.leftOut])
    }
    const files = must(
      detail.kinds.find(({ kind }) => kind === 'attachment'),
      'files',
    ).counts
    expect(files.leftOut).toBe(files.source)

    // The files come later, to the issues that are there, and each is read back.
    const copy = await get(MigrationViewSchema, send('POST', `/api/migrations/${own}/copy`, {}))
    expect(copy).toMatchObject({
      name: 'Copy of Later',
      status: 'saved',
      setup: { step: 'name' },
    })
    await send(
      'PUT',
      `/api/migrations/${copy.id}`,
      body({ scope: { ...scope, attachments: 'only' } }),
    )
    const second = await run(copy.id)
    const there = must(
      second.kinds.find(({ kind }) => kind === 'attachment'),
      'files',
    ).counts
    expect(there).toMatchObject({ failed: 0, different: 0 })
    expect(there.verified).toBeGreaterThan(0)
    expect(there.verified + there.leftOut).toBe(there.source)
    const issues = must(
      second.kinds.find(({ kind }) => kind === 'issue'),
      'issues',
    ).counts
    expect(issues.leftOut).toBe(issues.source)

    // A run that sent something keeps what it stands on, and says what a new one will do.
    const fixed = send('PUT', `/api/migrations/${own}`, body({ scope: {} }))
    expect((await problem(fixed)).sentence).toContain('its scope can no longer change')
    const renamed = send('PUT', `/api/migrations/${own}`, body({ name: 'New name', scope }))
    const edited = await get(EditedViewSchema, renamed)
    expect(edited.setup.name).toBe('New name')
    expect(edited.willDo.join(' ')).toContain('nothing is sent twice')

    // A deleted migration leaves nothing on the agent's disk.
    expect((await send('DELETE', `/api/migrations/${own}`)).status).toBe(204)
    for (const room of ['snapshots', 'reports'])
      expect(
        readdirSync(join(folder, 'agent', room)).filter((name) => name.startsWith(own)),
      ).toEqual([])
  })
})
