import { mkdirSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { serve } from '@hono/node-server'
import { Problem } from '../shared/problem.ts'
import { createAfterAsker } from './after-asker.ts'
import { createApp } from './app.ts'
import { createMover } from './apps/mover.ts'
import { loadRegistry } from './apps/registry.ts'
import { catchStrays } from './apps/strays.ts'
import { createChecker } from './checker.ts'
import { folderParts, practiceAliases, version } from './config.ts'
import { createPairing } from './guard.ts'
import { sourceSecret } from './ledger/drafts.ts'
import { openLedger } from './ledger/open.ts'
import { openVault } from './ledger/secrets.ts'
import { createOriginals } from './originals/originals.ts'
import { createPages } from './pages/pages.ts'
import { createPracticeDesk } from './practice-desk.ts'
import { createPracticeHost, type PracticeHost, siteAccess } from './practice-host.ts'
import { createRepairer } from './repair/repairer.ts'
import { reportRun } from './run-report.ts'
import { createRunner, type LineRunner } from './runner.ts'
import { createSetup } from './setup/setup.ts'
import { liveAccess } from './source-access.ts'

/** An agent at work in one folder. */
export interface Agent {
  url: string
  runner: LineRunner
  practice: PracticeHost
  ledger: ReturnType<typeof openLedger>
  /** Makes a new pairing code and answers it. */
  pairingCode(): string
  close(): Promise<void>
}

/**
 * Opens the folder for this process alone, goes on with what was running when an agent there died, and
 * listens on 127.0.0.1.
 * @param port 0 = any free one
 * @param practicePort 0 = any free one
 * @param onCode told each new pairing code, to be printed where its owner sees it
 */
export async function startAgent(options: {
  folder: string
  port: number
  practicePort: number
  onCode(code: string): void
}): Promise<Agent> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const folder = folderParts(options.folder)
  const ledger = openLedger(folder.ledger)
  const vault = openVault(ledger.db, folder.keyFile)
  const practice = createPracticeHost({
    stateDir: folder.practice,
    port: options.practicePort,
    rateLimits: 'off',
  })
  const base = {
    ledger,
    folder,
    now: Date.now,
    site: siteAccess(practice, (id) => siteToken(vault, id)),
    source: liveAccess((id) => vault.get(sourceSecret(id))),
  }
  const release = catchStrays(folder.appPaths)
  const apps = createMover({
    ...base,
    vault,
    registry: await loadRegistry(folder.appPaths),
    report: (id) => reportRun(base, id),
  })
  const parts = { ...base, apps }
  const checker = createChecker(parts)
  const after = createAfterAsker(parts)
  const setup = createSetup({ ...parts, env: process.env, home: homedir() })
  const pages = createPages(parts)
  const originals = createOriginals(base)
  const repairs = createRepairer({ ...parts, report: (id) => reportRun(base, id) })
  const stop = async (id: string) => {
    await checker.stop(id)
    await after.stop(id)
    await repairs.stop(id)
  }
  const runner = createRunner(parts, { checker: { ...checker, stop } })
  const pairing = createPairing({ onCode: options.onCode })
  const closing = new AbortController()
  let port = options.port
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
    folder: folder.root,
    about: { product: 'landfall', version: version(), name: hostname(), startedAt: Date.now() },
    now: Date.now,
    port: () => port,
    practiceAliases: practiceAliases(),
    closing: closing.signal,
  })
  const server = await listen(app, options.port).catch(async (error: unknown) => {
    await apps.leave()
    release()
    await ledger.close()
    throw error
  })
  port = server.port
  await runner.resumeAll()
  await apps.resume()
  await repairs.resume()
  // Links to it stand in reports and tabs; without it they lead nowhere until the next run.
  if (practice.began())
    await practice.access(null).catch((error: unknown) => {
      process.emitWarning(`The practice site could not be started: ${String(error)}`)
    })
  return {
    url: `http://127.0.0.1:${port}`,
    runner,
    practice,
    ledger,
    pairingCode: () => pairing.open(),
    async close() {
      closing.abort()
      await server.close()
      await runner.leave()
      await apps.leave()
      await repairs.leave()
      await checker.leave()
      await after.leave()
      await pages.leave()
      await originals.close()
      await setup.close()
      await practice.close()
      await ledger.close()
      release()
    },
  }
}

async function siteToken(
  vault: ReturnType<typeof openVault>,
  migrationId: string,
): Promise<string> {
  const token = await vault.get(`site:${migrationId}`)
  if (token === null)
    throw new Problem('site-token-refused', 'The token of the site is not stored here.', {
      hint: 'Enter the API token of the site again.',
    })
  return token
}

function listen(
  app: ReturnType<typeof createApp>,
  wanted: number,
): Promise<{ port: number; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: wanted }, (info) =>
      resolve({
        port: info.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            // Open event streams would keep the server from closing.
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      }),
    )
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem('usage', `Port ${wanted} is in use, perhaps by another agent.`, {
              hint: 'Stop that program, or start this agent with --port and another number.',
              cause: error,
            })
          : error,
      ),
    )
  })
}
