import type { Generated } from 'kysely'
import type { Kind, Means, Phase, PlannedKind } from '../../shared/plan.ts'
import type { Purpose, SetupStep } from '../../shared/setup.ts'
import type { Activity, ItemState, MigrationStatus, Verdict } from '../../shared/status.ts'
import { type SampleTable, sampleTables } from './samples.ts'
import type { AfterCheckTable, PlaceTable, SignOffTable, TickTable } from './schema-after.ts'
import {
  type AppCheckpointTable,
  type AppEventTable,
  type AppRecordTable,
  type AppTable,
  appLostColumns,
  appTables,
} from './schema-apps.ts'
import { checkLists } from './schema-check-lists.ts'
import {
  type AcceptanceTable,
  type CheckTable,
  checkTables,
  type ForecastTable,
  type OffenderTable,
} from './schema-checks.ts'
import type { FileHashTable } from './schema-files.ts'
import { filterRules } from './schema-filter-rules.ts'
import { fourthVersion } from './schema-fourth.ts'
import type { MappingTable } from './schema-mapping.ts'
import { offenderCounts } from './schema-offender-counts.ts'
import type { RepairTable } from './schema-repair.ts'
import { rowCounts } from './schema-row-counts.ts'
import { secondVersion } from './schema-second.ts'
import { itemStatistics } from './schema-statistics.ts'
import { thirdVersion } from './schema-third.ts'
import type {
  IdMappingTable,
  SampledTable,
  StrangerTable,
  VerificationTable,
} from './schema-verify.ts'

/** Columns named *Json hold JSON text; times are epoch milliseconds. */
export interface LedgerTables {
  migration: MigrationTable
  item: ItemTable
  batch: BatchTable
  tally: TallyTable
  event: EventTable
  sample: SampleTable
  client: ClientTable
  secret: SecretTable
  person: PersonTable
  check: CheckTable
  offender: OffenderTable
  acceptance: AcceptanceTable
  forecast: ForecastTable
  mapping: MappingTable
  app: AppTable
  appEvent: AppEventTable
  appCheckpoint: AppCheckpointTable
  appRecord: AppRecordTable
  afterCheck: AfterCheckTable
  place: PlaceTable
  tick: TickTable
  signOff: SignOffTable
  fileHash: FileHashTable
  repair: RepairTable
  idMapping: IdMappingTable
  verification: VerificationTable
  sampled: SampledTable
  stranger: StrangerTable
  clock: { id: number; now: number }
  deleted: { id: string; changed: number }
}

/** How far the line has come for good; each stage begins anew from what the one before left on disk. */
export const stages = ['new', 'read', 'planned', 'pushed', 'verified', 'reported'] as const
export type Stage = (typeof stages)[number]

export interface MigrationTable {
  id: string
  name: string
  status: MigrationStatus
  activity: Activity
  stage: Stage
  pausedByJson: string
  reason: string | null
  problemJson: string | null
  archived: number
  sourceJson: string
  siteJson: string
  scopeJson: string
  collisionsJson: string
  purpose: Purpose
  /** Where the stepper was left; null when the setup is done. */
  step: SetupStep | null
  /** 'move' writes to the site, 'verify' only reads it. */
  mode: 'move' | 'verify'
  sourceVersion: string | null
  siteUrl: string | null
  sentence: string
  runs: number
  requests: number
  /** Milliseconds of work in all runs so far. */
  workedMs: number
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  changedAt: number
  /** The value of the ledger's clock at the last change: what a cursor is compared with. */
  changed: number
}

export interface ItemTable {
  seq: Generated<number>
  migrationId: string
  kind: PlannedKind
  sourceId: string
  label: string
  projectKey: string | null
  issueKey: string | null
  phase: Phase
  lane: string
  batchId: number | null
  state: ItemState
  /** 1 = a source item that is counted, 0 = a means. */
  counted: number
  promiseJson: string | null
  lossesJson: string | null
  reasonCode: string | null
  reasonText: string | null
  hint: string | null
  /** Whether a retry can help a failed item. */
  again: number
  siteId: string | null
  verdict: Verdict | null
  differencesJson: string | null
  /** Of an item that failed because another is not there: the one at the beginning of that chain. */
  rootSeq: number | null
  /** The number of the run that took it up again last; null = none did. */
  retriedRun: number | null
  /** Of one that failed or is different: when it came to that, kept by a trigger; null for all others. */
  settledAt: Generated<number | null>
}

export interface BatchTable {
  id: Generated<number>
  migrationId: string
  phase: Phase
  lane: string
  kind: PlannedKind
  state: 'open' | 'claimed' | 'done'
  /** Rises with each claim; a settle applies only while its token is still the batch's. */
  token: number
  claimedAt: number | null
}

/** Kept by triggers, in the transaction that changes the items: the numbers can never lag behind. */
export interface TallyTable {
  migrationId: string
  kind: Kind | Means
  projectKey: string
  phase: Phase
  state: ItemState
  verdict: Verdict | ''
  loss: number
  n: number
}

