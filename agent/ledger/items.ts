import type { Selectable } from 'kysely'
import type { PlannedItem, PlannedKind, Promises, Reason } from '../../shared/plan.ts'
import { kinds } from '../../shared/plan.ts'
import type { Difference } from '../../shared/report.ts'
import type { Verdict } from '../../shared/status.ts'
import type { LedgerDb } from './open.ts'
import type { ItemTable } from './schema.ts'

export type ItemRow = Selectable<ItemTable>

const counted = new Set<string>(kinds)

/** SQLite takes at most 32,766 values a statement; 23 columns a row leave room for this many. */
const rowsAStatement = 400

/** Writes planned items into the ledger, in the order of the plan. Left-out ones get their verdict at once. */
export async function addItems(
  db: LedgerDb,
  migrationId: string,
  items: readonly { item: PlannedItem; batchId: number | null }[],
): Promise<void> {
  for (let from = 0; from < items.length; from += rowsAStatement)
    await db
      .insertInto('item')
      .values(
        items
          .slice(from, from + rowsAStatement)
          .map(({ item, batchId }) => row(migrationId, item, batchId)),
      )
      .execute()
}

function row(migrationId: string, item: PlannedItem, batchId: number | null) {
  return {
    migrationId,
    kind: item.kind,
    sourceId: item.sourceId,
    label: item.label,
    projectKey: item.projectKey,
    issueKey: item.issueKey,
    phase: item.phase,
    lane: item.lane,
    batchId,
    state: item.leftOut ? ('leftOut' as const) : ('planned' as const),
    counted: counted.has(item.kind) ? 1 : 0,
    promiseJson: item.promise === null ? null : JSON.stringify(item.promise),
    lossesJson: item.losses.length ? JSON.stringify(item.losses) : null,
    reasonCode: item.leftOut?.code ?? null,
    reasonText: item.leftOut?.text ?? null,
    hint: null,
    again: 0,
    siteId: null,
    verdict: item.leftOut ? ('leftOut' as const) : null,
    differencesJson: null,
    rootSeq: null,
    retriedRun: null,
  }
}

/** The promise of an item that has one. */
export function promiseOf<K extends PlannedKind>(
  item: Pick<ItemRow, 'promiseJson'>,
  _kind: K,
): Promises[K] {
  return JSON.parse(item.promiseJson ?? 'null') as Promises[K]
}

export const lossesOf = (item: Pick<ItemRow, 'lossesJson'>): Reason[] =>
  JSON.parse(item.lossesJson ?? '[]')
export const differencesOf = (item: Pick<ItemRow, 'differencesJson'>): Difference[] =>
  JSON.parse(item.differencesJson ?? '[]')

/** The site's id of a source item, null while it has none. */
export async function siteIdOf(
  db: LedgerDb,
  migrationId: string,
  kind: PlannedKind,
  sourceId: string,
) {
  const found = await db
    .selectFrom('item')
    .select('siteId')
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .where('sourceId', '=', sourceId)
    .executeTakeFirst()
  return found?.siteId ?? null
}

export interface ItemQuestion {
  kind?: PlannedKind | undefined
  verdict?: Verdict | undefined
  projectKey?: string | undefined
  issueKey?: string | undefined
  state?: ItemRow['state'] | undefined
  counted?: boolean | undefined
  /** Only with an announced loss. */
  lossy?: boolean | undefined
}

/** A page of a migration's items by rising seq, the key to go on from. */
export function itemPage(
  db: LedgerDb,
  migrationId: string,
  question: ItemQuestion,
  after: number,
  limit: number,
): Promise<ItemRow[]> {
  let query = db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('seq', '>', after)
  if (question.kind) query = query.where('kind', '=', question.kind)
  if (question.verdict) query = query.where('verdict', '=', question.verdict)
  if (question.projectKey) query = query.where('projectKey', '=', question.projectKey)
  if (question.issueKey) query = query.where('issueKey', '=', question.issueKey)
  if (question.state) query = query.where('state', '=', question.state)
  if (question.counted !== undefined) query = query.where('counted', '=', question.counted ? 1 : 0)
  if (question.lossy) query = query.where('lossesJson', 'is not', null)
  return query.orderBy('seq').limit(limit).execute()
}

/** All items that answer the question, a page at a time, so that memory stays flat. */
export async function* eachItem(
  db: LedgerDb,
  migrationId: string,
  question: ItemQuestion = {},
  page = 500,
): AsyncGenerator<ItemRow> {
  for (let after = 0; ; ) {
    const rows = await itemPage(db, migrationId, question, after, page)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < page) return
    after = last.seq
  }
}

export interface VerdictChange {
  seq: number
  verdict: Verdict
  differences: Difference[]
  reason?: Reason | null
  siteId?: string | null
}

/** Writes what verify found; a verdict never touches state, so a later push still knows what was sent. */
export async function settleVerdicts(
  db: LedgerDb,
  changes: readonly VerdictChange[],
): Promise<void> {
  if (!changes.length) return
  await db.transaction().execute(async (tx) => {
    for (const change of changes)
      await tx
        .updateTable('item')
        .set({
          verdict: change.verdict,
          differencesJson: change.differences.length ? JSON.stringify(change.differences) : null,
          ...(change.reason === undefined
            ? {}
            : { reasonCode: change.reason?.code ?? null, reasonText: change.reason?.text ?? null }),
          ...(change.siteId === undefined ? {} : { siteId: change.siteId }),
        })
        .where('seq', '=', change.seq)
        .execute()
  })
}

/** Forgets verdicts of an earlier verification, before everything is read back anew. */
export async function forgetVerdicts(db: LedgerDb, migrationId: string): Promise<void> {
  await db
    .updateTable('item')
    .set({ verdict: null, differencesJson: null, reasonCode: null, reasonText: null })
    .where('migrationId', '=', migrationId)
    .where('state', 'in', ['sent', 'planned'])
    .where('verdict', 'is not', null)
    .execute()
}
