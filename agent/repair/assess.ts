import type { Kind } from '../../shared/plan.ts'
import { mayRepair } from '../../shared/repair.ts'
import { differencesOf, type ItemRow } from '../ledger/items.ts'
import { hasTexts, withRewrites } from '../ledger/rewrites.ts'
import { assessFile } from './assess-file.ts'
import { assessIssue } from './assess-issue.ts'
import { assessLink, assessRemoteLink, assessWatcher } from './assess-link.ts'
import { assessLinks } from './assess-links.ts'
import { assessText } from './assess-text.ts'
import { type Assessment, byHand, part } from './assessment.ts'
import { fieldByHand, handWords } from './by-hand.ts'
import type { RepairContext } from './context.ts'

const assessors: Partial<
  Record<ItemRow['kind'], (ctx: RepairContext, item: ItemRow) => Promise<Assessment>>
> = {
  issue: assessIssue,
  comment: (ctx, item) => assessText(ctx, item, 'comment'),
  worklog: (ctx, item) => assessText(ctx, item, 'worklog'),
  attachment: assessFile,
  link: assessLink,
  remoteLink: assessRemoteLink,
  watcher: assessWatcher,
}

/** Looks at the site and says what a repair of this item would do. It reads only. */
export async function assess(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const { kind, verdict } = item
  if (verdict === 'verified') return hasTexts(kind) ? assessLinks(ctx, item) : nothing
  const [promised = item] = await withRewrites(ctx.db, ctx.migrationId, [item])
  const seen = await assessFault(ctx, promised)
  if (verdict !== 'different' || seen.deed || !hasTexts(kind)) return seen
  // What differs stays as it is: its links can be rewritten none the less.
  const links = await assessLinks(ctx, item)
  return links.deed ? { ...links, parts: [...seen.parts, ...links.parts] } : seen
}

/** What would be done about an item that is not as it should be. */
async function assessFault(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const { kind, verdict } = item
  const known = { kind: kind as Kind, verdict, differences: differencesOf(item) }
  const look = assessors[kind]
  if (look && mayRepair(known)) return look(ctx, item)
  const parts = differencesOf(item).map(({ field, promised, found }) =>
    part(
      field,
      null,
      { source: promised, migrated: found, now: found },
      { why: fieldByHand[field] ?? handWords(known) },
    ),
  )
  return byHand(handWords(known), parts)
}

const nothing: Assessment = {
  chance: 'done',
  why: 'It is verified: there is nothing to repair.',
  parts: [],
  deed: null,
  siteId: null,
}
