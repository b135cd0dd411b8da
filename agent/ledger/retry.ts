import { type ExpressionBuilder, sql } from 'kysely'
import type { PlannedKind } from '../../shared/plan.ts'
import type { ItemState } from '../../shared/status.ts'
import type { LedgerDb } from './open.ts'
import type { LedgerTables } from './schema.ts'

/** A cause of failures: the kind of what it took down by itself, and the reason's code, or 'failed' where nobody gave a reason. */
export interface FailedCause {
  kind: PlannedKind
  code: string
}

const open = ['failed', 'unsure'] as const

/** What failed by this cause, and all that failed because that is not there. */
const ofCause =
  (migrationId: string, { kind, code }: FailedCause) =>
  (eb: ExpressionBuilder<LedgerTables, 'item'>) => {
    const own = eb
      .selectFrom('item as root')
      .select('root.seq')
      .where('root.migrationId', '=', migrationId)
      .where('root.verdict', '=', 'failed')
      .where('root.kind', '=', kind)
      .where('root.reasonCode', 'is', code === 'failed' ? null : code)
      .where(sql<boolean>`not exists (select 1 from item as first
        where first.seq = root.rootSeq and first.verdict = 'failed')`)
    return eb.and([
      eb('item.verdict', '=', 'failed'),
      eb.or([eb('item.seq', 'in', own), eb('item.rootSeq', 'in', own)]),
    ])
  }

/**
 * How many failed items of the source have this cause, those that it took down with others included; and how many
 * of them a retry sends again. The others were sent, and are only read back anew.
 */
export async function countFailed(
  db: LedgerDb,
  migrationId: string,
  cause: FailedCause,
): Promise<{ failed: number; again: number }> {
  const ofState = (...states: readonly ItemState[]) =>
    sql<number>`count(*) filter (where item.state in (${sql.join(states)}))`
  return db
    .selectFrom('item')
    .select((eb) => [eb.fn.countAll<number>().as('failed'), ofState(...open).as('again')])
    .where('migrationId', '=', migrationId)
    .where('counted', '=', 1)
    .where(ofCause(migrationId, cause))
    .executeTakeFirstOrThrow()
}

/**
 * Puts failed and unsure items of the migration back into the queue, for the next run, which tries them again
 * in the order of the plan: first what is needed, then what needs it.
 * @param only those of one cause; all of them without it
 * @returns how many
 */
export async function retryFailed(
  db: LedgerDb,
  migrationId: string,
  only: FailedCause | null = null,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    let which = tx
      .selectFrom('item')
      .where('migrationId', '=', migrationId)
      .where('state', 'in', open)
    if (only) which = which.where(ofCause(migrationId, only))
    const batches = await which.select('item.batchId').distinct().execute()
    const again = await tx
      .updateTable('item')
      .set({
        state: 'planned',
        verdict: null,
        reasonCode: null,
        reasonText: null,
        hint: null,
        again: 0,
        rootSeq: null,
        retriedRun: sql`(select runs + 1 from migration where id = ${migrationId})`,
      })
      .where('seq', 'in', which.select('item.seq'))
      .executeTakeFirst()
    for (const { batchId } of batches)
      if (batchId !== null)
        await tx
          .updateTable('batch')
          .set({ state: 'open' })
          .where('id', '=', batchId)
          .where('state', '=', 'done')
          .execute()
    return Number(again.numUpdatedRows)
  })
}
