import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createApp } from '../../agent/app.ts'
import { createMover } from '../../agent/apps/mover.ts'
import { loadRegistry } from '../../agent/apps/registry.ts'
import { folderParts } from '../../agent/config.ts'
import { createPairing } from '../../agent/guard.ts'
import { addClient } from '../../agent/ledger/clients.ts'
import { sourceSecret } from '../../agent/ledger/drafts.ts'
import { openVault, type Vault } from '../../agent/ledger/secrets.ts'
import { createOriginals } from '../../agent/originals/originals.ts'
import { createPages } from '../../agent/pages/pages.ts'
import { createPracticeDesk } from '../../agent/practice-desk.ts'
import { createPracticeHost } from '../../agent/practice-host.ts'
import { createRepairer } from '../../agent/repair/repairer.ts'
import type { AfterChecker, AfterProgress } from '../../agent/routes/after-checker.ts'
import type { Checker } from '../../agent/routes/checker.ts'
import type { AppDeps } from '../../agent/routes/deps.ts'
import type { Runner } from '../../agent/routes/runner.ts'
import { createSetup } from '../../agent/setup/setup.ts'
import { liveAccess } from '../../agent/source-access.ts'
import { Problem } from '../../shared/problem.ts'
import { noon, tempLedger } from '../report/filled-ledger.ts'

/** Two checks: one whose error may be set aside, and one whose may not. */
const knownChecks: Checker['known'] = [
  { key: 'disk', group: 'system', title: 'Room on the disk', canOverride: true },
  { key: 'token', group: 'site', title: 'Permissions of the token', canOverride: false },
]

/** Three checks after a migration, as the checklist knows them. */
const knownAfter: AfterChecker['known'] = [
  { key: 'former-user', group: 'people', title: 'Former User' },
  { key: 'migrated-names', group: 'names', title: 'Names with (migrated)' },
  { key: 'migrated-uses', group: 'names', title: 'Uses of (migrated) names' },
]

/** The app in memory over a real ledger in a folder of its own; the runner only writes down what it was asked. */
export async function openDoor(more: Partial<AppDeps> = {}) {
  const { ledger, folder, remove } = tempLedger()
  const clock = { now: noon }
  const asked: string[] = []
  const running = new Set<string>()
  const tell = (what: string) => async (id: string) => {
    asked.push(`${what} ${id}`)
  }
  const runner: Runner = {
    start: tell('start'),
    pause: tell('pause'),
    resume: tell('resume'),
    stop: tell('stop'),
    running: () => [...running],
    rate: () => ({ perMinute: 120, secondsLeft: [30, 60] }),
  }
  const checker: Checker = {
    known: knownChecks,
    start: async (id, keys) => {
      asked.push(`check ${id} ${keys.join(',')}`)
    },
    progress: () => null,
    stop: tell('stop checks of'),
  }
  const asking = new Map<string, AfterProgress>()
  const after: AfterChecker = {
    known: knownAfter,
    asks: () => knownAfter,
    start: async (id, keys) => {
      asked.push(`after ${id} ${keys.join(',')}`)
      asking.set(id, { sentence: 'Asking: Former User.', done: 1, total: 3 })
    },
    progress: (id) => asking.get(id) ?? null,
    stop: async (id) => {
      asking.delete(id)
    },
  }
  const codes: string[] = []
  const pairing = createPairing({ now: () => clock.now, onCode: (code) => codes.push(code) })
  const vault: Vault = openVault(ledger.db, join(folder, 'key'))
  const closing = new AbortController()
  const parts = {
    ledger,
    folder: folderParts(folder),
    now: () => clock.now,
    source: liveAccess((id) => vault.get(sourceSecret(id))),
    site: async () => {
      throw new Problem('site-unreachable', 'No site answers here.', { hint: 'Start one.' })
    },
  }
  const practice = createPracticeHost({
    stateDir: parts.folder.practice,
    port: 0,
    rateLimits: 'off',
  })
  const setup = createSetup({ ...parts, env: {}, home: folder })
  const pages = createPages(parts)
  const originals = createOriginals(parts)
  const apps = createMover({ ...parts, vault, registry: await loadRegistry(folder) })
  const repairs = createRepairer(parts)
  const app = createApp({
    ledger,
    runner,
    checker,
    after,
    apps,
    pages,
    practice: createPracticeDesk({
      db: ledger.db,
      host: practice,
      runner,
      checker,
      after,
      repairs,
    }),
    originals,
    repairs,
    setup,
    pairing,
    vault,
    folder,
    about: { product: 'landfall', version: '0.1.0', name: 'this machine', startedAt: noon },
    now: () => clock.now,
    port: () => 4747,
    closing: closing.signal,
    ...more,
  })
  const token = randomBytes(32).toString('base64url')
  await addClient(ledger.db, token, 'test', noon)

  /** A request as the paired extension makes it; headers and method can be changed. */
  const call = (path: string, init: RequestInit = {}) =>
    app.request(`http://127.0.0.1:4747${path}`, {
      ...init,
      headers: {
        host: '127.0.0.1:4747',
        authorization: `Bearer ${token}`,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...(init.headers as Record<string, string> | undefined),
      },
    })
  const post = (path: string, body?: unknown) =>
    call(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return {
    app,
    ledger,
    folder,
    clock,
    asked,
    running,
    codes,
    pairing,
    vault,
    practice,
    token,
    call,
    post,
    async close() {
      closing.abort()
      await apps.leave()
      await pages.leave()
      await originals.close()
      await setup.close()
      await practice.close()
      await remove()
    },
  }
}

export type Door = Awaited<ReturnType<typeof openDoor>>
