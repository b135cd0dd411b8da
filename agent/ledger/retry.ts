import type { Kind } from '../../shared/plan.ts'
import type { LedgerDb } from './open.ts'

/** A cause of failures as a finding names it: the reason's code, or 'failed' where nobody gave a reason. */
export interface FailedCause {
  kind: Kind
  code: string
}

const open = ['failed', 'unsure'] as const

const causeOf = ({ code }: FailedCause) => (code === 'failed' ? null : code)

/** How many failed items have this cause. */
export async function countFailed(
  db: LedgerDb,
  migrationId: string,
  cause: FailedCause,
): Promise<number> {
  const { n } = await db
    .selectFrom('item')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('migrationId', '=', migrationId)
    .where('verdict', '=', 'failed')
    .where('kind', '=', cause.kind)
    .where('reasonCode', 'is', causeOf(cause))
    .executeTakeFirstOrThrow()
  return n
}

/**
 * Puts failed and unsure items of the migration back into the queue, for a run that tries them again.
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
    if (only)
      which = which
        .where('verdict', '=', 'failed')
        .where('kind', '=', only.kind)
        .where('reasonCode', 'is', causeOf(only))
    const batches = await which.select('batchId').distinct().execute()
    const again = await tx
      .updateTable('item')
      .set({
        state: 'planned',
        verdict: null,
        reasonCode: null,
        reasonText: null,
        hint: null,
        again: 0,
      })
      .where('seq', 'in', which.select('seq'))
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
