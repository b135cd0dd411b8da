import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { promiseOf } from '../../agent/ledger/items.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Agent, startAgent } from '../../agent/serve.ts'
import { MigrationDetailSchema, MigrationViewSchema } from '../../shared/api.ts'
import { type AfterView, AfterViewSchema } from '../../shared/api-after.ts'
import { EditedViewSchema } from '../../shared/api-setup.ts'
import { FilesTestViewSchema } from '../../shared/api-setup-views.ts'
import { must } from '../../shared/assert.ts'
import { pair } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-files-later-'))
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>
let sample: Awaited<ReturnType<typeof writeSample>>

beforeAll(async () => {
  sample = await writeSample(join(folder, 'backups'))
  let code = ''
  const home = join(folder, 'agent')
  mkdirSync(home)
  agent = await startAgent({
    folder: home,
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
  await agent?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function get<S extends v.GenericSchema>(
  schema: S,
  method: string,
  path: string,
  body?: unknown,
) {
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await ask(`/api/migrations${path}`, { method, ...json })
  const text = await answer.text()
  expect(answer.ok, `${method} ${path}: ${text}`).toBe(true)
  return v.parse(schema, JSON.parse(text))
}
async function run(id: string) {
  await get(v.any(), 'POST', `/${id}/run`)
  while (agent.runner.running().includes(id)) await wait(50)
  const detail = await get(MigrationDetailSchema, 'GET', `/${id}`)
  return {
    status: detail.migration.status,
    findings: detail.findings,
    counts: (kind: string) => must(detail.kinds.find((one) => one.kind === kind)?.counts, kind),
  }
}
async function checked(id: string) {
  let view: AfterView = await get(AfterViewSchema, 'POST', `/${id}/after/run`, {})
  while (view.running) {
    await wait(50)
    view = await get(AfterViewSchema, 'GET', `/${id}/after`)
  }
  return view.checks
}
const draft = (attachments: string | null, own: Record<string, unknown> = {}) => ({
  name: 'Kestrel',
  source: { kind: 'backup', path: sample.backup, attachments },
  site: { kind: 'practice' },
  scope: {},
  ...own,
})

/** Names of the files that the site has, issue by issue, each as often as it is there. */
async function filesOnSite() {
  const { url, email, token } = await agent.practice.access(null)
  const authorization = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
  const rows = await agent.ledger.db
    .selectFrom('item')
    .select('projectKey')
    .where('kind', '=', 'project')
    .where('state', '=', 'sent')
    .execute()
  const jql = encodeURIComponent(`project in (${rows.map((row) => row.projectKey).join(', ')})`)
  const found: string[] = []
  for (let next: string | undefined = ''; next !== undefined; ) {
    const more: string = next ? `&nextPageToken=${encodeURIComponent(next)}` : ''
    const asked = `${url}/rest/api/3/search/jql?jql=${jql}&fields=attachment&maxResults=100${more}`
    const answer = await fetch(asked, { headers: { authorization } })
    expect(answer.ok, `${answer.status}`).toBe(true)
    const page = v.parse(Page, await answer.json())
    for (const { key, fields } of page.issues)
      for (const { filename, size } of fields.attachment) found.push(`${key} ${filename} ${size}`)
    next = page.nextPageToken
  }
  return found.toSorted()
}
const Page = v.object({
  issues: v.array(
    v.object({
      key: v.string(),
      fields: v.object({
        attachment: v.array(v.object({ filename: v.string(), size: v.number() })),
      }),
    }),
  ),
  nextPageToken: v.optional(v.string()),
})

/** What a migration moved of a kind, as its ledger has it. */
const items = (id: string, kind: 'attachment' | 'note') =>
  agent.ledger.db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', id)
    .where('kind', '=', kind)
    .where('state', '=', 'sent')
    .execute()

test('files that were not found come with a copy, to the issues that the first run made, and once', {
  timeout: 240_000,
}, async () => {
  const { id: first } = await get(MigrationViewSchema, 'POST', '', draft(null))
  const one = await run(first)
  expect(one.status).toBe('finished')
  const none = one.counts('attachment')
  expect(none).toMatchObject({ leftOut: none.source, verified: 0 })
  expect(none.source).toBeGreaterThan(10)
  expect(await filesOnSite()).toEqual([])
  expect(one.findings.find(({ code }) => code === 'no-attachments-folder')?.hint).toMatch(
    /copy the migration and choose “Only attachments” at the step Scope of the copy/,
  )

  // The folder that is named too late is not taken, and what to do instead is said.
  const late = await ask(`/api/migrations/${first}`, {
    method: 'PUT',
    body: JSON.stringify(draft(sample.attachments)),
  })
  expect(late.status).toBe(409)
  expect(await late.text()).toContain('Copy the migration and change the copy')

  const copy = await get(MigrationViewSchema, 'POST', `/${first}/copy`, {})
  const only = draft(sample.attachments, { scope: { attachments: 'only' } })
  const edited = await get(EditedViewSchema, 'PUT', `/${copy.id}`, only)
  expect(edited.willDo.join(' ')).toContain('It uses what was read of the source')
  const files = await get(FilesTestViewSchema, 'POST', `/${copy.id}/files-test`, {
    folder: sample.attachments,
  })
  const two = await run(copy.id)
  expect(two.status).toBe('finished')
  const sent = two.counts('attachment')
  expect(sent).toMatchObject({ verified: files.found, different: 0, failed: 0 })
  expect(sent.verified + sent.leftOut).toBe(sent.source)
  expect(two.counts('issue').leftOut).toBe(two.counts('issue').source)

  // Each on the issue that it had at the source, with a note of who attached it, and no other.
  const promised = await items(copy.id, 'attachment')
  const wanted = promised.map((item) => {
    const { filename, size } = promiseOf(item, 'attachment')
    return `${item.issueKey} ${filename} ${size}`
  })
  const there = await filesOnSite()
  expect(there).toEqual(wanted.toSorted())
  const noted = new Set((await items(copy.id, 'note')).map(({ issueKey }) => issueKey))
  expect(noted).toEqual(new Set(promised.map(({ issueKey }) => issueKey)))

  // It asks what concerns files, and sends what else is asked to where it belongs.
  const checks = await checked(copy.id)
  expect(checks.map(({ key, status }) => [key, status])).toEqual([['attachments', 'warning']])
  expect(checks[0]?.sentence).toBe(
    '1 file was left out before the run, as announced. All 117 files that were moved are there, of the right size, and open.',
  )
  const other = await ask(`/api/migrations/${copy.id}/after/run`, {
    method: 'POST',
    body: JSON.stringify({ keys: ['links'] }),
  })
  expect(other.status).toBe(409)
  expect(await other.text()).toContain('Open the migration that moved the issues')

  // Once more, by itself and as a copy of its own: nothing comes twice.
  expect((await run(copy.id)).counts('attachment')).toEqual(sent)
  const again = await get(MigrationViewSchema, 'POST', `/${copy.id}/copy`, {})
  const three = await run(again.id)
  expect(three.counts('attachment')).toMatchObject({ leftOut: sent.source, verified: 0 })
  expect(await items(again.id, 'note')).toEqual([])
  expect(await filesOnSite()).toEqual(there)
})
