import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startPracticeThread } from '../../agent/practice/thread.ts'
import { basic, callerOf, doc, newProject, practiceInMemory, task } from './caller.ts'

const api = '/rest/api/3'
const folders: string[] = []
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'landfall-practice-test-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
})

test('a wrong token is refused everywhere, no token where the documents say so', async () => {
  const { practice } = practiceInMemory()
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await practice.app.request(`http://localhost${path}`, { headers })).status
  const wrong = { authorization: basic(practice.email, 'nonsense') }
  expect(await status(`${api}/myself`)).toBe(401)
  expect(await status(`${api}/myself`, wrong)).toBe(401)
  expect(await status(`${api}/serverInfo`)).toBe(200)
  expect(await status('/_edge/tenant_info')).toBe(200)
  expect(await status(`${api}/serverInfo`, wrong)).toBe(401)
  expect((await practice.app.request('http://evil.example/')).status).toBe(421)
  practice.close()
})

test('a page logs its visitor in, who may write from the site itself only', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await call('POST', `${api}/issue`, task('PAY', '<b>bold</b>', { description: doc('It & that') }))
  const page = await practice.app.request('https://acme.atlassian.net/browse/PAY-1')
  const text = await page.text()
  expect(text).toContain('issue.views.issue-base.foundation.summary.heading')
  expect(text).toContain('&#60;b&#62;bold')
  expect(text).not.toContain('<b>bold')
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(page.headers.get('set-cookie')).toMatch(/HttpOnly.*Secure/)
  const send = (method: string, headers: Record<string, string>) =>
    practice.app.request(`https://acme.atlassian.net${api}/issue/PAY-1`, {
      method,
      headers: { cookie, ...headers },
      ...(method === 'PUT' ? { body: JSON.stringify({ fields: { summary: 'x' } }) } : {}),
    })
  const read = await send('GET', {})
  expect(((await read.json()) as { self: string }).self).toMatch(
    /^https:\/\/acme\.atlassian\.net\//,
  )
  const json = { 'content-type': 'application/json' }
  expect((await send('PUT', { ...json, origin: 'chrome-extension://abc' })).status).toBe(403)
  expect((await send('PUT', json)).status).toBe(403)
  expect((await send('PUT', { ...json, origin: 'https://acme.atlassian.net' })).status).toBe(204)
  practice.close()
})

test('bursts are answered 429 with the reason, and pass after the time that is named', async () => {
  let now = 1_000_000
  const { practice, call } = practiceInMemory({ rateLimits: 'real', now: () => now })
  let last = await call('GET', `${api}/myself`)
  for (let times = 1; times < 101; times++) last = await call('GET', `${api}/myself`)
  expect(last.status).toBe(429)
  expect(last.headers.get('ratelimit-reason')).toBe('jira-burst-based')
  expect(last.headers.get('x-ratelimit-remaining')).toBe('0')
  expect((await call('GET', `${api}/issuetype`)).status).toBe(200)
  now += Number(last.headers.get('retry-after')) * 1000
  expect((await call('GET', `${api}/myself`)).status).toBe(200)
  practice.close()
})

test('one issue takes 20 writes in two seconds, and 100 in thirty', async () => {
  let now = 1_000_000
  const { practice, call } = practiceInMemory({ rateLimits: 'real', now: () => now })
  await newProject(call, 'PAY')
  await call('POST', `${api}/issue`, task('PAY', 'a'))
  const write = () => call('POST', `${api}/issue/PAY-1/comment`, { body: doc('x') })
  const burst = async () => {
    let done = 0
    for (;;) {
      const answer = await write()
      if (answer.status === 429) return { done, answer }
      done += 1
    }
  }
  const first = await burst()
  expect(first.done).toBe(20)
  expect(first.answer.headers.get('ratelimit-reason')).toBe('jira-per-issue-on-write')
  for (let times = 0; times < 4; times++) {
    now += 2_000
    expect((await burst()).done).toBe(20)
  }
  now += 2_000
  expect((await burst()).done).toBe(0)
  now += 30_000
  expect((await burst()).done).toBe(20)
  practice.close()
})

