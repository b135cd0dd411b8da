import type { PlannedKind } from '../../shared/plan.ts'
import type { SiteReading } from '../cloud/reading.ts'
import type { Outcome, SiteWriting } from '../cloud/writing.ts'
import type { Log } from '../ledger/events.ts'
import type { ItemRow } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { FetchFile } from './fetch.ts'
import type { SiteNames } from './site-names.ts'

/** What every sender works with. */
export interface PushContext {
  db: LedgerDb
  migrationId: string
  read: SiteReading
  write: SiteWriting
  names: SiteNames
  signal: AbortSignal
  now(): number
  /** Milliseconds after which a request that was sent can no longer land (the client's own limit). */
  requestLimitMs: number
  /** Brings files of a live source here; null or absent = they lie on this machine. */
  fetchFile?: FetchFile | null
  log: Log
}

/**
 * How the items of one kind get to the site. `send` gets the items of one batch, in the order of the
 * plan, and answers one outcome for each; when it throws, `find` is asked what of it landed.
 */
export interface Sender {
  send(ctx: PushContext, items: ItemRow[]): Promise<Outcome[]>
  /** The site's id of each item that is there ('' when it is there and has none), null for the others. */
  find(ctx: PushContext, items: ItemRow[]): Promise<(string | null)[]>
}

/** How many items go into one batch. 50 is the site's limit for a bulk create (facts/jira-cloud.md 2.1). */
export const batchSizes: Partial<Record<PlannedKind, number>> = {
  user: 200,
  membership: 20,
  roleActor: 20,
  status: 50,
  issue: 50,
  filler: 50,
  progress: 20,
  // All values of an issue go out in one request, as a rule.
  fieldValue: 500,
  comment: 20,
  note: 20,
  worklog: 20,
  link: 50,
  remoteLink: 20,
  watcher: 20,
  attachment: 5,
}

/** Fillers and issues share a batch, since together they make the numbers. */
export const batchKind = (kind: PlannedKind): PlannedKind => (kind === 'filler' ? 'issue' : kind)

/** Sends one after the other and stops at the first throw, so that `find` can tell the rest. */
export async function oneByOne(
  items: ItemRow[],
  send: (item: ItemRow) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const item of items) outcomes.push(await send(item))
  return outcomes
}

export const there = (siteId: string): Outcome => ({ ok: true, siteId })
