import type { Difference } from '../../shared/report.ts'
import type { SiteReading } from '../cloud/reading.ts'
import type { Log } from '../ledger/events.ts'
import type { ItemRow, VerdictChange } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { withRewrites } from '../ledger/rewrites.ts'

/** What every part of the verification works with. It has no way to write to the site. */
export interface VerifyContext {
  db: LedgerDb
  migrationId: string
  read: SiteReading
  signal: AbortSignal
  /** The site was filled by another program: items are matched by what they are, not by the ledger's ids. */
  foreign: boolean
  /** Only what has no verdict yet: a verification that a dead agent left goes on where it was. */
  open?: boolean
  /** Whether this login administers the site, and may be shown what others keep for themselves. */
  isAdmin?: boolean
  /** Brings files of a live source here; null or absent = they lie on this machine. */
  fetchFile?:
    | ((address: string, size: number) => Promise<{ sha256: string; release(): void }>)
    | null
  log: Log
}

/** The site's item is there: equal to what was promised, or with these differences. */
export function judged(item: ItemRow, siteId: string, differences: Difference[]): VerdictChange {
  const fields = [...new Set(differences.map((one) => one.field))]
  return {
    seq: item.seq,
    verdict: differences.length ? 'different' : 'verified',
    differences,
    siteId: siteId || item.siteId,
    reason: differences.length
      ? { code: `different:${fields.join('+')}`, text: `Not as promised in: ${fields.join(', ')}.` }
      : null,
  }
}

/** The site's item is not there. */
export function missing(item: ItemRow): VerdictChange {
  return {
    seq: item.seq,
    verdict: 'failed',
    differences: [],
    reason: {
      code: 'not-on-site',
      text: 'Read back and not found on the site, or not visible to this token.',
    },
  }
}

/** What a verification may judge: what was sent, or on a foreign site everything that was to move. */
export const candidateStates = (ctx: VerifyContext): ItemRow['state'][] =>
  ctx.foreign ? ['planned', 'sent'] : ['sent']

/** A page of items of some kinds that are to be judged, by rising seq. */
export async function candidates(
  ctx: VerifyContext,
  kinds: ItemRow['kind'][],
  after: number,
  limit: number,
  projectKey?: string,
): Promise<ItemRow[]> {
  let query = ctx.db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', 'in', kinds)
    .where('state', 'in', candidateStates(ctx))
    .where('seq', '>', after)
  if (projectKey !== undefined) query = query.where('projectKey', '=', projectKey)
  if (ctx.open) query = query.where('verdict', 'is', null)
  return withRewrites(ctx.db, ctx.migrationId, await query.orderBy('seq').limit(limit).execute())
}

/** The items of some kinds that belong to these issues. */
export async function ofIssues(
  ctx: VerifyContext,
  keys: string[],
  kinds: ItemRow['kind'][],
): Promise<ItemRow[]> {
  const rows = await ctx.db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', ctx.migrationId)
    .where('issueKey', 'in', keys)
    .where('kind', 'in', kinds)
    .where('state', 'in', candidateStates(ctx))
    .orderBy('seq')
    .execute()
  return withRewrites(ctx.db, ctx.migrationId, rows)
}
