import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { ItemsOnly } from '../../shared/api-watch.ts'
import { type Kind, kinds } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import { type Cause, differingFields } from './findings.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'
import { standingRoot } from './roots.ts'
import type { LedgerTables } from './schema.ts'

type CauseKey = Pick<Cause, 'kind' | 'verdict' | 'reasonCode' | 'fields'>
type OfItem = ExpressionBuilder<LedgerTables, 'item'>

/** Which items of a migration are meant by each word. */
const narrowed: Record<ItemsOnly, (eb: OfItem) => Expression<SqlBool>> = {
  sent: (eb) => eb('state', '=', 'sent'),
  loss: (eb) => eb('lossesJson', 'is not', null),
  moved: (eb) => eb('state', '!=', 'leftOut'),
  wanted: (eb) =>
    eb.and([
      eb('state', '!=', 'leftOut'),
      eb.or([eb('verdict', 'is', null), eb('verdict', '!=', 'leftOut')]),
    ]),
  settled: (eb) => eb('state', 'in', ['sent', 'failed']),
  checked: (eb) => eb.and([eb('state', '!=', 'leftOut'), eb('verdict', 'is not', null)]),
  again: (eb) =>
    eb(
      'retriedRun',
      '=',
      eb.selectFrom('migration').select('runs').whereRef('migration.id', '=', 'item.migrationId'),
    ),
  needing: (eb) => eb(standingRoot, 'is not', null),
}

const ofCauses = (causes: readonly CauseKey[]) => (eb: OfItem) =>
  eb.and([
    eb(standingRoot, 'is', null),
    eb.or(
      causes.map((cause) =>
        eb.and([
          eb('kind', '=', cause.kind),
          eb('verdict', '=', cause.verdict),
          eb('reasonCode', 'is', cause.reasonCode),
          eb(differingFields, 'is', cause.fields),
        ]),
      ),
    ),
  ])

const roots = (db: LedgerDb, migrationId: string, causes: readonly CauseKey[]) =>
  db
    .selectFrom('item')
    .select('seq')
    .where('migrationId', '=', migrationId)
    .where('verdict', '=', 'failed')
    .where(ofCauses(causes))

/**
 * A page of a migration's counted items by rising seq, however many there are. The indexes end in seq
 * only behind a kind, so each kind is asked for its next numbers and the smallest of all are taken: one
 * question over all kinds would sort a million rows for each page (1.4 s; this takes a few ms).
 */
export async function listItems(
  db: LedgerDb,
  migrationId: string,
  question: {
    kind?: Kind | undefined
    verdict?: Verdict | undefined
    projectKey?: string | undefined
    only?: ItemsOnly | undefined
    /** Only what has one of these causes, as the ledger's findings tell them apart. */
    causes?: readonly CauseKey[] | undefined
    /** Of those causes: what has them itself, or that and all that failed because it is not there. */
    group?: boolean | undefined
  },
  after: number,
  limit: number,
): Promise<ItemRow[]> {
  const next: number[] = []
  for (const kind of question.kind ? [question.kind] : kinds) {
    let query = db
      .selectFrom('item')
      .select('seq')
      .where('migrationId', '=', migrationId)
      .where('kind', '=', kind)
      .where('seq', '>', after)
    if (question.verdict) query = query.where('verdict', '=', question.verdict)
    if (question.projectKey !== undefined)
      query = query.where('projectKey', '=', question.projectKey)
    const { causes, only, group } = question
    if (only) query = query.where(narrowed[only])
    if (causes)
      query = query.where(
        group
          ? (eb) =>
              eb.or([ofCauses(causes)(eb), eb('rootSeq', 'in', roots(db, migrationId, causes))])
          : ofCauses(causes),
      )
    for (const { seq } of await query.orderBy('seq').limit(limit).execute()) next.push(seq)
  }
  const page = next.sort((a, b) => a - b).slice(0, limit)
  if (!page.length) return []
  return db.selectFrom('item').selectAll().where('seq', 'in', page).orderBy('seq').execute()
}
