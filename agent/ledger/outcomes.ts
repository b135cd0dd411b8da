import type { Kind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import type { LedgerDb } from './open.ts'

const columns = [
  'seq',
  'kind',
  'sourceId',
  'siteId',
  'label',
  'projectKey',
  'issueKey',
  'verdict',
  'lossesJson',
  'differencesJson',
  'reasonCode',
  'reasonText',
  'hint',
] as const

/** How an item ended; without its promise, which can be a whole description. */
export type Outcome = Awaited<ReturnType<typeof outcomePage>>[number]

function outcomePage(
  db: LedgerDb,
  migrationId: string,
  kind: Kind,
  verdict: Verdict | undefined,
  after: number,
  limit: number,
) {
  let query = db
    .selectFrom('item')
    .select(columns)
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .where('seq', '>', after)
  if (verdict) query = query.where('verdict', '=', verdict)
  return query.orderBy('seq').limit(limit).execute()
}

/** The outcomes of a kind's items, a page at a time (always by an index that ends in seq), in the order of the plan. */
export async function* outcomePages(
  db: LedgerDb,
  migrationId: string,
  kind: Kind,
  verdict?: Verdict,
  limit = 500,
): AsyncGenerator<Outcome[]> {
  for (let after = 0; ; ) {
    const rows = await outcomePage(db, migrationId, kind, verdict, after, limit)
    if (rows.length) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < limit) return
    after = last.seq
  }
}
