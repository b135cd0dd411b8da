import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { addressOf } from '../../extension/overlay/repair/page.ts'
import type { ItemView } from '../../shared/api.ts'
import type { RepairsView } from '../../shared/api-repair.ts'
import { must } from '../../shared/assert.ts'
import { passTo } from '../support/site-proxy.ts'
import { logIn } from './page-client.ts'
import { doc, type RepairWorld, repairWorld, type SiteIssue } from './world.ts'

let world: RepairWorld
let proxy: Server
let url = ''
const id = 'checked'
const seen = { token: [] as string[], cookie: [] as string[] }
/** What the site answers to the next requests that fit, instead of doing them. */
let refusals: {
  fits: RegExp
  status: number
  headers?: Record<string, string>
  lands?: boolean
}[] = []
let tokenReadsOnly = false
let planted: { texts: SiteIssue; comments: SiteIssue[]; file: SiteIssue }

beforeAll(async () => {
  world = await repairWorld()
  await world.run('moved', 'move')
  const take = await world.pool()
  const texts = take((i) => !i.fields.issuelinks.length)
  await world.onSite('PUT', `/issue/${texts.key}`, { fields: { description: doc('Planted') } })
  const comments = Array.from({ length: 7 }, () => {
    const one = take((i) => i.fields.comment.comments.length === 1 && !i.fields.attachment.length)
    return one
  })
  for (const one of comments)
    await world.onSite(
      'DELETE',
      `/issue/${one.key}/comment/${must(one.fields.comment.comments[0], 'a comment').id}`,
    )
  const file = take((i) => i.fields.attachment.length > 0)
  await world.onSite('DELETE', `/attachment/${must(file.fields.attachment[0], 'a file').id}`)
  planted = { texts, comments, file }
  const pass = passTo(world.site.url)
  proxy = createServer((from, to) => {
    const line = `${from.method} ${from.url?.split('?')[0]}`
    const way = from.headers.authorization ? 'token' : 'cookie'
    seen[way].push(line)
    const asks = from.method === 'GET' || /bulkfetch|comment\/list/.test(line)
    const at = refusals.findIndex(({ fits }) => fits.test(line))
    const refusal = refusals[at]
    if (way === 'token' && tokenReadsOnly && !asks) {
      to.writeHead(403, { 'content-type': 'application/json' })
      to.end('{"errorMessages":["Scopes do not match"]}')
      return
    }
    if (!refusal) return pass(from, to)
    refusals.splice(at, 1)
    const say = () => {
      to.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers })
      to.end('{"errorMessages":["Planted"]}')
    }
    if (!refusal.lands) {
      from.resume().on('end', say)
      return
    }
    // It lands, and only the answer is lost.
    const held = Object.create(to, {
      writeHead: { value: () => held },
      write: { value: () => true },
      end: { value: say },
      on: { value: () => held },
      once: { value: () => held },
      emit: { value: () => true },
    })
    pass(from, held)
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  await world.run(id, 'verify', url)
})
afterAll(async () => {
  await world?.close()
  proxy?.closeAllConnections()
  proxy?.close()
})

async function faulty(kind: 'issue' | 'comment' | 'attachment', at: SiteIssue | undefined) {
  const key = must(at, 'an issue').key
  for (const verdict of ['different', 'failed'] as const) {
    const found = (await world.items(id, kind, verdict)).find((one) => one.issueKey === key)
    if (found) return found
  }
  throw new Error(`No ${kind} of ${key} is faulty.`)
}