test('files come back byte by byte, in part too, and are refused without the header', async () => {
  const { practice, call } = practiceInMemory()
  await newProject(call, 'PAY')
  await call('POST', `${api}/issue`, task('PAY', 'a'))
  const bytes = new Uint8Array(3_000_000).map((_, index) => (index * 7 + (index >> 8)) & 255)
  const form = (files: number) => {
    const made = new FormData()
    for (let n = 0; n < files; n++) made.append('file', new Blob([bytes]), `ünï "${n}"\r\n.bin`)
    return made
  }
  const path = `${api}/issue/PAY-1/attachments`
  expect((await call('POST', path, form(1))).status).toBe(403)
  const header = { 'X-Atlassian-Token': 'no-check' }
  const attached = await call<{ id: string; filename: string; size: number }[]>(
    'POST',
    path,
    form(2),
    header,
  )
  expect(attached.body.map(({ filename, size }) => [filename, size])).toEqual([
    ['ünï "0"\r\n.bin', 3_000_000],
    ['ünï "1"\r\n.bin', 3_000_000],
  ])
  const read = (headers: Record<string, string>) =>
    practice.app.request(
      `http://localhost${api}/attachment/content/${attached.body[1]?.id}?redirect=false`,
      { headers: { authorization: basic(practice.email, practice.token), ...headers } },
    )
  expect(Buffer.compare(Buffer.from(await (await read({})).arrayBuffer()), bytes)).toBe(0)
  const part = await read({ range: 'bytes=10-19' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/3000000'])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20))
  expect((await read({ range: 'bytes=3000000-' })).status).toBe(416)
  const many = new FormData()
  for (let n = 0; n < 61; n++) many.append('file', new Blob(['x']), `${n}`)
  expect((await call('POST', path, many, header)).status).toBe(413)
  practice.close()
})

test('the state outlives the site: the same token, the same issues, the next number', async () => {
  const stateDir = folder()
  const first = practiceInMemory({ stateDir })
  await newProject(first.call, 'PAY')
  await first.call('POST', `${api}/issue`, task('PAY', 'a'))
  first.practice.close()
  const second = practiceInMemory({ stateDir })
  expect(second.practice.token).toBe(first.practice.token)
  expect((await second.call('GET', `${api}/issue/PAY-1`)).status).toBe(200)
  expect((await second.call('POST', `${api}/issue`, task('PAY', 'b'))).body.key).toBe('PAY-2')
  second.practice.close()
})

test('a site that is killed keeps all that it had answered, and no half of a request', async () => {
  const stateDir = folder()
  const serve = resolve(import.meta.dirname, '../../agent/practice/serve.ts')
  const script = `import { servePractice } from ${JSON.stringify(serve)}
    const { url, email, token } = await servePractice({ port: 0, stateDir: ${JSON.stringify(stateDir)}, rateLimits: 'off' })
    console.log(JSON.stringify({ url, email, token }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const call = callerOf(
    fetch,
    JSON.parse(String(line)) as { url: string; email: string; token: string },
  )
  await newProject(call, 'PAY')
  const answered: string[] = []
  const writer = (async () => {
    for (;;) {
      const body = { issueUpdates: Array.from({ length: 10 }, (_, n) => task('PAY', `n${n}`)) }
      const made = await call<{ issues: { key: string }[] }>('POST', `${api}/issue/bulk`, body)
      answered.push(...made.body.issues.map(({ key }) => key))
      if (answered.length === 200) child.kill('SIGKILL')
    }
  })()
  await Promise.all([
    once(child, 'exit'),
    writer.catch((cause: unknown) => expect(cause).toBeInstanceOf(Error)),
  ])
  const again = practiceInMemory({ stateDir })
  const count = await again.call<{ count: number }>('POST', `${api}/search/approximate-count`, {
    jql: 'project = PAY',
  })
  expect(count.body.count).toBeGreaterThanOrEqual(answered.length)
  expect(count.body.count % 10).toBe(0)
  const last = answered.at(-1)
  expect((await again.call('GET', `${api}/issue/${last}`)).status).toBe(200)
  again.practice.close()
})

test('the site runs in a thread of its own and takes accounts from outside', async () => {
  const thread = await startPracticeThread({ port: 0, stateDir: null, rateLimits: 'off' })
  await thread.addAccounts([
    { email: 'Fred@Example.org', displayName: 'Fred' },
    { email: 'fred@example.org', displayName: 'Fred again' },
  ])
  const call = callerOf(fetch, thread)
  const found = await call<{ displayName: string }[]>(
    'GET',
    `${api}/user/search?query=fred@example.org`,
  )
  expect(found.body.map(({ displayName }) => displayName)).toEqual(['Fred'])
  await expect(
    startPracticeThread({
      port: Number(new URL(thread.url).port),
      stateDir: null,
      rateLimits: 'off',
    }),
  ).rejects.toThrow(/EADDRINUSE/)
  await thread.close()
})
