import type { Selectable } from 'kysely'
import { type AppMove, type AppStatus, appLimits, appTable } from '../../shared/app-status.ts'
import { Problem } from '../../shared/problem.ts'
import { type LedgerDb, tick } from './open.ts'
import type { AppTable } from './schema-apps.ts'

export type AppRow = Selectable<AppTable>
export type AppChange = Partial<Omit<AppRow, 'migrationId' | 'key' | 'status' | 'updatedAt'>>

/** The name under which the vault keeps the secret of an app's own handler. */
export const handlerSecret = (migrationId: string, key: string) => `app:${migrationId}:${key}`

/** The apps of a migration about which anything was decided or done. */
export const appsOf = (db: LedgerDb, migrationId: string): Promise<AppRow[]> =>
  db.selectFrom('app').selectAll().where('migrationId', '=', migrationId).orderBy('key').execute()

export const findApp = (
  db: LedgerDb,
  migrationId: string,
  key: string,
): Promise<AppRow | undefined> =>
  db
    .selectFrom('app')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('key', '=', key)
    .executeTakeFirst()

/** The app migration whose latest start this is; an older start's id is not known any more. */
export const appOfTransfer = (db: LedgerDb, transferId: string): Promise<AppRow | undefined> =>
  db.selectFrom('app').selectAll().where('transferId', '=', transferId).executeTakeFirst()

/** App migrations that something still has to be done about: in progress, or being canceled. */
export const openApps = (db: LedgerDb): Promise<AppRow[]> =>
  db.selectFrom('app').selectAll().where('status', 'in', ['in progress', 'canceling']).execute()

/** Changes columns of an app, which is added when it was not there, and marks its migration as changed. */
export async function changeApp(
  db: LedgerDb,
  migrationId: string,
  key: string,
  at: number,
  set: AppChange,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('app')
      .values({ ...fresh, migrationId, key, updatedAt: at, ...set })
      .onConflict((row) =>
        row.columns(['migrationId', 'key']).doUpdateSet({ ...set, updatedAt: at }),
      )
      .execute()
    await touch(tx, migrationId, at)
  })
}

/** An app with data, as the source has it. */
export interface NotedApp {
  key: string
  name: string
  path: string
}

/**
 * Writes down which apps with data the source has, and how each would move; what was decided and done stays.
 * An app that the source no longer has (it was read anew) is forgotten, unless something was said about it.
 */
export async function noteApps(
  db: LedgerDb,
  migrationId: string,
  at: number,
  apps: readonly NotedApp[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('app')
      .where('migrationId', '=', migrationId)
      .where('decision', 'is', null)
      .where('handlerUrl', 'is', null)
      .where('status', '=', 'ready')
      .where(
        'key',
        'not in',
        apps.map(({ key }) => key),
      )
      .execute()
    for (const { key, name, path } of apps)
      await tx
        .insertInto('app')
        .values({ ...fresh, migrationId, key, name, path, updatedAt: at })
        .onConflict((row) => row.columns(['migrationId', 'key']).doUpdateSet({ name, path }))
        .execute()
  })
}

const fresh = {
  name: '',
  path: '',
  decision: null,
  handlerUrl: null,
  status: 'ready',
  percent: 0,
  message: '',
  transferId: null,
  run: 0,
  firstStartedAt: null,
  settledAt: null,
  lastSignAt: null,
  allowedMs: appLimits.allowedMs,
  silenceMs: null,
  omitted: 0,
  site: null,
  lostAt: null,
} as const

/**
 * Moves an app migration by the table of shared/app-status, in one transaction.
 * @returns the row after it, or null where the move makes no sense any more: somebody was faster.
 */
export async function moveApp(
  db: LedgerDb,
  migrationId: string,
  key: string,
  move: AppMove,
  at: number,
  set: AppChange = {},
): Promise<AppRow | null> {
  return db.transaction().execute(async (tx) => {
    const row = await findApp(tx, migrationId, key)
    const status: AppStatus | null = row ? appTable[row.status][move] : null
    if (status === null) return null
    await touch(tx, migrationId, at)
    return tx
      .updateTable('app')
      .set({ ...set, status, updatedAt: at })
      .where('migrationId', '=', migrationId)
      .where('key', '=', key)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/**
 * How far it is, in percent from 0 to 100: a lower number than the one that stands is ignored.
 * @returns whether it was taken; not, when it was lower or the app migration is no longer in progress
 */
export async function advanceApp(
  db: LedgerDb,
  row: Pick<AppRow, 'migrationId' | 'key' | 'transferId'>,
  at: number,
  percent: number | null,
  message: string | null,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const now = await findApp(tx, row.migrationId, row.key)
    if (now?.status !== 'in progress' || now.transferId !== row.transferId) return false
    if (percent !== null && percent < now.percent) return false
    await touch(tx, row.migrationId, at)
    await tx
      .updateTable('app')
      .set({
        lastSignAt: at,
        updatedAt: at,
        ...(percent === null ? {} : { percent }),
        ...(message === null ? {} : { message: message.slice(0, appLimits.messageLength) }),
      })
      .where('migrationId', '=', row.migrationId)
      .where('key', '=', row.key)
      .execute()
    return true
  })
}

/** A stopped or failed run leaves what its apps had begun as incomplete: they go on from where they were. */
export async function endOpenApps(
  db: LedgerDb,
  migrationId: string,
  at: number,
  message: string,
): Promise<void> {
  for (const { key, status } of await appsOf(db, migrationId))
    if (status === 'in progress')
      await moveApp(db, migrationId, key, 'endIncomplete', at, { settledAt: at, message })
}

/** How many apps were to be moved or kept and have not ended as a success. */
export const appsToLookAt = async (db: LedgerDb, migrationId: string): Promise<number> =>
  (await appsOf(db, migrationId)).filter(
    ({ decision, status, firstStartedAt }) =>
      (decision === 'needed' || decision === 'archive') &&
      status !== 'success' &&
      (firstStartedAt !== null || status !== 'ready'),
  ).length

/** Throws a Problem when there is nothing known of this app. */
export async function needApp(db: LedgerDb, migrationId: string, key: string): Promise<AppRow> {
  const row = await findApp(db, migrationId, key)
  if (row) return row
  throw new Problem('not-found', 'This migration has no such app.', {
    hint: 'Look at the list of its apps again.',
  })
}

/**
 * How many apps of each of these migrations ask something of a person: a decision, or what to do about an end
 * without success. An app that is not moved by decision asks nothing.
 */
export async function appsInNeed(
  db: LedgerDb,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('app')
    .select(['migrationId as id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('migrationId', 'in', ids)
    .where((eb) =>
      eb.or([
        eb('decision', 'is', null),
        eb('status', 'in', ['failed', 'incomplete', 'timed out']),
      ]),
    )
    .groupBy('migrationId')
    .execute()
  return new Map(rows.map(({ id, n }) => [id, n]))
}

async function touch(db: LedgerDb, id: string, at: number): Promise<void> {
  const changed = await tick(db)
  await db.updateTable('migration').set({ changed, changedAt: at }).where('id', '=', id).execute()
}
