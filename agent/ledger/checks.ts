import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { type CheckList, foundList } from '../../shared/check-lists.ts'
import { Problem } from '../../shared/problem.ts'
import { type LedgerDb, tick } from './open.ts'
import { afterNames } from './schema-after.ts'
import type { CheckTable, OffenderTable } from './schema-checks.ts'

export type CheckRow = Selectable<CheckTable>
export type OffenderRow = Selectable<OffenderTable>

/** SQLite takes 32,766 values a statement; seven columns a row leave room for far more, but pages stay small. */
const rowsAStatement = 1_000

/** The last answers of a migration's checks, by key. */
export async function checkRows(db: LedgerDb, migrationId: string): Promise<Map<string, CheckRow>> {
  const rows = await db
    .selectFrom('check')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .execute()
  return new Map(rows.map((row) => [row.key, row]))
}

/** The number under which a check's next offenders are written: nobody sees them before they are all there. */
export async function nextGeneration(
  db: LedgerDb,
  migrationId: string,
  key: string,
): Promise<number> {
  const last = await db
    .selectFrom('check')
    .select('generation')
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .executeTakeFirst()
  const generation = (last?.generation ?? 0) + 1
  // What an agent that died has left half written under this number.
  await db
    .deleteFrom('offender')
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('generation', '>=', generation)
    .execute()
  return generation
}

/** A row of a check as it is written; what is absent has its default. */
type NewOffender = Pick<OffenderRow, 'subject' | 'projectKey' | 'detail'> &
  Partial<Pick<OffenderRow, 'list' | 'partOf' | 'countsJson'>>

export async function addOffenders(
  db: LedgerDb,
  migrationId: string,
  key: string,
  generation: number,
  list: readonly NewOffender[],
): Promise<void> {
  for (let from = 0; from < list.length; from += rowsAStatement)
    await db
      .insertInto('offender')
      .values(
        list.slice(from, from + rowsAStatement).map((one) => ({
          ...{ migrationId, key, generation, list: foundList, partOf: null, countsJson: null },
          ...one,
        })),
      )
      .execute()
}

/**
 * Writes a check's answer with its offenders of this generation, in place of what was there.
 * An override stays only while nothing is said beyond what it was given for: the same offenders or fewer, and
 * where there are none, the same sentence.
 */
export async function settleCheck(
  db: LedgerDb,
  migrationId: string,
  answer: {
    key: string
    status: CheckStatus
    sentence: string
    hint: string
    offenders: number
    /** What it counts beside; absent: nothing. */
    lists?: readonly CheckList[]
    generation: number
    at: number
  },
): Promise<void> {
  const { lists = [], ...row } = answer
  const kept = { ...row, listsJson: JSON.stringify(lists) }
  await db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('check')
      .select(['sentence', 'generation'])
      .where('migrationId', '=', migrationId)
      .where('key', '=', answer.key)
      .executeTakeFirst()
    const covered =
      answer.status === 'error' &&
      before !== undefined &&
      (answer.offenders > 0
        ? !(await hasNewOffender(tx, migrationId, answer, before.generation))
        : before.sentence === answer.sentence)
    const free = covered ? {} : { note: null, who: null, notedAt: null }
    await tx
      .insertInto('check')
      .values({ migrationId, note: null, who: null, notedAt: null, ...kept })
      .onConflict((conflict) =>
        conflict.columns(['migrationId', 'key']).doUpdateSet({ ...kept, ...free }),
      )
      .execute()
    await tx
      .deleteFrom('offender')
      .where('migrationId', '=', migrationId)
      .where('key', '=', answer.key)
      .where('generation', '<', answer.generation)
      .execute()
    await touch(tx, migrationId)
  })
}

