import type { RepairVia } from '../../shared/api-repair.ts'
import { Problem, viewProblem } from '../../shared/problem.ts'
import { isLoopback } from '../cloud/address.ts'
import { type Connection, connectSite } from '../cloud/connect.ts'
import type { SiteChange } from '../cloud/mending.ts'
import type { Relay } from '../cloud/relay.ts'
import { requestLimitMs } from '../cloud/send.ts'
import { sourceOf } from '../ledger/drafts.ts'
import { logOf } from '../ledger/events.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { oursOn } from '../ledger/repairs.ts'
import type { LineParts } from '../line.ts'
import { createSiteNames } from '../push/site-names.ts'
import type { RepairContext } from './context.ts'
import { liveFiles } from './live-files.ts'
import { accountByName, oldServerOf } from './source-of.ts'

export interface Session {
  ctx: RepairContext
  /** The site's address. */
  url: string
  close(): Promise<void>
}

/** What a token's account needs for all that repairs do. */
const needed = [
  'EDIT_ISSUES',
  'ADD_COMMENTS',
  'EDIT_ALL_COMMENTS',
  'CREATE_ATTACHMENTS',
  'LINK_ISSUES',
  'MANAGE_WATCHERS',
  'WORK_ON_ISSUES',
]

/**
 * Gets ready to look at a migration's site and to write there. It is read with the agent's token where that is
 * good; writes go through the token, or (relay) through a page of the site.
 */
export async function openSession(
  parts: LineParts,
  id: string,
  way: { via: RepairVia; relay: Relay | null },
  signal: AbortSignal,
  onPause: (words: string | null) => void,
): Promise<Session> {
  const { db } = parts.ledger
  const migration = await getMigration(db, id)
  const options = { signal, onPause: (_: unknown, words: string | null) => onPause(words) }
  const opened: Connection[] = []
  const live = sourceOf(migration).kind !== 'backup'
  const files = liveFiles(parts, migration, live, signal, onPause)
  const close = async () => {
    await Promise.all([...opened, files].map((one) => one.close()))
  }
  const byToken = async () => {
    const { url, email, token } = await parts.site(migration, null)
    const one = await connectSite({ ...options, url, email, token, pace: 'off' })
    opened.push(one)
    return one
  }
  try {
    let token: Connection | null = null
    let page: Connection | null = null
    if (way.relay) {
      if (migration.siteUrl === null) throw noSite()
      page = await connectSite({
        ...options,
        url: migration.siteUrl,
        email: '',
        token: '',
        transport: way.relay.transport,
      })
      opened.push(page)
      token = await byToken().catch(tokenlessOrThrow)
    } else token = await byToken()
    const write = page ?? token
    const read = token ?? page
    if (!write || !read) throw noSite()
    const url = (await getMigration(db, id)).siteUrl ?? ''
    const site = await contextOf(parts, id, {
      read,
      write,
      own: (token ?? write).mend.me,
      signal,
      url,
    })
    const ctx = { ...site, fetchFile: files.fetchFile }
    return { ctx, url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Without a token the page is read as well; that a token was refused is no reason not to repair by page. */
function tokenlessOrThrow(error: unknown): null {
  const { code } = viewProblem(error)
  if (code === 'site-token-refused' || code === 'site-permission-missing') return null
  throw error
}

async function contextOf(
  parts: LineParts,
  id: string,
  site: { read: Connection; write: Connection; own: string; signal: AbortSignal; url: string },
): Promise<RepairContext> {
  const { db } = parts.ledger
  const { mode } = await getMigration(db, id)
  const known = new Map<string, Promise<SiteChange[]>>()
  return {
    db,
    migrationId: id,
    read: site.read.read,
    write: site.write.write,
    mend: site.write.mend,
    names: createSiteNames(site.read.read),
    signal: site.signal,
    now: parts.now,
    // The client gives up after its own limit; on loopback a dead client's request has landed within moments.
    requestLimitMs:
      URL.canParse(site.url) && isLoopback(new URL(site.url)) ? 1_000 : requestLimitMs,
    foreign: mode === 'verify',
    own: site.own,
    since: await firstReading(db, id, parts.now()),
    oldServer: oldServerOf(parts, id),
    accountOf: (name) => accountByName(db, id, site.read.read, name),
    ours: (issueKey) => oursOn(db, id, issueKey),
    history(issueKey) {
      const one = known.get(issueKey) ?? site.read.mend.history(issueKey)
      known.set(issueKey, one)
      one.catch(() => known.delete(issueKey))
      return one
    },
    forget: () => known.clear(),
    log: logOf(db, () => ({ migrationId: id, at: parts.now(), phase: 'repair' })),
  }
}

/** When the site was read back for the first time: what was there before, the migration left there. */
async function firstReading(db: LedgerDb, id: string, otherwise: number): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select('at')
    .where('migrationId', '=', id)
    .where('phase', '=', 'stage:verify')
    .orderBy('n')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? otherwise
}

/** Whether the token's account may do all that repairs do; null where it cannot be told. */
export async function tokenWrites(ctx: RepairContext): Promise<boolean | null> {
  try {
    const { permissions } = await ctx.read.forChecks(needed)
    return needed.every((name) => permissions[name] !== false)
  } catch (error) {
    if (ctx.signal.aborted) throw error
    return null
  }
}

const noSite = () =>
  new Problem('not-now', 'This migration has not been connected to a site yet.', {
    hint: 'Run or verify it first.',
  })
