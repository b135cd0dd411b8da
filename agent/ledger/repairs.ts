import type { Selectable, Updateable } from 'kysely'
import type { RepairVia } from '../../shared/api-repair.ts'
import type { Kind } from '../../shared/plan.ts'
import { Problem } from '../../shared/problem.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'
import type { RepairTable } from './schema-repair.ts'

export type RepairRow = Selectable<RepairTable>

/** A repair that is not over: at most one an item. */
export const openRepairStates = ['planned', 'sending', 'sent', 'undoing'] as const

/**
 * Writes down repairs that are to be made. An item that has an open one already gets no second.
 * @returns how many are new
 */
export async function planRepairs(
  db: LedgerDb,
  items: readonly ItemRow[],
  by: { via: RepairVia; who: string; at: number },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    let added = 0
    for (const { migrationId, seq, kind, label, issueKey, projectKey } of items) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('repair')
        .values({
          migrationId,
          seq,
          kind: kind as Kind,
          label,
          issueKey,
          projectKey,
          state: 'planned',
          ...by,
          partsJson: '[]',
          requestsJson: '[]',
          undoJson: null,
          itemJson: null,
          siteId: null,
          oursJson: '[]',
          problemJson: null,
          sentAt: null,
          settledAt: null,
          undoneBy: null,
          undoVia: null,
          undoFrom: null,
          undoneAt: null,
        })
        .onConflict((at) => at.doNothing())
        .executeTakeFirst()
      added += Number(numInsertedOrUpdatedRows ?? 0)
    }
    return added
  })
}

export async function getRepair(db: LedgerDb, migrationId: string, n: number): Promise<RepairRow> {
  const row = await db
    .selectFrom('repair')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('n', '=', n)
    .executeTakeFirst()
  if (row) return row
  throw new Problem('not-found', 'There is no such repair.', {
    hint: 'Look at the list of repairs again.',
  })
}

/** Those in these states, oldest first. */
export const repairsIn = (
  db: LedgerDb,
  states: readonly RepairRow['state'][],
  migrationId?: string,
): Promise<RepairRow[]> => {
  let query = db.selectFrom('repair').selectAll().where('state', 'in', states)
  if (migrationId !== undefined) query = query.where('migrationId', '=', migrationId)
  return query.orderBy('n').execute()
}

/** A page of repairs, newest first; before = null begins with the newest. */
export function repairPage(
  db: LedgerDb,
  migrationId: string,
  question: { seq?: number | undefined; before: number | null },
  limit: number,
): Promise<RepairRow[]> {
  let query = db.selectFrom('repair').selectAll().where('migrationId', '=', migrationId)
  if (question.seq !== undefined) query = query.where('seq', '=', question.seq)
  if (question.before !== null) query = query.where('n', '<', question.before)
  return query.orderBy('n', 'desc').limit(limit).execute()
}

/** All of them, oldest first, a page at a time. */
export async function* eachRepair(db: LedgerDb, migrationId: string): AsyncGenerator<RepairRow> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('repair')
      .selectAll()
      .where('migrationId', '=', migrationId)
      .where('n', '>', after)
      .orderBy('n')
      .limit(500)
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.n
  }
}

/**
 * Changes a repair, but only while it is in one of these states.
 * @returns whether it was
 */
export async function moveRepair(
  db: LedgerDb,
  n: number,
  from: readonly RepairRow['state'][],
  set: Updateable<Omit<RepairTable, 'n' | 'migrationId' | 'seq'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('repair')
    .set(set)
    .where('n', '=', n)
    .where('state', 'in', from)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

/** Marks of changes that repairs made on an issue. */
export async function oursOn(
  db: LedgerDb,
  migrationId: string,
  issueKey: string,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('repair')
    .select('oursJson')
    .where('migrationId', '=', migrationId)
    .where('issueKey', '=', issueKey)
    .execute()
  return new Set(rows.flatMap((row) => JSON.parse(row.oursJson) as string[]))
}

/** The site's ids of what repairs made on an issue: it stands under the account that made it, and of that day. */
export async function madeByRepairs(
  db: LedgerDb,
  migrationId: string,
  issueKey: string,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('repair')
    .select('siteId')
    .where('migrationId', '=', migrationId)
    .where('issueKey', '=', issueKey)
    .where('state', '=', 'verified')
    .where('undoJson', 'like', '{"how":"remove"%')
    .execute()
  return new Set(rows.flatMap((row) => row.siteId ?? []))
}

/** The columns of an item that a repair changes, and that its undo gives back. */
const kept = [
  'state',
  'siteId',
  'verdict',
  'differencesJson',
  'lossesJson',
  'reasonCode',
  'reasonText',
  'hint',
  'again',
] as const
export const keptOf = (item: ItemRow): string =>
  JSON.stringify(Object.fromEntries(kept.map((name) => [name, item[name]])))

/** What was sent by a repair is on the site: no later run may send it again. */
export async function markSent(db: LedgerDb, seq: number, siteId: string | null): Promise<void> {
  await db
    .updateTable('item')
    .set({ state: 'sent', again: 0, hint: null, ...(siteId === null ? {} : { siteId }) })
    .where('seq', '=', seq)
    .where('state', 'in', ['planned', 'failed', 'unsure', 'sent'])
    .execute()
}

/** Gives an item back what it had before a repair; only names of `kept` are ever taken from the row. */
export async function restoreItem(db: LedgerDb, seq: number, itemJson: string): Promise<void> {
  const known = JSON.parse(itemJson) as Record<string, unknown>
  const set = Object.fromEntries(kept.map((name) => [name, known[name] ?? null]))
  await db.updateTable('item').set(set).where('seq', '=', seq).execute()
}
