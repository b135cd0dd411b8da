import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SnapshotReader } from '../shared/record.ts'
import type { MigrationRow } from './ledger/migrations.ts'
import { startPracticeThread } from './practice/thread.ts'

interface SiteAccess {
  url: string
  email: string
  token: string
}
export interface PracticeContents {
  projects: { key: string; name: string }[]
  issues: number
}

/** The practice site of one agent folder, started when a migration first needs it. */
export interface PracticeHost {
  /** Starts it if need be, and gives the source's people accounts, as if they had been invited before. */
  access(snapshot: SnapshotReader | null): Promise<SiteAccess>
  /** Whether anything was ever on it: then links lead to it. */
  began(): boolean
  /** What is on it now. */
  contents(): Promise<PracticeContents>
  /** Takes everything off it; whoever uses it meanwhile loses it, so ask before. */
  empty(): Promise<void>
  close(): Promise<void>
}

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** @param port 0 = the one it had before, so that links to it stay good; where that is taken or there is none, any. */
export function createPracticeHost(options: {
  stateDir: string
  port: number
  rateLimits: 'real' | 'off'
}): PracticeHost {
  let started: ReturnType<typeof startPracticeThread> | null = null
  const portFile = join(options.stateDir, 'port')

  async function start() {
    const before = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
    const on = (port: number) => startPracticeThread({ ...options, port })
    const fixed = options.port || before
    const site = await (options.port === 0 && before > 0
      ? on(before).catch((error: unknown) => {
          // Another program may have it now: the links are gone, the site is not.
          if (/EADDRINUSE|EACCES/.test(String(error))) return on(0)
          throw error
        })
      : on(fixed))
    keepPort(new URL(site.url).port)
    return site
  }
  function keepPort(port: string) {
    mkdirSync(options.stateDir, { recursive: true })
    writeFileSync(portFile, port)
  }

  const site = () => {
    started ??= start().catch((error: unknown) => {
      started = null
      throw error
    })
    return started
  }
  const began = () => existsSync(options.stateDir)
  async function close() {
    const running = started
    started = null
    await (await running)?.close()
  }
  return {
    began,
    async access(snapshot) {
      const { url, email, token, addAccounts } = await site()
      if (snapshot) await invite(snapshot, addAccounts)
      return { url, email, token }
    },
    contents: async () => (began() ? contentsOf(await site()) : { projects: [], issues: 0 }),
    async empty() {
      await close()
      const port = existsSync(portFile) ? readFileSync(portFile, 'utf8') : null
      rmSync(options.stateDir, { recursive: true, force: true })
      if (port !== null) keepPort(port)
    },
    close,
  }
}

/** Asked as any program asks a site. */
async function contentsOf(site: SiteAccess): Promise<PracticeContents> {
  const authorization = `Basic ${Buffer.from(`${site.email}:${site.token}`).toString('base64')}`
  const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' }
  const ask = async (path: string, body?: unknown) => {
    const answer = await fetch(`${site.url}/rest/api/3/${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`The practice site answered ${answer.status} to ${path}.`)
    return (await answer.json()) as Record<string, unknown>
  }
  const projects: PracticeContents['projects'] = []
  for (let isLast = false; !isLast; ) {
    const page = await ask(`project/search?maxResults=50&startAt=${projects.length}`)
    const values = page.values as PracticeContents['projects']
    projects.push(...values.map(({ key, name }) => ({ key, name })))
    isLast = page.isLast !== false || values.length === 0
  }
  if (projects.length === 0) return { projects, issues: 0 }
  const jql = `project in (${projects.map(({ key }) => key).join(', ')})`
  const { count } = await ask('search/approximate-count', { jql })
  return { projects, issues: Number(count) }
}

/** A rehearsal presumes what a real migration asks for: that active people with an address have an account. */
async function invite(
  snapshot: SnapshotReader,
  addAccounts: (list: { email: string; displayName: string }[]) => Promise<void>,
): Promise<void> {
  let page: { email: string; displayName: string }[] = []
  for (const user of snapshot.rows('user')) {
    const email = user.email?.trim() ?? ''
    if (!user.active || user.deleted || !address.test(email)) continue
    page.push({ email, displayName: user.displayName ?? user.name ?? email })
    if (page.length < 500) continue
    await addAccounts(page)
    page = []
  }
  if (page.length) await addAccounts(page)
}

/** Where a migration's site is, for the line. */
export function siteAccess(
  practice: PracticeHost,
  tokenOf: (migrationId: string) => Promise<string>,
) {
  return async (row: MigrationRow, snapshot: SnapshotReader | null) => {
    const site = JSON.parse(row.siteJson) as
      | { kind: 'practice' }
      | { kind: 'cloud'; url: string; email: string }
    if (site.kind === 'practice') return practice.access(snapshot)
    return { url: site.url, email: site.email, token: await tokenOf(row.id) }
  }
}
