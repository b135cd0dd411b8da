import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { probeSource } from '../../../agent/source/datacenter/probe.ts'
import { must } from '../../../shared/assert.ts'
import { Problem } from '../../../shared/problem.ts'
import { sourceAddress } from '../../../shared/source-address.ts'
import { type DataCenter, startDataCenter } from '../../support/data-center/box.ts'
import { readBox } from '../../support/data-center/read.ts'
import { makeWorld } from '../../support/data-center/world.ts'
import { startSite } from '../../support/site-proxy.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
async function start(options: Parameters<typeof startDataCenter>[0] = {}): Promise<DataCenter> {
  const box = await startDataCenter({ world: makeWorld(20), ...options })
  open.push(box)
  return box
}
async function read(...args: Parameters<typeof readBox>) {
  const found = await readBox(...args)
  open.push(found)
  return found
}
/** The Problem that it ends with; fails where it ends well. */
async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => new Error('It ended well.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error
  expect(error.hint.length).toBeGreaterThan(20)
  return error
}
const all = 25

describe('a live source in trouble', () => {
  test('that limits requests is waited for as long as it says, and nothing is lost', async () => {
    const box = await start()
    box.moods.before = (_path, n) =>
      n % 5 === 0 ? { status: 429, headers: { 'retry-after': '7' }, body: {} } : undefined
    const { snapshot, waits } = await read(box)
    expect(snapshot.count('issue')).toBe(all)
    expect(snapshot.count('worklog')).toBe(25)
    expect(waits.length).toBeGreaterThan(10)
    expect(waits[0]).toMatch(/limits requests: going on in 7 s/)
  })

  test('that fails now and then, or hangs up, is asked again', async () => {
    const box = await start()
    const kinds = [{ status: 500 }, 'hang up', { status: 503 }, { status: 502 }] as const
    box.moods.before = (_path, n) => (n % 6 === 0 ? kinds[(n / 6) % kinds.length] : undefined)
    const { snapshot } = await read(box)
    expect(snapshot.count('issue')).toBe(all)
    expect(snapshot.count('attachment')).toBe(3)
  })

  test('that fails at large pages is asked for smaller ones', async () => {
    const box = await start()
    box.moods.before = (path) => {
      const size = Number(/maxResults=(\d+)/.exec(path)?.[1])
      return path.includes('expand=changelog') && size > 3
        ? { status: 500, body: { errorMessages: ['Java heap space'] } }
        : undefined
    }
    const { snapshot } = await read(box)
    expect(snapshot.count('issue')).toBe(all)
  })

  test('that does not come back is told, after the patience that was given', async () => {
    const box = await start()
    box.moods.before = (_path, n) => (n > 20 ? 'hang up' : undefined)
    const problem = await problemOf(read(box, { patienceMs: 5_000 }))
    expect(problem).toMatchObject({ code: 'source-unreachable', again: true })
    expect(problem.message).toContain(new URL(box.url).host)
  })

  test('whose token is taken back in the middle ends the reading, however it shows', async () => {
    for (const revoked of ['refused', 'anonymous'] as const) {
      const box = await start()
      box.moods.before = (_path, n) => {
        if (n === 60) box.moods.revoked = revoked
        return undefined
      }
      const problem = await problemOf(read(box))
      expect(problem.code).toBe('source-token-refused')
      expect(problem.message).not.toContain(box.token)
    }
  })

  test('that has no use for a wrong token, or wants a CAPTCHA, says so at once', async () => {
    const box = await start()
    const wrong = await problemOf(read(box, { secret: 'wrong' }))
    expect(wrong.code).toBe('source-token-refused')
    box.moods.before = () => ({
      status: 403,
      headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=http://x' },
    })
    const captcha = await problemOf(read(box, { user: 'admin', secret: 'wrong' }))
    expect(captcha.message).toContain('CAPTCHA')
    expect(captcha.hint).toContain('browser')
  })

  test('of a time without tokens is read with a user name and a password', async () => {
    const box = await start({ password: 'pass word:ü' })
    const { snapshot } = await read(box, { user: 'admin', secret: 'pass word:ü' })
    expect(snapshot.count('issue')).toBe(all)
  })

  test('loses an issue while it is read: what is left is read, and the loss is said', async () => {
    const world = makeWorld(20)
    const box = await start({ world, cap: 5 })
    let gone = false
    box.moods.before = (path) => {
      // Deleted after it was listed, before it is asked for; it is the one from which the next page goes on.
      if (!gone && path.includes('/issue/900/remotelink')) {
        gone = true
        world.issues = world.issues.filter(({ id }) => id !== 900 && id !== 1002)
      }
      return undefined
    }
    const { snapshot } = await read(box)
    expect(snapshot.issueByKey('PAY-4')).toBeNull()
    expect(snapshot.count('issue')).toBeGreaterThanOrEqual(all - 2)
    expect(snapshot.issueByKey('PAY-25')).not.toBeNull()
    const notes = snapshot.notes().map(({ code }) => code)
    expect(notes).toContain('issues-deleted-meanwhile')
  })

  test('moves the issue from which the next page goes on to another project: the others are read all the same', async () => {
    const world = makeWorld(20)
    const box = await start({ world, cap: 5 })
    const last = must(
      world.issues.find(({ project, number }) => project === 'PAY' && number === 6),
      'the last issue of a page',
    )
    box.moods.before = (path) => {
      if (path.includes(`/issue/${last.id}/remotelink`))
        Object.assign(last, { project: 'OPS', number: 77 })
      return undefined
    }
    const { snapshot } = await read(box)
    for (let number = 7; number < 26; number++)
      expect(snapshot.issueByKey(`PAY-${number}`), `PAY-${number}`).not.toBeNull()
    expect(snapshot.count('issue')).toBe(all)
  })

  test('gets an issue while it is read: that is read, too', async () => {
    const world = makeWorld(20)
    const box = await start({ world, cap: 5 })
    let added = false
    box.moods.before = (path) => {
      const model = world.issues.at(-1)
      if (!added && model && path.includes('/issue/1101/remotelink')) {
        added = true
        world.issues.push({ ...model, id: 5000, number: 900 })
      }
      return undefined
    }
    const { snapshot } = await read(box)
    expect(snapshot.issueByKey('PAY-900')).not.toBeNull()
  })

  test('can be stopped at any moment', async () => {
    const box = await start()
    const aborter = new AbortController()
    box.moods.before = (_path, n) => {
      if (n === 40) aborter.abort(new Error('Stopped by you.'))
      return undefined
    }
    await expect(readBox(box, { signal: aborter.signal })).rejects.toThrow('Stopped by you.')
  })
})

