import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPairing } from '../../agent/guard.ts'
import { AboutSchema, ProblemSchema } from '../../shared/api.ts'
import { PairedSchema } from '../../shared/api-pairing.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door.close())

async function problemOf(answer: Response | Promise<Response>) {
  const response = await answer
  const body = (await response.json()) as { problem: unknown }
  return { status: response.status, problem: v.parse(ProblemSchema, body.problem) }
}

describe('who may call', () => {
  test('a stranger may ask who the agent is, and nothing else', async () => {
    const strange = { authorization: '' }
    const about = await door.call('/api/about', { headers: strange })
    expect(v.parse(AboutSchema, await about.json()).product).toBe('landfall')
    for (const path of ['/api/state', '/api/events', '/api/migrations/x', '/api/nowhere', '/'])
      expect(await problemOf(door.call(path, { headers: strange })), path).toMatchObject({
        status: 401,
        problem: { code: 'not-paired' },
      })
  })

  test('no token and a wrong token get the same answer', async () => {
    const none = await door.call('/api/state', { headers: { authorization: '' } })
    const wrong = await door.call('/api/state', {
      headers: { authorization: `Bearer ${'x'.repeat(43)}` },
    })
    const basic = await door.call('/api/state', { headers: { authorization: 'Basic eDp5' } })
    expect(wrong.status).toBe(401)
    const said = await none.text()
    expect(await wrong.text()).toBe(said)
    expect(await basic.text()).toBe(said)
  })

  test.each([
    'evil.example',
    'evil.example:4747',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost.evil:4747',
  ])('a request for the host %s is refused, even with a good token', async (host) => {
    expect((await door.call('/api/state', { headers: { host } })).status).toBe(403)
  })

  test('localhost is as good as 127.0.0.1', async () => {
    const answer = await door.call('/api/state', { headers: { host: 'localhost:4747' } })
    expect(answer.status).toBe(200)
  })

  test('web pages are refused, preflights too, and no answer carries a CORS header', async () => {
    const origin = 'https://acme.atlassian.net'
    const preflight = await door.call('/api/state', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    })
    const page = await door.call('/api/state', { headers: { origin } })
    const sandboxed = await door.call('/api/state', { headers: { origin: 'null' } })
    const extension = await door.call('/api/state', {
      headers: { origin: 'chrome-extension://abcdefgh' },
    })
    expect([preflight, page, sandboxed, extension].map((one) => one.status)).toEqual([
      403, 403, 403, 200,
    ])
    for (const answer of [preflight, page, sandboxed, extension])
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([])
  })

  test('answers are not cached, not sniffed, not framed', async () => {
    const { headers } = await door.call('/api/state')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  test('a body over 1 MB is refused in our own words', async () => {
    const answer = door.post('/api/migrations', { name: 'x'.repeat(1024 * 1024) })
    expect(await problemOf(answer)).toMatchObject({ status: 413, problem: { code: 'usage' } })
  })
})

describe('pairing', () => {
  const pair = (code: string) =>
    door.call('/api/pair', {
      method: 'POST',
      headers: { authorization: '' },
      body: JSON.stringify({ code, name: 'Firefox' }),
    })

  test('the code is exchanged for a token that opens the door', async () => {
    const answer = await pair(door.pairing.open())
    const { token, agent } = v.parse(PairedSchema, await answer.json())
    expect(agent).toBe('this machine')
    const state = await door.call('/api/state', { headers: { authorization: `Bearer ${token}` } })
    expect(state.status).toBe(200)
  })

  test('only a hash of the token is kept', async () => {
    const { token } = v.parse(PairedSchema, await (await pair(door.pairing.open())).json())
    const rows = await door.ledger.db.selectFrom('client').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('small letters and a missing dash are understood', async () => {
    const code = door.pairing.open().toLowerCase().replace('-', '')
    expect((await pair(code)).status).toBe(200)
  })

  test('a code is good once', async () => {
    const code = door.pairing.open()
    expect((await pair(code)).status).toBe(200)
    expect(await problemOf(pair(code))).toMatchObject({
      status: 401,
      problem: { code: 'not-paired' },
    })
  })

  test('a code is good for ten minutes, then a new one is printed', async () => {
    const code = door.pairing.open()
    door.clock.now += 10 * 60_000
    expect((await pair(code)).status).toBe(401)
    expect(door.codes).toHaveLength(2)
    expect((await pair(door.codes.at(-1) ?? '')).status).toBe(200)
  })

  test('wrong, used and expired codes get the same answer', async () => {
    const code = door.pairing.open()
    const wrong = await (await pair('AAAA-AAAA')).text()
    await pair(code)
    expect(await (await pair(code)).text()).toBe(wrong)
  })

  test('a few wrong tries burn the code', async () => {
    const code = door.pairing.open()
    for (let tries = 0; tries < 5; tries++) expect((await pair('AAAA-AAAA')).status).toBe(401)
    expect((await pair(code)).status).toBe(401)
    expect(door.codes.at(-1)).not.toBe(code)
  })

  test('something that is no code does not count as a try, and is said so', async () => {
    expect(await problemOf(pair('nonsense'.repeat(3)))).toMatchObject({
      status: 422,
      problem: { code: 'usage', sentence: 'The pairing code looks like K7QM-4XRT.' },
    })
  })

  test('codes have no letters that look like others', () => {
    let n = 0
    const pairing = createPairing({ random: (max) => n++ % max })
    const shown = Array.from({ length: 8 }, () => pairing.open()).join('')
    expect(shown).not.toMatch(/[01OIL]/)
    expect(pairing.open()).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  })
})
