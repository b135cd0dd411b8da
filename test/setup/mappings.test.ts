import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Agent, startAgent } from '../../agent/serve.ts'
import { MigrationViewSchema, ProblemSchema } from '../../shared/api.ts'
import { MappingsFileSchema } from '../../shared/api-mappings.ts'
import { SetupViewSchema } from '../../shared/api-setup.ts'
import { pair } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-mappings-'))
const uploads = join(folder, 'agent', 'uploads')
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>

beforeAll(async () => {
  let code = ''
  const onCode = (one: string) => {
    code = one
  }
  agent = await startAgent({ folder: join(folder, 'agent'), port: 0, practicePort: 0, onCode })
  agent.pairingCode()
  ask = await pair({ url: agent.url, folder, code })
})
afterAll(async () => {
  await agent.close()
  rmSync(folder, { recursive: true, force: true })
})

function upload(text: string, name = 'id-mappings.csv') {
  const form = new FormData()
  form.append('file', new Blob([text]), name)
  const headers = { authorization: `Bearer ${ask.token}` }
  return fetch(`${agent.url}/api/mappings/upload`, { method: 'POST', body: form, headers })
}
const send = (method: string, path: string, body?: unknown) =>
  ask(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
const parsed = async <S extends v.GenericSchema>(schema: S, answer: Promise<Response>) =>
  v.parse(schema, await (await answer).json())
const problem = async (answer: Promise<Response>) =>
  v.parse(v.object({ problem: ProblemSchema }), await (await answer).json()).problem
const kept = () => (existsSync(uploads) ? readdirSync(uploads) : [])

const rows = [
  'entityType,serverId,cloudId',
  'jira:issue,10001,20001',
  'jira:issue,10002',
  'plugin:thing,1,2',
  'jira:issue,"10003,20003',
]

test('id mappings are uploaded, and lines that cannot be read are told with their number', async () => {
  const file = await parsed(MappingsFileSchema, upload(rows.join('\r\n'), '../../ids.csv'))
  expect(file).toMatchObject({ name: 'ids.csv', rows: 4, used: 1, otherRows: 1, refused: 2 })
  expect(file.otherTypes).toEqual([{ type: 'plugin:thing', rows: 1 }])
  expect(file.problems).toEqual([
    'Line 3: it has 2 columns and not three.',
    'Line 5: its quotation marks do not close.',
  ])
  expect(kept()).toHaveLength(1)
  const same = await parsed(
    MappingsFileSchema,
    send('POST', '/api/mappings/look', { path: file.path }),
  )
  expect(same).toEqual(file)
})

test('another file is not kept, and said to be another', async () => {
  const before = kept()
  const said = await problem(upload('key,name,email\nA,B,C', 'people.csv'))
  expect(said.sentence).toContain('people.csv is no id-mappings.csv')
  expect(said.hint).not.toBe('')
  expect(kept()).toEqual(before)
})

test('a path that leads nowhere is said to', async () => {
  const path = join(folder, 'gone.csv')
  writeFileSync(join(folder, 'there.csv'), `${rows[0]}\n`)
  expect((await problem(send('POST', '/api/mappings/look', { path }))).code).toBe('source-missing')
  const there = { path: join(folder, 'there.csv') }
  const empty = await parsed(MappingsFileSchema, send('POST', '/api/mappings/look', there))
  expect(empty).toMatchObject({ rows: 0, used: 0, refused: 0 })
})

test('an upload stays while a copy uses it, and goes when it is replaced or deleted', async () => {
  const one = await parsed(MappingsFileSchema, upload(rows.join('\n'), 'one.csv'))
  const two = await parsed(MappingsFileSchema, upload(rows.join('\n'), 'two.csv'))
  const draft = { name: 'What they moved', purpose: 'verify', step: 'site' }
  const save = (mappings: string | null) => ({ ...draft, mappings })
  const first = await parsed(MigrationViewSchema, send('POST', '/api/migrations', save(one.path)))
  const copy = await parsed(
    MigrationViewSchema,
    send('POST', `/api/migrations/${first.id}/copy`, {}),
  )
  const setup = (id: string) => parsed(SetupViewSchema, send('GET', `/api/migrations/${id}/setup`))
  expect((await setup(copy.id)).mappings).toBe(one.path)

  await send('PUT', `/api/migrations/${first.id}`, save(two.path))
  expect([existsSync(one.path), existsSync(two.path)]).toEqual([true, true])
  await send('PUT', `/api/migrations/${copy.id}`, save(null))
  expect((await setup(copy.id)).mappings).toBeNull()
  expect([existsSync(one.path), existsSync(two.path)]).toEqual([false, true])

  const gone = await send('DELETE', `/api/migrations/${first.id}`, { name: first.name })
  expect(gone.ok, await gone.text()).toBe(true)
  expect(existsSync(two.path)).toBe(false)
  await send('DELETE', `/api/migrations/${copy.id}`, { name: copy.name })
})

test('a file that was given by its path is left where it lies', async () => {
  const path = join(folder, 'there.csv')
  const body = { name: 'By path', purpose: 'verify', step: 'site', mappings: path }
  const made = await parsed(MigrationViewSchema, send('POST', '/api/migrations', body))
  await send('PUT', `/api/migrations/${made.id}`, { ...body, mappings: null })
  await send('DELETE', `/api/migrations/${made.id}`, { name: made.name })
  expect(existsSync(path)).toBe(true)
})

test('more than 200 MB are refused while they come, and nothing of them stays', async () => {
  const before = kept()
  const line = new TextEncoder().encode(`${'x'.repeat(1024 * 1024 - 1)}\n`)
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
  async function* body() {
    yield new TextEncoder().encode(head)
    for (let n = 0; n <= 200; n++) yield line
    yield new TextEncoder().encode('\r\n--b--')
  }
  const said = await problem(
    fetch(`${agent.url}/api/mappings/upload`, {
      method: 'POST',
      body: ReadableStream.from(body()),
      duplex: 'half',
      headers: {
        authorization: `Bearer ${ask.token}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
    } as RequestInit),
  )
  expect(said.sentence).toBe('The id mappings are larger than 200 MB.')
  expect(kept()).toEqual(before)
})
