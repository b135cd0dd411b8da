import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Agent, startAgent } from '../../agent/serve.ts'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { pair } from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-paused-'))
let agent: Agent
let ask: Awaited<ReturnType<typeof pair>>

/** The agent of this folder, in a new life, and a browser that is paired with it. */
async function start(): Promise<void> {
  agent = await startAgent({
    folder: join(folder, 'agent'),
    port: 0,
    practicePort: 0,
    onCode: () => {},
  })
  ask = await pair({ url: agent.url, code: agent.pairingCode() } as never)
}
const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await ask(`/api/migrations${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.ok, `${method} ${path} ${answer.status}`).toBe(true)
  return (await answer.json()) as T
}
const sentOf = ({ kinds }: MigrationDetail) => kinds.reduce((sum, { sent }) => sum + sent, 0)

beforeAll(start)
afterAll(async () => {
  await agent.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a run that a person held is held still when the agent is started again, and goes on when told', async () => {
  const sample = await writeSample(join(folder, 'sample'))
  const { id } = await send<MigrationView>('POST', '', {
    name: 'Held',
    source: { kind: 'backup', path: sample.backup, attachments: sample.attachments },
    site: { kind: 'practice' },
  })
  const detail = () => send<MigrationDetail>('GET', `/${id}`)
  await send('POST', `/${id}/run`)
  await expect.poll(async () => sentOf(await detail()), { timeout: 60_000 }).toBeGreaterThan(50)
  await send('POST', `/${id}/pause`)
  const pausedBy = async () => (await detail()).migration.pausedBy
  await expect.poll(pausedBy).toEqual(['by you'])
  await agent.close()
  await start()
  expect(await pausedBy()).toEqual(['by you'])
  const before = sentOf(await detail())
  await wait(1_500)
  expect(sentOf(await detail())).toBe(before)
  await send('POST', `/${id}/resume`)
  await expect.poll(pausedBy).toEqual([])
  await expect
    .poll(async () => (await detail()).migration.status, { timeout: 120_000, interval: 500 })
    .toBe('finished')

  // Its snapshot goes: reading it again at the step Inspection keeps what was sent, and the next run sends nothing.
  const after = await detail()
  rmSync(join(folder, 'agent', 'snapshots', `${id}.sqlite`))
  await send('POST', `/${id}/inspect`)
  const state = async () => (await send<{ state: string }>('GET', `/${id}/inspection`)).state
  await expect.poll(state, { timeout: 60_000 }).toBe('done')
  expect(sentOf(await detail())).toBe(sentOf(after))
  await send('POST', `/${id}/run`)
  await expect
    .poll(async () => (await detail()).migration.status, { timeout: 120_000, interval: 500 })
    .toBe('finished')
  const again = await detail()
  expect(again.kinds).toEqual(after.kinds)
  expect(again.projects.map(({ totals }) => totals)).toEqual(
    after.projects.map(({ totals }) => totals),
  )
})