describe('through the login of a page', () => {
  test('with a token that may only read: text, comment and file are repaired, and undone', async () => {
    tokenReadsOnly = true
    const page = await logIn(url)
    const items = [
      await faulty('issue', planted.texts),
      await faulty('comment', planted.comments[0]),
      await faulty('attachment', planted.file),
    ]
    const seqs = items.map((one: ItemView) => one.seq)
    // First with the token, which the site refuses, in a sentence that says so.
    for (const one of await world.repair(id, seqs)) {
      expect(one).toMatchObject({ state: 'failed', undoable: false })
      expect(one.problem?.code).toBe('site-permission-missing')
    }
    seen.token = []
    await world.ask<RepairsView>('POST', `/api/migrations/${id}/repairs`, {
      items: seqs,
      via: 'page',
      who: 'Mia',
    })
    await page.serve(world.ask, world.api, id, () => true)
    const made = (await world.ended(id)).slice(0, 3)
    expect(made.map((one) => [one.state, one.via])).toEqual(made.map(() => ['verified', 'page']))
    const writes = /^(PUT|DELETE|POST (?!.*(bulkfetch|comment\/list)))/
    expect(page.made.filter((line) => writes.test(line))).toHaveLength(3)
    expect(seen.token.filter((line) => writes.test(line))).toEqual([])
    for (const { n } of made) {
      await world.ask('POST', `/api/migrations/${id}/repairs/${n}/undo`, {
        via: 'page',
        who: 'Mia',
      })
      await page.serve(world.ask, world.api, id, () => true)
      const now = (await world.ended(id)).find((one) => one.n === n)
      expect(now?.state, now?.problem?.sentence).toBe('undone')
    }
    const { fields } = await world.issue(planted.texts.key)
    expect(JSON.stringify(fields.description)).toContain('Planted')
    tokenReadsOnly = false
  })

  test('without any token the page is read, too', async () => {
    const vault = openVault(world.agent.ledger.db, folderParts(join(world.folder, 'agent')).keyFile)
    await vault.put(`site:${id}`, 'no-longer-good')
    const page = await logIn(url)
    const item = await faulty('comment', planted.comments[0])
    await expect(world.preview(id, [item.seq])).rejects.toThrow(/token/)
    let over = false
    const previewed = world.preview(id, [item.seq], 'page').finally(() => {
      over = true
    })
    await page.serve(world.ask, world.api, id, () => over)
    expect((await previewed).plans[0]).toMatchObject({ chance: 'possible' })
    await world.ask('POST', `/api/migrations/${id}/repairs`, {
      items: [item.seq],
      via: 'page',
      who: 'Mia',
    })
    await page.serve(world.ask, world.api, id, () => true)
    const [made] = await world.ended(id)
    expect(made).toMatchObject({ state: 'verified', via: 'page' })
    await vault.put(`site:${id}`, world.site.token)
  })

  test('only requests that a repair makes are made, and only on the own origin', () => {
    const origin = 'https://acme.atlassian.net'
    const good = [
      ['PUT', '/rest/api/3/issue/PAY-1?notifyUsers=false'],
      ['POST', '/rest/api/3/issue/PAY-1/attachments'],
      ['DELETE', '/rest/api/3/issueLink/10001'],
      ['GET', '/rest/api/3/attachment/content/10001?redirect=false'],
    ] as const
    for (const [method, path] of good)
      expect(addressOf(method, path, origin)?.href).toBe(origin + path)
    const bad = [
      ['DELETE', '/rest/api/3/issue/PAY-1'],
      ['DELETE', '/rest/api/3/project/PAY'],
      ['POST', '/rest/api/3/user'],
      ['GET', '//evil.example/rest/api/3/myself'],
      ['GET', '/rest/api/3/issue/PAY-1/../../user'],
      ['GET', '/rest/api/3/issue/PAY-1/%2e%2e/worklog'],
      ['PUT', '/rest/api/3/issue/PAY-1#x'],
      ['GET', '/rest/api/3/myself\n'],
      ['PATCH', '/rest/api/3/issue/PAY-1'],
    ] as const
    for (const [method, path] of bad) expect(addressOf(method, path, origin), path).toBeNull()
  })
})

describe('what the site may answer', () => {
  const create = /^POST .*\/comment$/
  const count = async (key: string) => (await world.issue(key)).fields.comment.comments.length

  test.each([
    [403, 'site-permission-missing'],
    [404, 'site-refused'],
    [400, 'site-refused'],
  ])('%i: nothing was written, and the repair says why', async (status, code) => {
    const at = planted.comments[1]
    const item = await faulty('comment', at)
    refusals = [{ fits: create, status }]
    const [done] = await world.repair(id, [item.seq])
    expect(done).toMatchObject({ state: 'failed', undoable: false, problem: { code } })
    expect(await count(must(at, 'one').key)).toBe(0)
  })

  test('429: it waits as the site asks, and goes on', async () => {
    const item = await faulty('comment', planted.comments[2])
    refusals = [{ fits: create, status: 429, headers: { 'retry-after': '1' } }]
    const [done] = await world.repair(id, [item.seq])
    expect(done?.state).toBe('verified')
  })

  test('500 and nothing landed: it is looked for, and then sent again, once', async () => {
    const at = planted.comments[3]
    const item = await faulty('comment', at)
    refusals = [{ fits: create, status: 500 }]
    const [done] = await world.repair(id, [item.seq])
    expect(done?.state).toBe('verified')
    expect(await count(must(at, 'one').key)).toBe(1)
  })

  test('500 although it landed: it is found, and not sent again', async () => {
    const at = planted.comments[4]
    const item = await faulty('comment', at)
    refusals = [{ fits: create, status: 500, lands: true }]
    const [done] = await world.repair(id, [item.seq])
    expect(done).toMatchObject({ state: 'verified', undoable: true })
    expect(await count(must(at, 'one').key)).toBe(1)
    expect((await world.undo(id, must(done, 'a repair').n)).state).toBe('undone')
    expect(await count(must(at, 'one').key)).toBe(0)
  })

  test('many are stopped between two; what was written stays and is told', async () => {
    const items = await Promise.all(planted.comments.slice(4).map((one) => faulty('comment', one)))
    refusals = [{ fits: create, status: 429, headers: { 'retry-after': '60' } }]
    await world.begin(
      id,
      items.map((one) => one.seq),
    )
    await expect
      .poll(async () => (await world.repairs(id)).sentence, { timeout: 20_000 })
      .toMatch(/slow down/)
    const view = await world.ask<RepairsView>('DELETE', `/api/migrations/${id}/repairs/run`)
    expect(view.running).toBe(false)
    const mine = view.repairs.slice(0, items.length)
    expect(mine.filter((one) => one.state === 'verified')).toEqual([])
    // The first was on its way: it is looked for with the next repair, and then made.
    const all = await world.repair(
      id,
      items.map((one) => one.seq),
    )
    expect(all.map((one) => one.state)).toEqual(all.map(() => 'verified'))
    for (const one of planted.comments.slice(4)) expect(await count(one.key)).toBe(1)
  })
})
