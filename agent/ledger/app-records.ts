import type { Selectable } from 'kysely'
import type { AppCounts } from '../../shared/api-apps.ts'
import type { Verdict } from '../../shared/status.ts'
import type { LedgerDb } from './open.ts'
import type { AppRecordTable } from './schema-apps.ts'

export type AppRecordRow = Selectable<AppRecordTable>

/** What belongs to one path of one app. */
export interface Place {
  migrationId: string
  key: string
  path: string
}

export interface NewRecord {
  sourceId: string
  label: string
  /** How many of the source's rows it stands for. */
  rows: number
  /** Why it will not be moved, known before anything is written; null = it will. */
  leftOut: string | null
}

/** Adds records that are not known yet; one that is keeps what became of it. */
export async function addRecords(
  db: LedgerDb,
  place: Place,
  records: readonly NewRecord[],
): Promise<void> {
  if (records.length === 0) return
  await db
    .insertInto('appRecord')
    .values(
      records.map(({ leftOut, ...record }) => ({
        ...place,
        ...record,
        sent: 0,
        verdict: leftOut === null ? null : ('leftOut' as const),
        reason: leftOut,
      })),
    )
    .onConflict((row) => row.columns(['migrationId', 'key', 'path', 'sourceId']).doNothing())
    .execute()
}

/** A page by rising number. open: only those that have no verdict yet. */
export function recordPage(
  db: LedgerDb,
  place: Place,
  which: 'open' | 'sent' | 'all',
  after: number,
  limit: number,
): Promise<AppRecordRow[]> {
  let query = of(db, place).where('n', '>', after)
  if (which === 'open') query = query.where('verdict', 'is', null)
  if (which === 'sent') query = query.where('sent', '=', 1)
  return query.orderBy('n').limit(limit).execute()
}

/** The records of an app, of all its paths, by rising number. */
export function appRecords(
  db: LedgerDb,
  { migrationId, key }: Omit<Place, 'path'>,
  asked: { verdict: Verdict | undefined; after: number; limit: number },
): Promise<AppRecordRow[]> {
  let query = db
    .selectFrom('appRecord')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('n', '>', asked.after)
  if (asked.verdict) query = query.where('verdict', '=', asked.verdict)
  return query.orderBy('n').limit(asked.limit).execute()
}

/** Those of these source ids that there are. */
export const recordsOf = (
  db: LedgerDb,
  place: Place,
  sourceIds: readonly string[],
): Promise<AppRecordRow[]> =>
  sourceIds.length
    ? of(db, place).where('sourceId', 'in', sourceIds).execute()
    : Promise.resolve([])

/** What no path will come to any more gets this reason; so the numbers add up, however it ended. */
export async function closeRecords(
  db: LedgerDb,
  migrationId: string,
  key: string,
  reason: string,
): Promise<void> {
  await db
    .updateTable('appRecord')
    .set({ verdict: 'failed', reason })
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('verdict', 'is', null)
    .execute()
}

const of = (db: LedgerDb, { migrationId, key, path }: Place) =>
  db
    .selectFrom('appRecord')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('path', '=', path)

/** What became of some records of one path; written together. */
export async function settleRecords(
  db: LedgerDb,
  place: Place,
  settled: readonly {
    n: number
    sent?: boolean
    verdict?: Verdict | null
    reason?: string | null
  }[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const { n, sent, verdict, reason } of settled)
      await tx
        .updateTable('appRecord')
        .set({
          ...(sent === undefined ? {} : { sent: sent ? 1 : 0 }),
          ...(verdict === undefined ? {} : { verdict }),
          ...(reason === undefined ? {} : { reason: reason?.slice(0, 2000) ?? null }),
        })
        .where('n', '=', n)
        .where('migrationId', '=', place.migrationId)
        .where('key', '=', place.key)
        .where('path', '=', place.path)
        .execute()
  })
}

/** A re-run tries again what failed or came out different; what is verified or left out stays. */
export async function reopenRecords(db: LedgerDb, migrationId: string, key: string): Promise<void> {
  await db
    .updateTable('appRecord')
    .set({ verdict: null, reason: null, sent: 0 })
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('verdict', 'in', ['failed', 'different'])
    .execute()
}

/** The five numbers of an app, in rows of the source. What has no verdict yet is only in `source`. */
export async function appCounts(
  db: LedgerDb,
  migrationId: string,
  key: string | null = null,
): Promise<Map<string, AppCounts>> {
  let query = db
    .selectFrom('appRecord')
    .select((eb) => ['key', 'verdict', eb.fn.sum<number>('rows').as('rows')])
    .where('migrationId', '=', migrationId)
    .groupBy(['key', 'verdict'])
  if (key !== null) query = query.where('key', '=', key)
  const counts = new Map<string, AppCounts>()
  for (const row of await query.execute()) {
    const own = counts.get(row.key) ?? noAppCounts()
    own.source += row.rows
    if (row.verdict) own[row.verdict] += row.rows
    counts.set(row.key, own)
  }
  return counts
}

export const noAppCounts = (): AppCounts => ({
  source: 0,
  verified: 0,
  different: 0,
  leftOut: 0,
  failed: 0,
})

/** What a path wrote down for itself under a name, undefined = nothing. */
export async function checkpoint(db: LedgerDb, place: Place, name: string): Promise<unknown> {
  const row = await db
    .selectFrom('appCheckpoint')
    .select('valueJson')
    .where('migrationId', '=', place.migrationId)
    .where('key', '=', place.key)
    .where('path', '=', place.path)
    .where('name', '=', name)
    .executeTakeFirst()
  return row && (JSON.parse(row.valueJson) as unknown)
}

/** Writes it down durably before it returns. */
export async function setCheckpoint(
  db: LedgerDb,
  place: Place,
  name: string,
  value: unknown,
): Promise<void> {
  const valueJson = JSON.stringify(value ?? null)
  await db
    .insertInto('appCheckpoint')
    .values({ ...place, name, valueJson })
    .onConflict((row) =>
      row.columns(['migrationId', 'key', 'path', 'name']).doUpdateSet({ valueJson }),
    )
    .execute()
}
