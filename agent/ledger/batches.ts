import type { Selectable } from 'kysely'
import type { Phase, PlannedKind } from '../../shared/plan.ts'
import { type ItemEvent, itemTable } from '../../shared/status.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'
import type { BatchTable } from './schema.ts'

export type BatchRow = Selectable<BatchTable>

export async function addBatch(
  db: LedgerDb,
  migrationId: string,
  phase: Phase,
  lane: string,
  kind: PlannedKind,
): Promise<number> {
  const { id } = await db
    .insertInto('batch')
    .values({ migrationId, phase, lane, kind, state: 'open', token: 0, claimedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The first batch of each lane that has one left, but for the busy lanes; at most `limit` of them, oldest first. */
export async function nextBatches(
  db: LedgerDb,
  migrationId: string,
  phase: Phase,
  busyLanes: ReadonlySet<string>,
  limit: number,
): Promise<BatchRow[]> {
  // A window of the oldest batches is enough where lanes are many; grouping is for phases with few, long lanes.
  const window = await open(db, migrationId, phase)
    .orderBy('id')
    .limit(limit * 8)
    .execute()
  const chosen = firstOfEachLane(window, busyLanes)
  if (chosen.length >= limit || window.length < limit * 8) return chosen.slice(0, limit)
  const firsts = await db
    .selectFrom('batch')
    .select((eb) => eb.fn.min('id').as('id'))
    .where('migrationId', '=', migrationId)
    .where('phase', '=', phase)
    .where('state', '=', 'open')
    .groupBy('lane')
    .execute()
  const ids = firsts.map((row) => row.id).slice(0, limit * 4)
  if (!ids.length) return []
  const rows = await db
    .selectFrom('batch')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return firstOfEachLane(rows, busyLanes).slice(0, limit)
}

const open = (db: LedgerDb, migrationId: string, phase: Phase) =>
  db
    .selectFrom('batch')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('phase', '=', phase)
    .where('state', '=', 'open')

function firstOfEachLane(rows: BatchRow[], busyLanes: ReadonlySet<string>): BatchRow[] {
  const seen = new Set(busyLanes)
  return rows.filter((row) => !seen.has(row.lane) && seen.add(row.lane))
}

/** Batches that a dead agent left claimed: their requests may or may not have landed. */
export function claimedBatches(db: LedgerDb, migrationId: string): Promise<BatchRow[]> {
  return db
    .selectFrom('batch')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('state', '=', 'claimed')
    .orderBy('id')
    .execute()
}

/** The items of a batch in the order of the plan. */
export function batchItems(db: LedgerDb, batchId: number): Promise<ItemRow[]> {
  return db.selectFrom('item').selectAll().where('batchId', '=', batchId).orderBy('seq').execute()
}

/**
 * Writes durably, before any request leaves, that this batch is being sent. Answers the batch with its
 * new token and the items that are now `sending`; null when somebody else has it.
 */
export async function claimBatch(
  db: LedgerDb,
  batch: BatchRow,
  at: number,
): Promise<{ batch: BatchRow; items: ItemRow[] } | null> {
  return db.transaction().execute(async (tx) => {
    const claimed = await tx
      .updateTable('batch')
      .set({ state: 'claimed', token: batch.token + 1, claimedAt: at })
      .where('id', '=', batch.id)
      .where('token', '=', batch.token)
      .where('state', '=', 'open')
      .returningAll()
      .executeTakeFirst()
    if (!claimed) return null
    await tx
      .updateTable('item')
      .set({ state: 'sending' })
      .where('batchId', '=', batch.id)
      .where('state', '=', 'planned')
      .execute()
    return {
      batch: claimed,
      items: await tx
        .selectFrom('item')
        .selectAll()
        .where('batchId', '=', batch.id)
        .where('state', '=', 'sending')
        .orderBy('seq')
        .execute(),
    }
  })
}

/** What came of one item of a batch. */
export interface Settled {
  item: Pick<ItemRow, 'seq' | 'state'>
  event: Exclude<ItemEvent, 'claim'>
  siteId?: string | null
  /** root: the item that took this one down, where that is another. */
  reason?: { code: string; text: string; hint: string; again: boolean; root?: number | null }
}

/**
 * Settles items and batch in one transaction that applies only while the token is still ours.
 * `reopen` puts the batch back into the queue (for what is planned again).
 * @returns false when the batch was taken over meanwhile; nothing is written then.
 */
export async function settleBatch(
  db: LedgerDb,
  batch: BatchRow,
  settled: readonly Settled[],
  reopen = false,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const mine = await tx
      .updateTable('batch')
      .set({ state: reopen ? 'open' : 'done' })
      .where('id', '=', batch.id)
      .where('token', '=', batch.token)
      .where('state', '=', 'claimed')
      .returning('id')
      .executeTakeFirst()
    if (!mine) return false
    for (const one of settled) await settleItem(tx, one)
    return true
  })
}

async function settleItem(db: LedgerDb, one: Settled): Promise<void> {
  const state = itemTable[one.item.state][one.event]
  if (state === null)
    throw new Error(`An item that is ${one.item.state} cannot meet "${one.event}".`)
  await db
    .updateTable('item')
    .set({
      state,
      ...(one.siteId === undefined ? {} : { siteId: one.siteId }),
      ...(state === 'failed' ? { verdict: 'failed' as const } : {}),
      ...(one.reason
        ? {
            reasonCode: one.reason.code,
            reasonText: one.reason.text,
            hint: one.reason.hint,
            again: one.reason.again ? 1 : 0,
            rootSeq: one.reason.root ?? null,
          }
        : {}),
    })
    .where('seq', '=', one.item.seq)
    .execute()
}

/** Fails everything that is still to be sent in a lane, with its cause; what was sent stays as it is. */
export async function failLane(
  db: LedgerDb,
  migrationId: string,
  where: { projectKey: string },
  reason: NonNullable<Settled['reason']>,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const failed = await tx
      .updateTable('item')
      .set({
        state: 'failed',
        verdict: 'failed',
        reasonCode: reason.code,
        reasonText: reason.text,
        hint: reason.hint,
        again: reason.again ? 1 : 0,
        rootSeq: reason.root ?? null,
      })
      .where('migrationId', '=', migrationId)
      .where('projectKey', '=', where.projectKey)
      .where('state', 'in', ['planned', 'sending'])
      .executeTakeFirst()
    await tx
      .updateTable('batch')
      .set({ state: 'done' })
      .where('migrationId', '=', migrationId)
      .where('state', '=', 'open')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('item')
              .select('seq')
              .whereRef('item.batchId', '=', 'batch.id')
              .where('state', '=', 'planned'),
          ),
        ),
      )
      .execute()
    return Number(failed.numUpdatedRows)
  })
}
