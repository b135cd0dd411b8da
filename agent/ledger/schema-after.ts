import type { Generated } from 'kysely'
import type { AfterGroup } from '../../shared/api-after.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'

/** What a check after a migration answered last, and who accepted it; which checks there are is not the ledger's to know. */
export interface AfterCheckTable {
  migrationId: string
  key: string
  /** As it was called when it was asked, for reports. */
  title: string
  theme: AfterGroup
  status: CheckStatus
  sentence: string
  hint: string
  places: number
  /** How many rows its other lists have: CheckList[] of shared/check-lists.ts. */
  listsJson: Generated<string>
  /** Places of this generation belong to the answer; later ones are still being written. */
  generation: number
  at: number
  note: string | null
  who: string | null
  notedAt: number | null
}

/** Where a check found something, or what it counts beside (list). url opens it on the site; null where there is no page for it. */
export interface PlaceTable {
  n: Generated<number>
  migrationId: string
  key: string
  generation: number
  /** 'found', or a list of what the check counts beside. */
  list: Generated<string>
  subject: string
  projectKey: string | null
  issueKey: string | null
  detail: string
  url: string | null
  /** What it belongs to among the rows of its list, for a number in another row; absent: nothing. */
  partOf: Generated<string | null>
  /** The numbers in its words, each with its list: RowCount[] of shared/row-counts.ts; null: none. */
  countsJson: Generated<string | null>
}

/** What a person said about an entry of a project's checklist: done (1), or not, whatever the checks say (0). */
export interface TickTable {
  migrationId: string
  projectKey: string
  entry: string
  done: number
  note: string
  who: string
  at: number
}

/** The sign-off of a project that stands; what was withdrawn is in the timeline. */
export interface SignOffTable {
  migrationId: string
  projectKey: string
  note: string
  who: string
  at: number
}

export const afterTables = `
  create table afterCheck (
    migrationId text not null, key text not null, title text not null, theme text not null, status text not null,
    sentence text not null, hint text not null, places integer not null, generation integer not null, at integer not null, note text, who text, notedAt integer,
    primary key (migrationId, key)
  ) strict, without rowid;
  create table place (
    n integer primary key autoincrement, migrationId text not null, key text not null, generation integer not null,
    subject text not null, projectKey text, issueKey text, detail text not null, url text
  ) strict;
  create index placeOf on place (migrationId, key, generation, n);
  create index placeIn on place (migrationId, key, generation, projectKey, n);
  create table tick (
    migrationId text not null, projectKey text not null, entry text not null, done integer not null,
    note text not null, who text not null, at integer not null, primary key (migrationId, projectKey, entry)
  ) strict, without rowid;
  create table signOff (
    migrationId text not null, projectKey text not null, note text not null, who text not null, at integer not null,
    primary key (migrationId, projectKey)
  ) strict, without rowid;
`

/** The tables, for those who forget a migration. */
export const afterNames = ['afterCheck', 'place', 'tick', 'signOff'] as const