describe('what is no live source', () => {
  const probe = (url: string) =>
    problemOf(probeSource({ url, user: null, secret: 'x' }, new AbortController().signal))
  async function serving(answer: (location: string) => [number, Record<string, string>, string]) {
    const server = createServer((request, response) => {
      const [status, headers, body] = answer(request.url ?? '')
      response.writeHead(status, headers).end(body)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    open.push({ close: () => new Promise((done) => server.close(done)) })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('nothing listens, and that is told without waiting', async () => {
    const box = await startDataCenter({ world: makeWorld(0) })
    await box.close()
    const problem = await probe(box.url)
    expect(problem.message).toContain('nothing listens there')
  })

  test('a page that is no Jira, and a Jira whose path was left out', async () => {
    const page = await serving(() => [200, { 'content-type': 'text/html' }, '<html>Welcome</html>'])
    expect(await probe(page)).toMatchObject({ code: 'source-not-jira' })
    const box = await start()
    const problem = await probe(new URL(box.url).origin)
    expect(problem.code).toMatch(/source-(not-jira|token-refused)/)
  })

  test('a redirect to another host is not followed: the token stays here', async () => {
    const seen: (string | undefined)[] = []
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end('{}')
    })
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    open.push({ close: () => new Promise((done) => other.close(done)) })
    const to = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`
    const problem = await probe(await serving(() => [302, { location: to }, '']))
    expect(problem.message).toContain('the token was not sent there')
    expect(seen).toEqual([])
  })

  test('a certificate that nobody vouches for is said plainly, with the way out', async () => {
    const site = await startSite((_request, response) => response.end('{}'))
    open.push(site)
    const problem = await probe(`https://127.0.0.1:${site.port}`)
    expect(problem.message).toMatch(/certificate/)
    expect(problem.hint).toContain('NODE_EXTRA_CA_CERTS')
    expect(problem.again).toBe(false)
  })

  test('addresses that people paste become the address of Jira', () => {
    const of = (text: string) => String(sourceAddress(text))
    expect(of(' jira.acme.com ')).toBe('https://jira.acme.com/')
    expect(of('https://acme.com/jira/secure/RapidBoard.jspa?rapidView=1')).toBe(
      'https://acme.com/jira',
    )
    expect(of('http://jira:8080/browse/PAY-1')).toBe('http://jira:8080/')
    expect(of('https://acme.com/jira/projects/PAY/issues')).toBe('https://acme.com/jira')
    for (const wrong of [
      'https://acme.atlassian.net',
      'ftp://acme.com',
      'two words',
      'https://a:b@c.d',
    ])
      expect(() => sourceAddress(wrong), wrong).toThrow(Problem)
  })
})