/** Whether this answer names a thing that the one of that generation did not. */
async function hasNewOffender(
  db: LedgerDb,
  migrationId: string,
  { key, generation }: { key: string; generation: number },
  before: number,
): Promise<boolean> {
  const rows = (of: number) =>
    db
      .selectFrom('offender')
      .select(['subject', 'projectKey', 'detail'])
      .where('migrationId', '=', migrationId)
      .where('key', '=', key)
      .where('generation', '=', of)
      .where('list', '=', foundList)
  const fresh = await db
    .selectFrom(rows(generation).except(rows(before)).as('fresh'))
    .select('subject')
    .limit(1)
    .executeTakeFirst()
  return fresh !== undefined
}

/** Sets an error aside, or (null) no longer. Throws not-now when the check has not answered with an error. */
export async function overrideCheck(
  db: LedgerDb,
  migrationId: string,
  key: string,
  note: { note: string; who: string; at: number } | null,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    let query = tx
      .updateTable('check')
      .set({ note: note?.note ?? null, who: note?.who ?? null, notedAt: note?.at ?? null })
      .where('migrationId', '=', migrationId)
      .where('key', '=', key)
    if (note) query = query.where('status', '=', 'error')
    const { numUpdatedRows } = await query.executeTakeFirst()
    if (note && numUpdatedRows === 0n)
      throw new Problem('not-now', 'This check has found no error that could be overridden.', {
        hint: 'Run the check again and look at what it says.',
      })
    await touch(tx, migrationId)
  })
}

/**
 * The errors that nobody has set aside: they block a run.
 * @param since only what was answered from then on, epoch ms
 */
export async function blockingChecks(
  db: LedgerDb,
  migrationId: string,
  since = 0,
): Promise<CheckRow[]> {
  return db
    .selectFrom('check')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('status', '=', 'error')
    .where('note', 'is', null)
    .where('at', '>=', since)
    .orderBy('key')
    .execute()
}

/** How many errors block the next run of each of these; what a run that has ended found is asked anew by the next. */
export async function blockingCounts(
  db: LedgerDb,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('check')
    .innerJoin('migration', 'migration.id', 'check.migrationId')
    .select(['check.migrationId as id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('check.migrationId', 'in', ids)
    .where('check.status', '=', 'error')
    .where('check.note', 'is', null)
    .where(blocksNext)
    .groupBy('check.migrationId')
    .execute()
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Whether an answer still stands against the next run. */
const blocksNext = sql<boolean>`"check"."at" > ifnull("migration"."finishedAt", -1)`

/** A page of a check's offenders, or of another list of it, by rising number; partOf: only what is part of that row. */
export async function offendersOf(
  db: LedgerDb,
  migrationId: string,
  key: string,
  after: number,
  limit: number,
  { list = foundList, partOf }: { list?: string; partOf?: string | undefined } = {},
): Promise<OffenderRow[]> {
  const check = await db
    .selectFrom('check')
    .select('generation')
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!check) return []
  let query = db
    .selectFrom('offender')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('generation', '=', check.generation)
    .where('list', '=', list)
    .where('n', '>', after)
    .orderBy('n')
    .limit(limit)
  if (partOf !== undefined) query = query.where('partOf', '=', partOf)
  return query.execute()
}

/** Screens that follow by cursor see that something about the migration has changed. */
export async function touch(db: LedgerDb, migrationId: string): Promise<void> {
  const changed = await tick(db)
  await db.updateTable('migration').set({ changed }).where('id', '=', migrationId).execute()
}

/** Forgets what these checks have said: what they looked at was decided anew, and an old answer would pass for a new one. */
export async function forgetAnswers(
  db: LedgerDb,
  migrationId: string,
  keys: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const table of ['check', 'offender'] as const)
      await tx
        .deleteFrom(table)
        .where('migrationId', '=', migrationId)
        .where('key', 'in', keys)
        .execute()
    await touch(tx, migrationId)
  })
}

/** Forgets what checks have said, and who set errors aside: the migration has become another one. */
export async function forgetChecks(db: LedgerDb, migrationId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const table of ['check', 'offender', 'forecast', 'mapping', ...afterNames] as const)
      await tx.deleteFrom(table).where('migrationId', '=', migrationId).execute()
    await touch(tx, migrationId)
  })
}
