import type { LedgerDb } from '../../ledger/open.ts'
import type { ForeignChange } from './context.ts'

/** Writes verdicts together: all of an issue and what hangs on it, or nothing, so that a dead agent goes on there. */
export async function settle(db: LedgerDb, changes: readonly ForeignChange[]): Promise<void> {
  if (changes.length === 0) return
  await db.transaction().execute(async (tx) => {
    for (const { seq, verdict, differences, reason, siteId, losses } of changes)
      await tx
        .updateTable('item')
        .set({
          verdict,
          differencesJson: differences.length ? JSON.stringify(differences) : null,
          lossesJson: losses?.length ? JSON.stringify(losses) : null,
          reasonCode: reason?.code ?? null,
          reasonText: reason?.text ?? null,
          ...(siteId === undefined ? {} : { siteId }),
        })
        .where('seq', '=', seq)
        .execute()
  })
}
