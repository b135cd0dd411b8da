import type { Generated } from 'kysely'
import type { AppDecision } from '../../shared/api-apps.ts'
import type { AppStatus } from '../../shared/app-status.ts'
import type { Verdict } from '../../shared/status.ts'

/** One app of a migration: what was decided about it, and how far its data came. */
export interface AppTable {
  migrationId: string
  key: string
  /** For people. */
  name: string
  /** Titles of the ways by which its data would move or has moved; '' = there is no automated path. */
  path: string
  decision: AppDecision | null
  /** The address of its own handler; the secret stands in the vault. */
  handlerUrl: string | null
  status: AppStatus
  percent: number
  message: string
  /** Of the latest start; each re-run has its own. */
  transferId: string | null
  /** The number of the migration's run that began it last. */
  run: number
  firstStartedAt: number | null
  settledAt: number | null
  lastSignAt: number | null
  allowedMs: number
  /** The longest silence that the handler promised; null = it promised nothing. */
  silenceMs: number | null
  /** Log lines that are kept no more. */
  omitted: number
  /** The address of the site that its latest start went to; null = the practice site, or none yet. */
  site: string | null
  /** When its handler said last that it does not know the transfer; null = it knows it. */
  lostAt: number | null
  updatedAt: number
}

/** Columns as in the log: time, level, event, message, transfer. */
export interface AppEventTable {
  n: Generated<number>
  migrationId: string
  key: string
  at: number
  level: 'info' | 'warn' | 'error'
  event: string
  message: string
  transferId: string | null
}

/** What a path wrote down for itself; names are the path's own, under the path's key. */
export interface AppCheckpointTable {
  migrationId: string
  key: string
  path: string
  name: string
  valueJson: string
}

/** One record that a path moves: verdict null = not yet; sent = it was written and waits to be read back. */
export interface AppRecordTable {
  n: Generated<number>
  migrationId: string
  key: string
  path: string
  sourceId: string
  /** What a person recognises. */
  label: string
  /** How many of the source's rows it stands for. */
  rows: number
  sent: number
  verdict: Verdict | null
  reason: string | null
}

/** Whether the other side still knows an app migration: the ledger's fifth version. */
export const appLostColumns = `
  alter table app add column site text;
  alter table app add column lostAt integer;
`

/** Apps and their data; part of the ledger's first version. */
export const appTables = `
  create table app (
    migrationId text not null, key text not null, name text not null, path text not null, decision text, handlerUrl text, status text not null,
    percent real not null, message text not null, transferId text, run integer not null, firstStartedAt integer,
    settledAt integer, lastSignAt integer, allowedMs integer not null, silenceMs integer, omitted integer not null,
    updatedAt integer not null, primary key (migrationId, key)
  ) strict, without rowid;
  create index appTransfer on app (transferId);
  create table appEvent (
    n integer primary key autoincrement, migrationId text not null, key text not null, at integer not null,
    level text not null, event text not null, message text not null, transferId text
  ) strict;
  create index appEventOf on appEvent (migrationId, key, n);
  create table appCheckpoint (
    migrationId text not null, key text not null, path text not null, name text not null, valueJson text not null,
    primary key (migrationId, key, path, name)
  ) strict, without rowid;
  create table appRecord (
    n integer primary key autoincrement, migrationId text not null, key text not null, path text not null,
    sourceId text not null, label text not null, rows integer not null, sent integer not null, verdict text,
    reason text, unique (migrationId, key, path, sourceId)
  ) strict;
`
