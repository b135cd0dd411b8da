import { serve } from '@hono/node-server'
import { hc } from 'hono/client'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../agent/app.ts'
import { MigrationViewSchema, StateSchema } from '../../shared/api.ts'
import { addSample, finishSample } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
let port = 0
let stop: () => Promise<void>

beforeEach(async () => {
  door = await openDoor({ port: () => port })
  stop = await new Promise((ready) => {
    const server = serve({ fetch: door.app.fetch, hostname: '127.0.0.1', port: 0 }, (info) => {
      port = info.port
      ready(
        () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      )
    })
  })
})
afterEach(async () => {
  await stop()
  await door.close()
})

test('a typed client saves a migration and finds it again', async () => {
  const client = hc<App>(`http://127.0.0.1:${port}`, {
    headers: { authorization: `Bearer ${door.token}` },
  })
  const saved = await client.api.migrations.$post({
    json: {
      name: 'Payments',
      source: { kind: 'backup', path: '/backups/jira.zip' },
      site: { kind: 'practice' },
    },
  })
  expect(saved.status).toBe(201)
  const view = v.parse(MigrationViewSchema, await saved.json())
  const state = await client.api.state.$get({ query: { since: '0' } })
  expect(v.parse(StateSchema, await state.json()).migrations).toEqual([view])
  const detail = await client.api.migrations[':id'].$get({ param: { id: view.id } })
  expect((await detail.json()).migration.name).toBe('Payments')
})

test('over a real connection a page of another host is refused', async () => {
  const { request } = await import('node:http')
  const status = await new Promise((answered, failed) => {
    const call = request(
      { host: '127.0.0.1', port, path: '/api/about', headers: { host: 'evil.example' } },
      (answer) => {
        answer.resume()
        answered(answer.statusCode)
      },
    )
    call.on('error', failed)
    call.end()
  })
  expect(status).toBe(403)
})

test('a report streams over a real connection, and events arrive until the client leaves', async () => {
  await addSample(door.ledger, 'm1')
  await finishSample(door.ledger, 'm1')
  const headers = { authorization: `Bearer ${door.token}` }
  const base = `http://127.0.0.1:${port}/api`
  const zip = await fetch(`${base}/migrations/m1/report`, { headers })
  expect((await zip.arrayBuffer()).byteLength).toBe(Number(zip.headers.get('content-length')))
  const leaving = new AbortController()
  const events = await fetch(`${base}/events`, { headers, signal: leaving.signal })
  const reader = (events.body as ReadableStream<Uint8Array>).getReader()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toMatch(/^event: state\ndata: \{/)
  leaving.abort()
  await expect(reader.read()).rejects.toThrow()
  // The agent goes on answering others.
  expect((await fetch(`${base}/state`, { headers })).status).toBe(200)
})
