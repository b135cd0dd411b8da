import type { ItemsOnly } from '../../shared/api-watch.ts'
import { type Kind, kinds } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import { type Cause, differingFields } from './findings.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'

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
    /** Only what was sent to the site, or only what has an announced loss. */
    only?: ItemsOnly | undefined
    /** Only what has one of these causes, as the ledger's findings tell them apart. */
    causes?: readonly Pick<Cause, 'kind' | 'verdict' | 'reasonCode' | 'fields'>[] | undefined
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
    if (question.only === 'sent') query = query.where('state', '=', 'sent')
    if (question.only === 'loss') query = query.where('lossesJson', 'is not', null)
    const { causes } = question
    if (causes)
      query = query.where((eb) =>
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
      )
    for (const { seq } of await query.orderBy('seq').limit(limit).execute()) next.push(seq)
  }
  const page = next.sort((a, b) => a - b).slice(0, limit)
  if (!page.length) return []
  return db.selectFrom('item').selectAll().where('seq', 'in', page).orderBy('seq').execute()
}
