import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RepairState } from '../../shared/api-repair.ts'
import { must } from '../../shared/assert.ts'
import {
  type AgentProcess,
  call,
  type PracticeProcess,
  type Process,
  startProcess,
} from '../support/agent-process.ts'
import { passTo } from '../support/site-proxy.ts'
import { administrator, type RepairWorld, repairWorld, type SiteIssue, worldOf } from './world.ts'

const id = 'checked'
let site: Process<PracticeProcess>
let world: RepairWorld
let proxy: Server
let agent: Process<AgentProcess>
let api: ReturnType<typeof worldOf>
let admin: ReturnType<typeof administrator>
let token = ''
let silent: SiteIssue[]
/** Where the agent is killed: at the n-th request that fits, before it lands or after. */
let trap: { fits: RegExp; skip: number; lands: boolean; sprung: () => void } | null = null

function answer(from: IncomingMessage, to: ServerResponse): void {
  const pass = passTo(site.said.url)
  const line = `${from.method} ${from.url?.split('?')[0]}`
  if (!trap?.fits.test(line) || trap.skip-- > 0) {
    pass(from, to)
    return
  }
  const { sprung, lands } = trap
  trap = null
  if (!lands) {
    sprung()
    return
  }
  // It lands; the answer is never given.
  const held = Object.create(to, {
    writeHead: { value: () => held },
    write: { value: () => true },
    end: { value: sprung },
    on: { value: () => held },
    once: { value: () => held },
    emit: { value: () => true },
  })
  pass(from, held)
}

beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  world = await repairWorld(site.said)
  admin = administrator(site.said)
  await world.run('moved', 'move')
  const take = await world.pool()
  silent = Array.from({ length: 7 }, () =>
    take((i) => i.fields.comment.comments.length === 1 && !i.fields.attachment.length),
  )
  for (const one of silent)
    await world.onSite(
      'DELETE',
      `/issue/${one.key}/comment/${must(one.fields.comment.comments[0], 'a comment').id}`,
    )
  proxy = createServer(answer)
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  await world.run(id, 'verify', url)
  token = world.api.token
  await world.agent.close()
  await startAgain()
})
afterAll(async () => {
  await agent?.stop()
  proxy?.closeAllConnections()
  proxy?.close()
  await site?.stop()
})

async function startAgain() {
  const args = ['serve', '--json', '--port', '0', '--folder', join(world.folder, 'agent')]
  agent = await startProcess<AgentProcess>(args)
  api = worldOf(call(agent.said.url, token))
}

const count = async (key: string) => (await admin.issue(key)).fields.comment.comments.length
const missing = async (at: SiteIssue | undefined) =>
  must(
    (await api.items(id, 'comment', 'failed')).find((one) => one.issueKey === at?.key),
    'a comment is missing',
  )

/** Kills the agent with -9 where the trap is, looks at the state in its ledger, and starts it again. */
async function killedAt(where: Where, act: () => Promise<unknown>) {
  const sprung = new Promise<void>((fell) => {
    trap = { ...where, sprung: fell }
  })
  await act()
  await sprung
  const [row] = (await api.repairs(id)).repairs
  await agent.kill()
  await startAgain()
  return must(row, 'a repair').state
}

const create = /^POST .*\/comment$/
const look = /bulkfetch|\/changelog$|\/comment$/

type Where = { fits: RegExp; skip: number; lands: boolean }
const moments: [RepairState, Where][] = [
  ['planned', { fits: look, skip: 0, lands: false }],
  ['sending', { fits: create, skip: 0, lands: false }],
  ['sending', { fits: create, skip: 0, lands: true }],
]
test.each(moments)(
  'killed while %s (%o): it is written exactly once, and proven',
  async (state, where) => {
    const at = must(silent.shift(), 'an issue')
    const item = await missing(at)
    expect(await killedAt(where, () => api.begin(id, [item.seq]))).toBe(state)
    const [made] = await api.ended(id)
    expect(made, made?.problem?.sentence).toMatchObject({ seq: item.seq, state: 'verified' })
    expect(await count(at.key)).toBe(1)
    expect(await api.item(id, item.seq)).toMatchObject({ verdict: 'verified' })
  },
)

test('killed while sent: it is read back at the next start', async () => {
  const at = must(silent.shift(), 'an issue')
  const item = await missing(at)
  const began = async () => {
    await api.begin(id, [item.seq])
  }
  // After the write come the questions by which it is read back.
  const sprung = new Promise<void>((fell) => {
    trap = {
      fits: create,
      skip: 0,
      lands: true,
      sprung: fell,
    }
  })
  await began()
  await sprung
  await agent.kill()
  const reading = new Promise<void>((fell) => {
    trap = { fits: /^GET .*\/comment$/, skip: 1, lands: false, sprung: fell }
  })
  await startAgain()
  await reading
  const [row] = (await api.repairs(id)).repairs
  expect(['sending', 'sent']).toContain(row?.state)
  await agent.kill()
  await startAgain()
  const [made] = await api.ended(id)
  expect(made).toMatchObject({ seq: item.seq, state: 'verified', undoable: true })
  expect(await count(at.key)).toBe(1)
})

test.each([
  ['before its request landed', false],
  ['after its request landed', true],
])('killed while undoing, %s: it is undone', async (_when, lands) => {
  const at = must(silent.shift(), 'an issue')
  const item = await missing(at)
  const [made] = await api.repair(id, [item.seq])
  const { n } = must(made, 'a repair')
  const where = { fits: /^DELETE .*\/comment\//, skip: 0, lands }
  const undo = () => api.ask('POST', `/api/migrations/${id}/repairs/${n}/undo`, { who: 'Tom' })
  expect(await killedAt(where, undo)).toBe('undoing')
  const row = (await api.ended(id)).find((one) => one.n === n)
  expect(row?.state, row?.problem?.sentence).toBe('undone')
  expect(await count(at.key)).toBe(0)
  expect(await api.item(id, item.seq)).toMatchObject({ verdict: 'failed' })
})
