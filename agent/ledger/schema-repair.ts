import type { Generated } from 'kysely'
import type { RepairState, RepairVia } from '../../shared/api-repair.ts'
import type { Kind } from '../../shared/plan.ts'

/**
 * One item that is put right on the site: written down before its request leaves, with what stood there
 * before. Columns named *Json hold JSON text.
 */
export interface RepairTable {
  n: Generated<number>
  migrationId: string
  /** The item's seq. */
  seq: number
  kind: Kind
  label: string
  issueKey: string | null
  projectKey: string | null
  state: RepairState
  via: RepairVia
  who: string
  at: number
  /** RepairPart[]: before and after in words. */
  partsJson: string
  /** "PUT /rest/api/3/issue/PAY-1", one each. */
  requestsJson: string
  /** How to take back what was written; null while nothing was, or where nothing can be. */
  undoJson: string | null
  /** The item's row as it was before, for undo. */
  itemJson: string | null
  /** The site's id of what was made. */
  siteId: string | null
  /** Marks of our own changes in the site's history, so that they are never taken for a person's. */
  oursJson: string
  problemJson: string | null
  /** When the request left last. */
  sentAt: number | null
  settledAt: number | null
  /** Who takes it back, on which way, and what it was before that. */
  undoneBy: string | null
  undoVia: RepairVia | null
  undoFrom: 'verified' | 'failed' | null
  undoneAt: number | null
}

/** An item has at most one open repair: a double click, or two panels at once, are one repair. */
export const repairTables = `
  create table repair (
    n integer primary key autoincrement, migrationId text not null, seq integer not null, kind text not null,
    label text not null, issueKey text, projectKey text, state text not null, via text not null, who text not null,
    at integer not null, partsJson text not null, requestsJson text not null, undoJson text, itemJson text, siteId text,
    oursJson text not null, problemJson text, sentAt integer, settledAt integer, undoneBy text,
    undoVia text, undoFrom text, undoneAt integer
  ) strict;
  create index repairOf on repair (migrationId, n);
  create index repairOfItem on repair (migrationId, seq, n);
  create index repairOfIssue on repair (migrationId, issueKey);
  create unique index repairOpen on repair (migrationId, seq) where state in ('planned', 'sending', 'sent', 'undoing');
`
