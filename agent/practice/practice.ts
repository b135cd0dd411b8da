import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { json, mount } from './http.ts'
import { createLimits } from './limits.ts'
import { mountPages } from './pages/pages.ts'
import { routes } from './routes.ts'
import { addAccount, seed } from './seed.ts'
import type { Site } from './site.ts'
import { openStore } from './store.ts'

export interface PracticeOptions {
  /** The folder that keeps the site; null = in memory, with the attachments in a folder that close removes. */
  stateDir: string | null
  /** 'real' answers 429 as Jira Cloud does; 'off' never. */
  rateLimits: 'real' | 'off'
  /** Where the site is found, for the host that requests may name. */
  url: string
  /** Epoch milliseconds; the system's clock when not given. */
  now?: () => number
}

export interface Practice {
  app: Hono
  email: string
  /** The API token, made when the state was made and kept in it. */
  token: string
  /** As if these people had been invited already; an address that is known is left as it is. */
  addAccounts(list: { email: string; displayName: string }[]): void
  /** How many requests came, by method and documented path: "POST /rest/api/3/issue/bulk". */
  requestCounts(): Record<string, number>
  close(): void
}

/** A Jira Cloud site in a box, written from the official documents. */
export function createPractice(options: PracticeOptions): Practice {
  const store = openStore(options.stateDir)
  const files =
    options.stateDir === null
      ? mkdtempSync(join(tmpdir(), 'landfall-practice-'))
      : join(options.stateDir, 'files')
  mkdirSync(files, { recursive: true })
  const started = store.transaction(() => seed(store))
  const now = options.now ?? Date.now
  const site: Site = { store, now, me: started.accountId, cloudId: started.cloudId, files }
  const limits = options.rateLimits === 'real' ? createLimits(now) : null
  const counts = new Map<string, number>()

  const app = new Hono()
  const own = new URL(options.url).hostname
  app.use(async (c, next) => {
    const host = new URL(c.req.url).hostname
    // A page elsewhere could point its own name here and read the site with the session of its visitor.
    if (host !== own && !/^(localhost|127\.0\.0\.1|\[::1\]|.+\.atlassian\.net)$/.test(host))
      return new Response('Unknown site', { status: 421 })
    return next()
  })
  mount(app, routes, { site, secrets: started, limits, counts })
  mountPages(app, site, started.session)
  app.notFound((c) =>
    c.req.path.startsWith('/rest/')
      ? json(404, { errorMessages: [`No endpoint ${c.req.method} ${c.req.path}`], errors: {} })
      : new Response('Not found', { status: 404 }),
  )
  return {
    app,
    email: started.email,
    token: started.token,
    addAccounts: (list) =>
      store.transaction(() => {
        for (const { email, displayName } of list) addAccount(store, email, displayName)
      }),
    requestCounts: () => Object.fromEntries(counts),
    close() {
      store.close()
      if (options.stateDir === null) rmSync(files, { recursive: true, force: true })
    },
  }
}
