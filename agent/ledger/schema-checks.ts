import type { Generated } from 'kysely'
import type { CheckStatus } from '../../shared/api-checks.ts'
import type { Kind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'

/** What a check answered last, and who set it aside; which checks there are is not the ledger's to know. */
export interface CheckTable {
  migrationId: string
  key: string
  status: CheckStatus
  sentence: string
  hint: string
  offenders: number
  /** How many rows its other lists have: CheckList[] of shared/check-lists.ts. */
  listsJson: Generated<string>
  /** Offenders of this generation belong to the answer; later ones are still being written. */
  generation: number
  at: number | null
  note: string | null
  who: string | null
  notedAt: number | null
}

export interface OffenderTable {
  n: Generated<number>
  migrationId: string
  key: string
  generation: number
  /** 'found', or a list of what the check counts beside. */
  list: Generated<string>
  subject: string
  projectKey: string | null
  detail: string
  /** The row of another list of the check that this one is part of; null: it stands alone. */
  partOf: Generated<string | null>
  /** Numbers within it that have lists: RowCount[] of shared/row-counts.ts; null: none. */
  countsJson: Generated<string | null>
}

/** A finding that somebody lives with; code '' stands for no code. */
export interface AcceptanceTable {
  migrationId: string
  code: string
  kind: Kind
  verdict: Verdict
  note: string
  who: string
  at: number
}

/** What the plan would do, counted when checks were asked last. */
export interface ForecastTable {
  migrationId: string
  at: number
  forecastJson: string
}

/** Checks before a run, and what people decided about them and about findings; part of the ledger's first version. */
export const checkTables = `
  create table "check" (
    migrationId text not null, key text not null, status text not null, sentence text not null, hint text not null,
    offenders integer not null, generation integer not null, at integer, note text, who text, notedAt integer,
    primary key (migrationId, key)
  ) strict, without rowid;
  create table offender (
    n integer primary key autoincrement, migrationId text not null, key text not null, generation integer not null,
    subject text not null, projectKey text, detail text not null
  ) strict;
  create index offenderOf on offender (migrationId, key, generation, n);
  create table acceptance (
    migrationId text not null, code text not null, kind text not null, verdict text not null,
    note text not null, who text not null, at integer not null, primary key (migrationId, code, kind, verdict)
  ) strict, without rowid;
  create table forecast (migrationId text primary key, at integer not null, forecastJson text not null) strict;
`
