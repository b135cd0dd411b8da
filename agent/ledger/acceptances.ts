import type { Selectable } from 'kysely'
import type { Kind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import { type LedgerDb, tick } from './open.ts'
import type { AcceptanceTable } from './schema-checks.ts'

export type AcceptanceRow = Selectable<AcceptanceTable>
type Which = Pick<AcceptanceRow, 'code' | 'kind' | 'verdict'>

/** The findings of a migration, or of several, that somebody lives with. */
export function acceptancesOf(
  db: LedgerDb,
  ...migrationIds: readonly string[]
): Promise<AcceptanceRow[]> {
  return db
    .selectFrom('acceptance')
    .selectAll()
    .where('migrationId', 'in', migrationIds)
    .orderBy('at')
    .execute()
}

/** How a finding is found among them. */
export const acceptanceKey = ({ code, kind, verdict }: Which): string =>
  `${verdict} ${kind} ${code}`

/** Accepts a finding, anew where it was accepted before; null takes the acceptance back. */
export async function accept(
  db: LedgerDb,
  migrationId: string,
  which: { code: string; kind: Kind; verdict: Verdict },
  note: { note: string; who: string; at: number } | null,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('acceptance')
      .where('migrationId', '=', migrationId)
      .where('code', '=', which.code)
      .where('kind', '=', which.kind)
      .where('verdict', '=', which.verdict)
      .execute()
    if (note)
      await tx
        .insertInto('acceptance')
        .values({ migrationId, ...which, ...note })
        .execute()
    const changed = await tick(tx)
    await tx.updateTable('migration').set({ changed }).where('id', '=', migrationId).execute()
  })
}
