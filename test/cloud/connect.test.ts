import { afterEach, describe, expect, test } from 'vitest'
import { basicAuthorization, isLoopback, siteAddress } from '../../agent/cloud/address.ts'
import { type ConnectOptions, connectSite } from '../../agent/cloud/connect.ts'
import { viewProblem } from '../../shared/problem.ts'
import { createFakeClock } from './fake-clock.ts'
import { json, scriptedSite } from './scripted-site.ts'

const me = { accountId: '5b10', displayName: 'Ada' }
const token = 'ATATT3xFfGF0-secret_of-this_account=1A2B3C'
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function site(handle: Parameters<typeof scriptedSite>[0]) {
  const made = await scriptedSite(handle)
  ends.push(made.close)
  return made
}

async function connect(url: string, more: Partial<ConnectOptions> = {}) {
  const connection = await connectSite({
    url,
    email: 'ada@example.com',
    token,
    signal: new AbortController().signal,
    onPause: () => {},
    pace: 'off',
    clock: createFakeClock(),
    ...more,
  })
  ends.push(connection.close)
  return connection
}

describe('the address of a site', () => {
  test.each([
    ['https://acme.atlassian.net/', 'https://acme.atlassian.net'],
    [
      'https://acme.atlassian.net/jira/software/c/projects/PAY/boards/1?x=1',
      'https://acme.atlassian.net',
    ],
    [' acme.atlassian.net ', 'https://acme.atlassian.net'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is %s', (given, origin) => {
    expect(siteAddress(given).origin).toBe(origin)
  })

  test.each([
    'http://acme.atlassian.net',
    'http://127.0.0.1.evil.example',
    'ftp://localhost',
    'https://',
    '',
  ])('"%s" is refused with what to do', (given) => {
    expect(() => siteAddress(given)).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  test('counts as this machine only where it is', () => {
    expect(isLoopback(new URL('http://127.9.9.9/'))).toBe(true)
    expect(isLoopback(new URL('http://localhost.example.com/'))).toBe(false)
  })
})

describe('connecting', () => {
  test('sends the credentials, and asks at once who we are', async () => {
    const { url, got } = await site((_got, response) => json(response, 200, me))
    await connect(`${url}/browse/PAY-1`)
    expect(got.map((one) => one.url)).toEqual(['/rest/api/3/myself'])
    expect(got[0]?.headers.authorization).toBe(basicAuthorization('ada@example.com', token))
  })

  test.each([401, 403])('says what to do when the token is refused with %i', async (status) => {
    const { url } = await site((_got, response) => json(response, status, {}))
    const problem = await connect(url).catch(viewProblem)
    expect(problem).toMatchObject({ code: 'site-token-refused', again: false })
    expect((problem as { hint: string }).hint).toContain('id.atlassian.com')
  })

  test('refuses what cannot be a token before anything leaves', async () => {
    const { url, got } = await site((_got, response) => json(response, 200, me))
    for (const bad of ['', 'two words', 'line\nbreak', '••••'])
      await expect(connect(url, { token: bad })).rejects.toMatchObject({
        code: 'site-token-refused',
      })
    expect(got).toEqual([])
  })

  test('takes a token with scopes to the gateway, under the id of the site', async () => {
    const { url, got } = await site((from, response) => {
      if (from.url === '/_edge/tenant_info') return json(response, 200, { cloudId: 'c-1' })
      if (from.url.startsWith('/ex/jira/c-1/')) return json(response, 200, me)
      json(response, 401, {})
    })
    const { read } = await connect(url, { gateway: `${url}/ex/jira/` })
    await read.accounts(['5b10']).catch(() => {})
    expect(got.map((one) => one.url.split('?')[0])).toEqual([
      '/rest/api/3/myself',
      '/_edge/tenant_info',
      '/ex/jira/c-1/rest/api/3/myself',
      '/ex/jira/c-1/rest/api/3/user/bulk',
    ])
    const tenant = got.find((one) => one.url === '/_edge/tenant_info')
    expect(tenant?.headers.authorization).toBeUndefined()
  })

  test.each([
    ['a page', 200, 'text/html', '<html>Log in</html>'],
    ['nothing under that path', 404, 'text/html', 'Not found'],
    ['a way elsewhere', 302, 'text/html', ''],
  ])('says so where there is %s instead of Jira', async (_what, status, type, body) => {
    const { url } = await site((_got, response) => {
      response.writeHead(status, { 'content-type': type, location: 'https://elsewhere.example/' })
      response.end(body)
    })
    await expect(connect(url)).rejects.toMatchObject({ code: 'site-answer-unexpected' })
  })

  test('waits for a site that is down, says so, and goes on when it is there', async () => {
    const { url, close } = await scriptedSite((_got, response) => json(response, 200, me))
    await close()
    const told: (string | null)[] = []
    const stop = new AbortController()
    const waiting = connect(url, {
      signal: stop.signal,
      onPause(reason, sentence) {
        told.push(reason)
        if (told.length === 5) stop.abort(new Error('stopped by you'))
        if (sentence) expect(sentence).toContain('nothing listens there')
      },
    })
    await expect(waiting).rejects.toThrow('stopped by you')
    expect(told[0]).toBe('site unreachable')
  })

  test('keeps the pace of the real site off only on this machine', async () => {
    const { url } = await site((_got, response) => json(response, 200, me))
    const clock = createFakeClock()
    const { read } = await connect(url, { clock })
    await Promise.allSettled(Array.from({ length: 50 }, () => read.project('PAY')))
    expect(clock.waits).toEqual([])
    const slow = createFakeClock()
    const { read: paced } = await connect(url, { clock: slow, pace: 'documented' })
    await Promise.allSettled(Array.from({ length: 50 }, () => paced.project('PAY')))
    expect(slow.waits.length).toBeGreaterThan(30)
  })
})

describe('the token', () => {
  test('stands in no log line, no pause, no error and no Problem', async () => {
    const secrets = [token, Buffer.from(`ada@example.com:${token}`).toString('base64')]
    const said: unknown[] = []
    let turn = 0
    const { url } = await site((from, response) => {
      turn++
      if (turn === 1) return json(response, 200, me)
      if (turn % 4 === 0) return json(response, 429, {}, { 'retry-after': '1' })
      if (turn % 4 === 1) return void response.destroy()
      // A careless server that gives back what it got.
      if (turn % 4 === 2) return json(response, 400, { message: from.headers.authorization })
      response.writeHead(200).end(`not JSON: ${from.headers.authorization}`)
    })
    const { read, write } = await connect(url, {
      onPause: (...all) => said.push(all),
      onRequest: (line) => said.push(line),
      onDrift: (line) => said.push(line),
    })
    for (let n = 0; n < 12; n++) {
      said.push(await write.addWatcher({ issueKey: 'PAY-1', accountId: 'x' }).catch(whole))
      said.push(
        await write.createLink({ type: 'a', inwardKey: 'A-1', outwardKey: 'A-2' }).catch(whole),
      )
      said.push(await read.project('PAY').catch(whole))
    }
    const text = JSON.stringify(said)
    for (const secret of secrets) expect(text.includes(secret)).toBe(false)
    expect(text).toContain('site-refused')
  })
})

/** All there is to see of an error, with its causes. */
function whole(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  return { ...viewProblem(error), ...error, stack: error.stack, cause: whole(error.cause) }
}
