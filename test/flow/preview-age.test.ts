import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Agent, startAgent } from '../../agent/serve.ts'
import { MigrationViewSchema } from '../../shared/api.ts'
import { PreviewViewSchema } from '../../shared/api-setup-views.ts'
import { pair } from '../support/agent-process.ts'
import { backupXml } from '../support/make-backup.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-preview-age-'))
const home = join(folder, 'agent')
const path = join(folder, 'entities.xml')
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>

async function begin() {
  let code = ''
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
}
beforeAll(async () => {
  mkdirSync(home)
  await begin()
})
afterAll(async () => {
  await agent?.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (...keys: string[]) =>
  writeFileSync(
    path,
    backupXml(keys.map((key, i) => ['Project', { id: i + 1, key, name: `The ${key}` }])),
  )
async function get<S extends v.GenericSchema>(schema: S, method: string, at: string) {
  const answer = await ask(`/api/migrations${at}`, { method })
  return v.parse(schema, await answer.json())
}
const state = v.object({ state: v.string() })
const preview = (id: string, method = 'GET') =>
  get(PreviewViewSchema, method, `/${id}/plan-preview`)
const waits = { timeout: 60_000 }

test('numbers of an earlier reading are told, and not shown once the source was read again', {
  timeout: 120_000,
}, async () => {
  write('PAY')
  const source = { kind: 'backup', path, attachments: null, timeZone: null }
  const body = { name: 'Weekend', source, site: { kind: 'practice' }, scope: {} }
  const made = await ask('/api/migrations', { method: 'POST', body: JSON.stringify(body) })
  const { id } = v.parse(MigrationViewSchema, await made.json())
  await get(state, 'POST', `/${id}/inspect`)
  await expect
    .poll(async () => (await get(state, 'GET', `/${id}/inspection`)).state, waits)
    .toBe('done')
  const planned = async () => {
    await preview(id, 'POST')
    await expect.poll(async () => (await preview(id)).state, waits).toBe('done')
    const view = await preview(id)
    return { outdated: view.outdated, projects: view.preview?.perProject.map(({ key }) => key) }
  }
  expect(await planned()).toEqual({ outdated: false, projects: ['PAY', ''] })

  write('PAY', 'OPS')
  const since = await preview(id)
  expect(since).toMatchObject({ state: 'done', outdated: true })
  expect(since.preview?.perProject.map(({ key }) => key)).toEqual(['PAY', ''])

  // The checks read it anew: what was planned before is about something else.
  await ask(`/api/migrations/${id}/checks/run`, { method: 'POST', body: '{}' })
  await expect.poll(async () => (await preview(id)).outdated, waits).toBe(false)
  expect(await preview(id)).toMatchObject({ state: 'none', preview: null })
  expect((await ask(`/api/migrations/${id}/plan-preview/items?what=moves`)).status).toBe(409)
  const running = v.object({ running: v.boolean() })
  await expect
    .poll(async () => (await get(running, 'GET', `/${id}/checks`)).running, waits)
    .toBe(false)
  expect(await planned()).toEqual({ outdated: false, projects: ['PAY', 'OPS', ''] })
  expect((await ask(`/api/migrations/${id}/plan-preview/items?what=moves`)).status).toBe(200)
})
