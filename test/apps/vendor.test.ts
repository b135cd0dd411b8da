import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addClient } from '../../agent/ledger/clients.ts'
import { deleteMigration } from '../../agent/ledger/migrations.ts'
import { openDoor } from '../routes/door.ts'
import { appHandler, asHandler, secret } from '../support/app-handler.ts'
import { acme, globex, openWorld } from '../support/app-world.ts'

const day = 86_400_000
const at = 'http://127.0.0.1:4747/rest/atlassian-connect/1/migration'
let world: Awaited<ReturnType<typeof openWorld>>
let door: Awaited<ReturnType<typeof openDoor>>
let handler: Awaited<ReturnType<typeof appHandler>>
let answers: (type: string) => number

beforeEach(async () => {
  answers = () => 200
  handler = await appHandler({ answers: ({ eventType }) => answers(eventType) })
  world = await openWorld()
  const now = () => Date.now() + world.clock.shift
  door = await openDoor({ apps: world.mover, ledger: world.ledger, now })
  await addClient(world.ledger.db, door.token, 'test', 1)
}, 30_000)
afterEach(async () => {
  await door.close()
  await world[Symbol.asyncDispose]()
  await handler.close()
})

/** Registers the handler for acme by the wire, and begins a run. @returns the transfer, once all is exported */
async function begin(more: object = {}): Promise<string> {
  const put = await door.call(`/api/migrations/${world.id}/apps/${acme}/handler`, {
    method: 'PUT',
    body: JSON.stringify({ url: handler.url, secret, ...more }),
  })
  expect(put.status).toBe(200)
  expect(await put.text()).not.toContain(secret)
  await world.mover.decide(world.id, acme, { decision: 'needed' })
  await world.mover.decide(world.id, globex, { decision: 'archive' })
  await world.runner.start(world.id)
  return (await handler.event('completed:export_phase')).transferId
}
const tell = (transferId: string, body: unknown, key?: string) =>
  door.app.request(`${at}/progress/${transferId}`, {
    method: 'POST',
    headers: asHandler(transferId, key),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const ask = async (transferId: string, path: string, init: RequestInit = {}) => {
  const answer = await door.app.request(at + path, { headers: asHandler(transferId), ...init })
  return { status: answer.status, body: (await answer.json()) as never }
}

describe("an app's own handler", () => {
  test('is told by signed events, reads data and mappings, and ends its app migration', async () => {
    const transfer = await begin()
    expect(handler.refused).toEqual([])
    const types = handler.events.map(({ eventType }) => eventType)
    expect(types.map((type) => type.replace('avi:ecosystem.migration:', ''))).toEqual([
      'triggered:listener',
      'uploaded:app_data',
      'uploaded:app_data',
      'completed:export_phase',
    ])

    const data = await ask(transfer, `/data/${transfer}/all`)
    expect(data.body).toHaveLength(2)
    const [{ s3Key }] = data.body as [{ s3Key: string }]
    const { url } = (await ask(transfer, `/data/${encodeURIComponent(s3Key)}`)).body as {
      url: string
    }
    // The link itself is enough, as a signed address is.
    const bytes = await door.app.request(url, { headers: { host: '127.0.0.1:4747' } })
    expect(await bytes.json()).toHaveLength(5000)
    // Another first character than it has: a true signature may begin with any.
    const other = url.replace(/signed=(.)/, (_, first) => `signed=${first === '0' ? '1' : '0'}`)
    const forged = await door.app.request(other, {
      headers: { host: '127.0.0.1:4747' },
    })
    expect(forged.status).toBe(403)

    const page = await ask(transfer, `/mapping/${transfer}/page?namespace=jira:issue&pageSize=2`)
    expect(page.body).toMatchObject({ meta: { hasNext: true, pageSize: 2 } })
    const { lastEntity } = (page.body as { meta: { lastEntity: string } }).meta
    const rest = await ask(
      transfer,
      `/mapping/${transfer}/page?namespace=jira:issue&lastEntity=${lastEntity}`,
    )
    expect(rest.body).toMatchObject({ meta: { hasNext: false, pageSize: 1 } })
    const users = await ask(transfer, `/mapping/${transfer}/find?namespace=identity:user`, {
      method: 'POST',
      body: '["jira.userkey/ada","jira.userkey/nobody"]',
    })
    expect(Object.keys(users.body)).toEqual(['jira.userkey/ada'])
    expect((await ask(transfer, `/mapping/${transfer}/page?namespace=no:such`)).status).toBe(400)

    expect(
      (await tell(transfer, { status: 'SUCCESS', percent: 100, message: 'Done' })).status,
    ).toBe(200)
    await world.runner.ended(world.id)
    expect(await world.app(acme)).toMatchObject({ status: 'success', percent: 100 })
    await handler.event('settled:transfer')
    expect((await tell(transfer, { status: 'FAILED' })).status).toBe(403)
    expect((await ask(transfer, `/data/${transfer}/all`)).status).toBe(403)
    expect((await world.app(acme)).status).toBe('success')
  })

  test('cannot go back, pass 100 %, say what is no status, or be somebody else', async () => {
    const transfer = await begin()
    const percent = async () => (await world.app(acme)).percent
    await tell(transfer, { status: 'IN_PROGRESS', percent: 60, message: 'x'.repeat(900) })
    expect(await percent()).toBe(60)
    expect((await world.app(acme)).message).toHaveLength(500)
    expect((await tell(transfer, { status: 'IN_PROGRESS', percent: 40 })).status).toBe(200)
    expect(await percent()).toBe(60)
    for (const bad of [{ status: 'IN_PROGRESS', percent: 120 }, { status: 'GREAT' }, 'no json'])
      expect((await tell(transfer, bad)).status).toBe(400)
    expect((await tell(transfer, { status: 'SUCCESS' }, 'another-secret-altogether')).status).toBe(
      401,
    )
    const stranger = '00000000-0000-4000-8000-000000000000'
    expect((await tell(stranger, { status: 'SUCCESS' })).status).toBe(404)
    expect(await percent()).toBe(60)
    await tell(transfer, { status: 'INCOMPLETE', percent: 70 })
    await world.runner.ended(world.id)
    expect(await world.app(acme)).toMatchObject({ status: 'incomplete', rerun: null })
    const [run] = await world.ledger.db.selectFrom('migration').selectAll().execute()
    expect(run?.status).toBe('incomplete')
  })

  test('that never ends times out after 14 days, and is answered 400 from then on', async () => {
    const transfer = await begin()
    await world.until(globex, 'success')
    world.clock.shift = 14 * day - 60_000
    await world.mover.sweep()
    expect((await world.app(acme)).status).toBe('in progress')
    world.clock.shift = 14 * day + 60_000
    await world.mover.sweep()
    expect((await world.app(acme)).status).toBe('timed out')
    expect((await tell(transfer, { status: 'SUCCESS' })).status).toBe(400)
    await world.runner.ended(world.id)
    expect((await world.app(globex)).status).toBe('success')
  })

  test('that promised signs of life times out after 15 minutes of silence', async () => {
    const transfer = await begin({ promisesSigns: true })
    world.clock.shift = 14 * 60_000
    await tell(transfer, { status: 'IN_PROGRESS', percent: 1 })
    world.clock.shift = 28 * 60_000
    await world.mover.sweep()
    expect((await world.app(acme)).status).toBe('in progress')
    world.clock.shift = 30 * 60_000
    await world.mover.sweep()
    expect((await world.app(acme)).status).toBe('timed out')
    await world.runner.ended(world.id)
  })

  test('that refuses an event fails its own app, which can be run again with another transfer', async () => {
    answers = () => 410
    await world.mover.setHandler(world.id, acme, { url: handler.url, secret, promisesSigns: false })
    await world.mover.decide(world.id, acme, { decision: 'needed' })
    expect((await world.run()).status).toBe('incomplete')
    const failed = await world.app(acme)
    expect(failed).toMatchObject({ status: 'failed', rerun: null })
    expect(failed.message).toMatch(/did not take the event: it answered 410/)
    answers = () => 200
    const again = await door.post(`/api/migrations/${world.id}/apps/${acme}/rerun`)
    expect(again.status).toBe(202)
    const { transferId } = await handler.event('completed:export_phase')
    expect(transferId).not.toBe(failed.transferId)
    await tell(transferId, { status: 'SUCCESS' })
    expect((await world.until(acme, 'success')).counts).toMatchObject({ verified: 5002 })
  })

  test('hears of a cancel, and what it reports afterwards changes nothing', async () => {
    const transfer = await begin()
    const cancel = await door.post(`/api/migrations/${world.id}/apps/${acme}/cancel`)
    expect(cancel.status).toBe(202)
    await handler.event('requested:transfer_cancellation')
    const late = await tell(transfer, { status: 'SUCCESS', percent: 100 })
    expect([200, 403]).toContain(late.status)
    await world.until(acme, 'canceled')
    const twice = await door.post(`/api/migrations/${world.id}/apps/${acme}/cancel`)
    expect(twice.status).toBe(409)
    await world.runner.ended(world.id)
  })

  test.each([
    ['cancel', 'success'],
    ['success', 'cancel'],
  ])('that is met by a %s and a %s at once ends as one of both', async (...order) => {
    const transfer = await begin()
    const calls = {
      cancel: () => door.post(`/api/migrations/${world.id}/apps/${acme}/cancel`),
      success: () => tell(transfer, { status: 'SUCCESS', percent: 100 }),
    }
    const codes = new Map<string, number>()
    await Promise.all(
      order.map(async (one) => codes.set(one, (await calls[one as 'cancel']()).status)),
    )
    await world.runner.ended(world.id)
    await world.mover.idle(world.id, acme)
    const { status } = await world.app(acme)
    if (status === 'success')
      expect([...codes].sort()).toEqual([
        ['cancel', 409],
        ['success', 200],
      ])
    else {
      expect(status).toBe('canceled')
      expect(codes.get('cancel')).toBe(202)
      expect([200, 403]).toContain(codes.get('success'))
    }
    expect((await world.app(globex)).status).toBe('success')
  })

  test('goes on after the agent was started anew, without being told anything twice', async () => {
    const transfer = await begin()
    // An event whose answer was not written down yet would come again.
    await new Promise((go) => setTimeout(go, 300))
    const told = handler.events.length
    await world.restart()
    await door.close()
    door = await openDoor({ apps: world.mover, ledger: world.ledger })
    await new Promise((go) => setTimeout(go, 500))
    await tell(transfer, { status: 'SUCCESS' })
    await world.until(acme, 'success')
    const settled = handler.events.slice(told).map(({ eventType }) => eventType)
    expect(settled.filter((type) => !type.endsWith('settled:transfer'))).toEqual([])
    await world.runner.ended(world.id)
  })
})

describe('the wire', () => {
  test('tells of apps, their logs, and why a log cannot be had', async () => {
    const base = `/api/migrations/${world.id}/apps`
    const list = (await (await door.call(base)).json()) as { undecided: number }
    expect(list.undecided).toBe(2)
    const early = await door.call(`${base}/${globex}/log.csv`)
    expect(early.status).toBe(409)
    expect(await early.text()).toMatch(/not yet started/)
    const put = await door.call(`${base}/${globex}`, {
      method: 'PUT',
      body: JSON.stringify({ decision: 'archive' }),
    })
    expect(((await put.json()) as { undecided: number }).undecided).toBe(1)
    await world.run()
    const log = (await (await door.call(`${base}/${globex}/log?limit=1`)).json()) as {
      lines: { event: string }[]
      next: number
    }
    expect(log.lines[0]?.event).toBe('settled')
    const older = (await (await door.call(`${base}/${globex}/log?after=${log.next}`)).json()) as {
      lines: { event: string }[]
    }
    expect(older.lines.map(({ event }) => event)).toEqual(['started'])
    const csv = await (await door.call(`${base}/${globex}/log.csv`)).text()
    expect(csv).toMatch(/^\uFEFF?time,level,event,message,transfer\r\n/)
    type Page = { records: { rows: number; label: string; verdict: string }[]; next: number | null }
    const records = async (query: string): Promise<Page> => {
      const answer = await door.call(`${base}/${globex}/records${query}`)
      expect(answer.status).toBe(200)
      return (await answer.json()) as Page
    }
    const seen: Page['records'] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: Page = await records(`?verdict=verified&limit=1&after=${after}`)
      seen.push(...page.records)
      after = page.next
    }
    const { counts } = await world.app(globex)
    expect(seen.reduce((sum, { rows }) => sum + rows, 0)).toBe(counts.verified)
    expect(counts.verified).toBeGreaterThan(0)
    expect((await records('?verdict=failed')).records).toEqual([])
    expect((await door.call(`${base}/com.none/records`)).status).toBe(404)
    const begun = await door.call(`${base}/${globex}`, {
      method: 'PUT',
      body: JSON.stringify({ decision: 'needed' }),
    })
    expect(begun.status).toBe(409)
    expect((await door.call(`${base}/com.none`, { method: 'GET' })).status).toBe(404)
  })

  test('lets nobody in to the doors of handlers but by the token of a transfer', async () => {
    const answer = await door.app.request(`${at}/data/00000000-0000-4000-8000-000000000000/all`, {
      headers: { host: '127.0.0.1:4747' },
    })
    expect(answer.status).toBe(404)
    const elsewhere = await door.app.request(
      `http://evil.example/rest/atlassian-connect/1/migration/data/x/all`,
      {
        headers: { host: 'evil.example' },
      },
    )
    expect(elsewhere.status).toBe(403)
  })

  test('forgets secrets and records with the migration', async () => {
    await world.mover.setHandler(world.id, acme, { url: handler.url, secret, promisesSigns: false })
    const ledger = readFileSync(world.parts.ledger)
    expect(ledger.includes(secret)).toBe(false)
    await deleteMigration(world.ledger.db, world.id)
    for (const table of ['app', 'appEvent', 'appRecord', 'appCheckpoint', 'secret'] as const)
      expect(await world.ledger.db.selectFrom(table).selectAll().execute()).toEqual([])
  })

  test.each([404, 410])(
    'that does not know the transfer (%d) leaves no log to show, until it does again',
    async (status) => {
      answers = () => status
      await door.call(`/api/migrations/${world.id}/apps/${acme}/handler`, {
        method: 'PUT',
        body: JSON.stringify({ url: handler.url, secret }),
      })
      await world.mover.decide(world.id, acme, { decision: 'needed' })
      await world.runner.start(world.id)
      await world.until(acme, 'failed')
      await world.mover.idle(world.id, acme)
      expect((await world.app(acme)).log).toBe('The app migration could not be found in cloud.')
      const refused = await door.call(`/api/migrations/${world.id}/apps/${acme}/log.csv`)
      expect(refused.status).toBe(409)
      expect(await refused.text()).toContain('could not be found in cloud')

      answers = () => 200
      await world.runner.ended(world.id)
      await world.mover.rerun(world.id, acme)
      await handler.event('completed:export_phase')
      expect((await world.app(acme)).log).toBeNull()
    },
  )

  test('is not found in cloud either once the migration has another site', async () => {
    const cloud = (url: string) => JSON.stringify({ kind: 'cloud', url, email: 'a@example.com' })
    const { db } = world.ledger
    const started = { status: 'incomplete', firstStartedAt: Date.now(), transferId: 't' } as const
    await world.mover.decide(world.id, globex, { decision: 'archive' })
    await db
      .updateTable('app')
      .set({ ...started, site: 'https://one.atlassian.net' })
      .where('key', '=', globex)
      .execute()
    const set = (url: string) =>
      db
        .updateTable('migration')
        .set({ siteJson: cloud(url) })
        .execute()
    await set('https://one.atlassian.net')
    expect((await world.app(globex)).log).toBeNull()
    await set('https://other.atlassian.net')
    expect((await world.app(globex)).log).toBe('The app migration could not be found in cloud.')
  })
})
