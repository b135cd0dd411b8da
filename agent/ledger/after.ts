import type { Selectable } from 'kysely'
import type { AfterGroup } from '../../shared/api-after.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { type CheckList, foundList, leftOutList } from '../../shared/check-lists.ts'
import { Problem } from '../../shared/problem.ts'
import { touch } from './checks.ts'
import type { LedgerDb } from './open.ts'
import type { AfterCheckTable, PlaceTable } from './schema-after.ts'

export type AfterCheckRow = Selectable<AfterCheckTable>
export type PlaceRow = Selectable<PlaceTable>
export type NewPlace = Omit<
  PlaceRow,
  'n' | 'migrationId' | 'key' | 'generation' | 'list' | 'partOf' | 'countsJson'
> & { list?: string; partOf?: string | null; countsJson?: string | null }

/** Eleven columns a row: far below the 32,766 values that SQLite takes a statement. */
const rowsAStatement = 1_000

/** The last answers of a migration's checks after it, by key. */
export async function afterRows(
  db: LedgerDb,
  migrationId: string,
): Promise<Map<string, AfterCheckRow>> {
  const query = db.selectFrom('afterCheck').selectAll().where('migrationId', '=', migrationId)
  return new Map((await query.execute()).map((row) => [row.key, row]))
}

/** The number under which a check's next places are written: nobody sees them before they are all there. */
export async function nextPlaces(db: LedgerDb, migrationId: string, key: string): Promise<number> {
  const last = await db
    .selectFrom('afterCheck')
    .select('generation')
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .executeTakeFirst()
  const generation = (last?.generation ?? 0) + 1
  // What an agent that died has left half written under this number.
  await db
    .deleteFrom('place')
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('generation', '>=', generation)
    .execute()
  return generation
}

export async function addPlaces(
  db: LedgerDb,
  migrationId: string,
  key: string,
  generation: number,
  list: readonly NewPlace[],
): Promise<void> {
  for (let from = 0; from < list.length; from += rowsAStatement) {
    const part = list.slice(from, from + rowsAStatement)
    await db
      .insertInto('place')
      .values(
        part.map((one) => ({
          migrationId,
          key,
          generation,
          list: foundList,
          partOf: null,
          countsJson: null,
          ...one,
        })),
      )
      .execute()
  }
}

/**
 * Writes a check's answer with its places of this generation, in place of what was there.
 * An acceptance stays only while the very same is said: it was given for that.
 */
export async function settleAfter(
  db: LedgerDb,
  migrationId: string,
  answer: {
    key: string
    title: string
    theme: AfterGroup
    status: CheckStatus
    sentence: string
    hint: string
    places: number
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
      .selectFrom('afterCheck')
      .select(['status', 'sentence'])
      .where('migrationId', '=', migrationId)
      .where('key', '=', answer.key)
      .executeTakeFirst()
    const same = before?.status === answer.status && before.sentence === answer.sentence
    const free = same ? {} : { note: null, who: null, notedAt: null }
    await tx
      .insertInto('afterCheck')
      .values({ migrationId, note: null, who: null, notedAt: null, ...kept })
      .onConflict((conflict) =>
        conflict.columns(['migrationId', 'key']).doUpdateSet({ ...kept, ...free }),
      )
      .execute()
    await tx
      .deleteFrom('place')
      .where('migrationId', '=', migrationId)
      .where('key', '=', answer.key)
      .where('generation', '<', answer.generation)
      .execute()
    await touch(tx, migrationId)
  })
}

/** Accepts what a check found, or (null) no longer. Throws not-now where it has found nothing. */
export async function acceptAfter(
  db: LedgerDb,
  migrationId: string,
  key: string,
  note: { note: string; who: string; at: number } | null,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    let query = tx
      .updateTable('afterCheck')
      .set({ note: note?.note ?? null, who: note?.who ?? null, notedAt: note?.at ?? null })
      .where('migrationId', '=', migrationId)
      .where('key', '=', key)
    if (note) query = query.where('status', 'in', ['warning', 'error', 'incomplete'])
    const { numUpdatedRows } = await query.executeTakeFirst()
    if (note && numUpdatedRows === 0n)
      throw new Problem('not-now', 'This check says nothing that could be accepted.', {
        hint: 'Run the check again and look at what it says.',
      })
    await touch(tx, migrationId)
  })
}

/** A page of a check's places, or of another list of it, by rising number; projectKey narrows it to one project and what concerns all. */
export async function placesOf(
  db: LedgerDb,
  migrationId: string,
  key: string,
  after: number,
  limit: number,
  {
    projectKey,
    list = foundList,
    partOf,
  }: { projectKey?: string | undefined; list?: string; partOf?: string | undefined } = {},
): Promise<PlaceRow[]> {
  const check = await db
    .selectFrom('afterCheck')
    .select('generation')
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!check) return []
  let query = db
    .selectFrom('place')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .where('generation', '=', check.generation)
    .where('list', '=', list)
    .where('n', '>', after)
  if (partOf !== undefined) query = query.where('partOf', '=', partOf)
  if (projectKey !== undefined)
    query = query.where((eb) =>
      eb.or([eb('projectKey', '=', projectKey), eb('projectKey', 'is', null)]),
    )
  return query.orderBy('n').limit(limit).execute()
}

/** How many places each check has that concern a project: its own, and those of no project. */
export async function placeCounts(
  db: LedgerDb,
  migrationId: string,
  projectKey: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('place')
    .innerJoin('afterCheck', (join) =>
      join
        .onRef('afterCheck.migrationId', '=', 'place.migrationId')
        .onRef('afterCheck.key', '=', 'place.key')
        .onRef('afterCheck.generation', '=', 'place.generation'),
    )
    .select(['place.key', (eb) => eb.fn.countAll<number>().as('n')])
    .where('place.migrationId', '=', migrationId)
    .where('place.list', 'in', [foundList, leftOutList])
    .where((eb) =>
      eb.or([eb('place.projectKey', '=', projectKey), eb('place.projectKey', 'is', null)]),
    )
    .groupBy('place.key')
    .execute()
  return new Map(rows.map(({ key, n }) => [key, n]))
}
