import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Kind } from '../../shared/plan.ts'
import type { LedgerDb } from './open.ts'
import type { IdMappingTable, StrangerTable, VerificationTable } from './schema-verify.ts'

export type Verification = Selectable<VerificationTable>

/** What a person reads of an id-mappings.csv. */
export interface MappingsRead {
  rows: number
  /** Rows taken, by kind. */
  taken: Partial<Record<IdMappingTable['kind'], number>>
  /** Entity types that are not known here, and how many rows each has. */
  unknown: Record<string, number>
  /** The same row once more; harmless. */
  repeated: number
  /** Lines that could not be read or say something else than a line before them, at most twenty, in words. */
  problems: string[]
  /** How many of those there are in all. */
  refused: number
}

/**
 * How many issues are looked at first: enough that, when none differs, fewer than 0.8 % do at 95 %
 * confidence (see verify/foreign/bound), and some four requests of a hundred issues.
 */
export const standardSample = 400

/** The verification of a migration as it stands; made with the standard sample when there is none yet. */
export async function verificationOf(db: LedgerDb, migrationId: string): Promise<Verification> {
  const row = await db
    .selectFrom('verification')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .executeTakeFirst()
  if (row) return row
  const fresh: Verification = {
    migrationId,
    mappingsPath: null,
    mappingsJson: null,
    foreign: null,
    sampleSize: standardSample,
    // The same migration draws the same issues, whoever runs it again.
    seed: createHash('sha256').update(migrationId).digest().readUInt32LE(0),
    surveyJson: null,
    running: 0,
    answer: null,
  }
  await db.insertInto('verification').values(fresh).execute()
  return fresh
}

export async function changeVerification(
  db: LedgerDb,
  migrationId: string,
  set: Partial<Omit<Verification, 'migrationId'>>,
): Promise<void> {
  await verificationOf(db, migrationId)
  await db.updateTable('verification').set(set).where('migrationId', '=', migrationId).execute()
}

/** Forgets what a verification before this one drew, found out and told. */
export async function beginVerification(db: LedgerDb, migrationId: string): Promise<void> {
  for (const table of ['sampled', 'stranger'] as const)
    await db.deleteFrom(table).where('migrationId', '=', migrationId).execute()
  await changeVerification(db, migrationId, { surveyJson: null, running: 1, answer: null })
}

export type NewStranger = Omit<Selectable<StrangerTable>, 'n' | 'migrationId'>

/** Told once each, however often they are seen. */
export async function addStrangers(
  db: LedgerDb,
  migrationId: string,
  strangers: readonly NewStranger[],
): Promise<void> {
  for (const one of strangers)
    await db
      .insertInto('stranger')
      .values({ migrationId, ...one })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** How many of each kind the site has beyond the source, with some of them to look at. */
export async function strangersOf(
  db: LedgerDb,
  migrationId: string,
): Promise<{ kind: Kind; items: number; some: string[] }[]> {
  const rows = await db
    .selectFrom('stranger')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('items')])
    .where('migrationId', '=', migrationId)
    .groupBy('kind')
    .execute()
  return Promise.all(
    rows.map(async ({ kind, items }) => {
      const some = await strangerPage(db, migrationId, 0, 5, kind)
      return { kind, items, some: some.map((one) => one.label) }
    }),
  )
}

/** A page of what the site has beyond the source, by rising n. */
export function strangerPage(
  db: LedgerDb,
  migrationId: string,
  after: number,
  limit: number,
  kind?: Kind,
): Promise<Selectable<StrangerTable>[]> {
  let query = db
    .selectFrom('stranger')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('n', '>', after)
  if (kind) query = query.where('kind', '=', kind)
  return query.orderBy('n').limit(limit).execute()
}
