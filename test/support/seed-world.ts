import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, vi } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { MigrationViewSchema } from '../../shared/api.ts'
import type { MigrationStatus } from '../../shared/status.ts'
import {
  type AgentProcess,
  type PracticeProcess,
  pair,
  siteCaller,
  startProcess,
} from './agent-process.ts'
import { type ExtensionBrowser, startChromium } from './chromium.ts'
import { passTo } from './site-proxy.ts'

/** Reading, running and verifying are the agent's work: a slow machine gets its time. */
export const patience = { timeout: 60_000 }

/** The real agent with a site that can be made to refuse, the sample backup, and the extension, paired. */
export async function startSeedWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-seed-'))
  const sample = await writeSample(join(folder, 'sample'))
  const serve = ['serve', '--json', '--port', '0', '--folder', join(folder, 'agent')]
  const agent = await startProcess<AgentProcess>(serve)
  const practice = await startProcess<PracticeProcess>([
    'practice',
    '--port',
    '0',
    '--rate-limits',
    'off',
  ])
  // What one run writes another would find taken: whoever is to finish has a site of its own.
  const own = await startProcess<PracticeProcess>([
    'practice',
    '--port',
    '0',
    '--rate-limits',
    'off',
  ])
  const site = siteCaller(practice.said)
  const front = await startFront(practice.said.url)
  const call = await pair(agent.said)
  const browser: ExtensionBrowser = await startChromium()
  await browser.worker.evaluate(
    ([address, token]) =>
      chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
    [agent.said.url, call.token] as const,
  )
  const notBackup = join(folder, 'notes.txt')
  writeFileSync(notBackup, 'These are notes, and no backup.')

  const view = async (path: string, method = 'GET', body?: unknown) => {
    const answer = await call(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
    return v.parse(MigrationViewSchema, await answer.json())
  }
  return {
    sample,
    browser,
    front,
    site,
    /** The site as a migration names it; what goes there passes the front. */
    cloud: { kind: 'cloud', ...practice.said, url: front.url },
    /** Another site, which nobody else writes to. */
    own: { kind: 'cloud', ...own.said },
    notBackup,
    /** Saves a migration. @returns its id */
    make: async (name: string, site: unknown, path = sample.backup) => {
      const source = { kind: 'backup', path, attachments: sample.attachments }
      return (await view('/api/migrations', 'POST', { name, source, site })).id
    },
    /** Reads the source of a migration, as the stepper does. */
    inspect: async (id: string) => {
      await call(`/api/migrations/${id}/inspect`, { method: 'POST' })
      await vi.waitFor(async () => {
        const answer = await call(`/api/migrations/${id}/inspection`)
        expect(((await answer.json()) as { state: string }).state).toBe('done')
      }, patience)
    },
    /** How a migration stands. */
    view: async (id: string) => {
      const answer = await call(`/api/migrations/${id}`)
      return v.parse(v.object({ migration: MigrationViewSchema }), await answer.json()).migration
    },
    act: (id: string, what: string) => view(`/api/migrations/${id}/${what}`, 'POST'),
    /** Waits until a migration has this status. */
    until: (id: string, status: MigrationStatus) =>
      vi.waitFor(async () => {
        const answer = await call(`/api/migrations/${id}`)
        const { migration } = (await answer.json()) as { migration: { status: string } }
        expect(migration.status).toBe(status)
      }, patience),
    close: async () => {
      await browser.close()
      await front.close()
      await practice.stop()
      await own.stop()
      await agent.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type SeedWorld = Awaited<ReturnType<typeof startSeedWorld>>

/** Stands before the practice site and refuses worklogs for as long as it is told to. */
async function startFront(target: string) {
  const pass = passTo(target)
  const front = { url: '', refuses: false, close: async () => {} }
  const server = createServer((from, to) => {
    if (!front.refuses || from.method !== 'POST' || !/\/worklog(\?|$)/.test(from.url ?? ''))
      return pass(from, to)
    from.resume()
    to.writeHead(400, { 'Content-Type': 'application/json' })
    to.end(JSON.stringify({ errorMessages: ['Time tracking is closed <b>today</b>.'], errors: {} }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  front.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  front.close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return front
}
