import type { Generated } from 'kysely'
import type { Kind } from '../../shared/plan.ts'

/** Which item of the source another program says became which item of the site: its id-mappings.csv. */
export interface IdMappingTable {
  migrationId: string
  /** A kind of ours, or 'userName' and 'userEmail' where people are told by those. */
  kind: Kind | 'userName' | 'userEmail'
  serverId: string
  cloudId: string
}

/** How a verification of what another program migrated goes; one row a migration. */
export interface VerificationTable {
  migrationId: string
  /** Of the id-mappings.csv: where it lies, and what was found in it (MappingsRead); null = none was given. */
  mappingsPath: string | null
  mappingsJson: string | null
  /** 1 = the site was filled by another program, 0 = by a migration of ours; null = nobody has looked yet. */
  foreign: number | null
  /** How many issues are looked at first; 0 = none before the others. */
  sampleSize: number
  seed: number
  /** What was found out about the other program before anything was judged; null until then. */
  surveyJson: string | null
  /** 1 while a verification is under way: one that is found so goes on where it was. */
  running: number
  /** The first answer, from the sample, in a sentence; null until it is known. */
  answer: string | null
}

/** An issue that is looked at before the others. */
export interface SampledTable {
  migrationId: string
  /** Of its item. */
  seq: number
}

/** Something that the site has and the source has not. */
export interface StrangerTable {
  n: Generated<number>
  migrationId: string
  kind: Kind
  siteId: string
  label: string
  projectKey: string | null
  issueKey: string | null
}

export const verifyNames = ['idMapping', 'verification', 'sampled', 'stranger'] as const

export const verifyTables = `
  create table idMapping (
    migrationId text not null, kind text not null, serverId text not null, cloudId text not null,
    primary key (migrationId, kind, serverId)
  ) strict, without rowid;
  create table verification (
    migrationId text primary key, mappingsPath text, mappingsJson text, "foreign" integer, sampleSize integer not null,
    seed integer not null, surveyJson text, running integer not null, answer text
  ) strict;
  create table sampled (
    migrationId text not null, seq integer not null, primary key (migrationId, seq)
  ) strict, without rowid;
  create table stranger (
    n integer primary key autoincrement, migrationId text not null, kind text not null, siteId text not null,
    label text not null, projectKey text, issueKey text, unique (migrationId, kind, siteId)
  ) strict;
`
