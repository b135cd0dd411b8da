import type { SnapshotReader } from '../shared/record.ts'
import type { MigrationRow } from './ledger/migrations.ts'
import { startPracticeThread } from './practice/thread.ts'

/** The practice site of one agent folder, started when a migration first needs it. */
export interface PracticeHost {
  /** Starts it if need be, and gives the source's people accounts, as if they had been invited before. */
  access(snapshot: SnapshotReader | null): Promise<{ url: string; email: string; token: string }>
  close(): Promise<void>
}

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** @param port 0 = any free one; a fixed one keeps links to the site good across restarts. */
export function createPracticeHost(options: {
  stateDir: string
  port: number
  rateLimits: 'real' | 'off'
}): PracticeHost {
  let started: ReturnType<typeof startPracticeThread> | null = null
  return {
    async access(snapshot) {
      started ??= startPracticeThread(options)
      const site = await started
      if (snapshot) await invite(snapshot, site.addAccounts)
      return { url: site.url, email: site.email, token: site.token }
    },
    async close() {
      const site = await started
      started = null
      await site?.close()
    },
  }
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