export interface EventTable {
  n: Generated<number>
  migrationId: string
  at: number
  level: 'info' | 'warn' | 'error'
  projectKey: string | null
  phase: string
  text: string
  /** Of a warning or an error: under which code the troubleshooting guide explains it. */
  code: Generated<string | null>
}

/** A paired client: only the hash of its token is kept. */
export interface ClientTable {
  id: Generated<number>
  tokenHash: string
  name: string
  createdAt: number
}

/** Site tokens, encrypted with the key file of the agent's folder. */
export interface SecretTable {
  name: string
  sealed: string
}

/** What a person chose for a user of the source, where that is not the match by e-mail address. */
export interface PersonTable {
  migrationId: string
  userKey: string
  how: 'account' | 'placeholder' | 'leave'
  accountId: string | null
  /** What the site called the account when it was chosen. */
  displayName: string | null
}

/** One string a version; applied in order, each in a transaction, remembered in user_version. */
export const ledgerVersions: string[] = [
  `
  create table clock (id integer primary key check (id = 1), now integer not null) strict;
  insert into clock values (1, 0);
  create table migration (
    id text primary key, name text not null, status text not null, activity text not null, stage text not null,
    pausedByJson text not null, reason text, problemJson text, archived integer not null,
    sourceJson text not null, siteJson text not null, scopeJson text not null, collisionsJson text not null,
    purpose text not null, step text, mode text not null,
    sourceVersion text, siteUrl text, sentence text not null, runs integer not null, requests integer not null,
    workedMs integer not null, createdAt integer not null, startedAt integer, finishedAt integer,
    changedAt integer not null, changed integer not null
  ) strict;
  create index migrationChanged on migration (changed);
  create table deleted (id text primary key, changed integer not null) strict;
  create table item (
    seq integer primary key autoincrement, migrationId text not null, kind text not null, sourceId text not null,
    label text not null, projectKey text, issueKey text, phase text not null, lane text not null, batchId integer,
    state text not null, counted integer not null, promiseJson text, lossesJson text, reasonCode text, reasonText text,
    hint text, again integer not null, siteId text, verdict text, differencesJson text,
    unique (migrationId, kind, sourceId)
  ) strict;
  create index itemBatch on item (batchId);
  create index itemIssue on item (migrationId, issueKey);
  create index itemVerdict on item (migrationId, verdict, kind, seq);
  create index itemKind on item (migrationId, kind, seq);
  create index itemProject on item (migrationId, projectKey, kind, seq);
  create table batch (
    id integer primary key autoincrement, migrationId text not null, phase text not null, lane text not null,
    kind text not null, state text not null, token integer not null, claimedAt integer
  ) strict;
  create index batchQueue on batch (migrationId, phase, state, lane, id);
  create index batchOrder on batch (migrationId, phase, state, id);
  create table tally (
    migrationId text not null, kind text not null, projectKey text not null, phase text not null, state text not null,
    verdict text not null, loss integer not null, n integer not null,
    primary key (migrationId, kind, projectKey, phase, state, verdict, loss)
  ) strict, without rowid;
  create trigger itemAdded after insert on item begin
    insert into tally values (new.migrationId, new.kind, ifnull(new.projectKey, ''), new.phase, new.state,
      ifnull(new.verdict, ''), new.lossesJson is not null, 1)
    on conflict do update set n = n + 1;
  end;
  create trigger itemMoved after update of state, verdict on item
  when old.state is not new.state or old.verdict is not new.verdict begin
    update tally set n = n - 1 where migrationId = old.migrationId and kind = old.kind
      and projectKey = ifnull(old.projectKey, '') and phase = old.phase and state = old.state
      and verdict = ifnull(old.verdict, '') and loss = (old.lossesJson is not null);
    insert into tally values (new.migrationId, new.kind, ifnull(new.projectKey, ''), new.phase, new.state,
      ifnull(new.verdict, ''), new.lossesJson is not null, 1)
    on conflict do update set n = n + 1;
  end;
  create table event (
    n integer primary key autoincrement, migrationId text not null, at integer not null, level text not null,
    projectKey text, phase text not null, text text not null
  ) strict;
  create index eventOf on event (migrationId, n);
  create table client (
    id integer primary key autoincrement, tokenHash text not null unique, name text not null, createdAt integer not null
  ) strict;
  create table person (
    migrationId text not null, userKey text not null, how text not null, accountId text, displayName text,
    primary key (migrationId, userKey)
  ) strict, without rowid;
  create table secret (name text primary key, sealed text not null) strict;
  ${checkTables}
  ${appTables}
  ${sampleTables}
  `,
  secondVersion,
  thirdVersion,
  fourthVersion,
  appLostColumns,
  itemStatistics,
  checkLists,
  // Warnings and errors of a run as a whole have a code as items have; of those written before, none is known.
  'alter table event add column code text',
  filterRules,
  rowCounts,
  offenderCounts,
]
