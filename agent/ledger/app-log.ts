import type { Selectable } from 'kysely'
import { appLimits } from '../../shared/app-status.ts'
import type { LedgerDb } from './open.ts'
import type { AppEventTable } from './schema-apps.ts'

export type AppEventRow = Selectable<AppEventTable>
export interface AppEvent {
  at: number
  level: AppEventRow['level']
  event: string
  message: string
  transferId: string | null
}

/**
 * Adds lines to an app's log and lets the oldest go, beyond 4,000 and after 30 days.
 * @param dropped lines that came in such a flood that they were never kept
 */
export async function addAppEvents(
  db: LedgerDb,
  app: { migrationId: string; key: string },
  events: readonly AppEvent[],
  now: number,
  dropped = 0,
): Promise<void> {
  const { migrationId, key } = app
  await db.transaction().execute(async (tx) => {
    // SQLite takes 32,766 values in a statement; a page has seven a line.
    for (let i = 0; i < events.length; i += 1000)
      await tx
        .insertInto('appEvent')
        .values(
          events.slice(i, i + 1000).map((event) => ({
            ...event,
            event: event.event.slice(0, 100),
            message: event.message.slice(0, appLimits.messageLength),
            migrationId,
            key,
          })),
        )
        .execute()
    const mine = () =>
      tx.selectFrom('appEvent').where('migrationId', '=', migrationId).where('key', '=', key)
    const last = await mine()
      .select('n')
      .orderBy('n', 'desc')
      .offset(appLimits.logEvents)
      .limit(1)
      .executeTakeFirst()
    const { numDeletedRows } = await tx
      .deleteFrom('appEvent')
      .where('migrationId', '=', migrationId)
      .where('key', '=', key)
      .where((eb) => eb.or([eb('n', '<=', last?.n ?? -1), eb('at', '<', now - appLimits.logMs)]))
      .executeTakeFirst()
    const gone = Number(numDeletedRows) + dropped
    if (gone)
      await tx
        .updateTable('app')
        .set((eb) => ({ omitted: eb('omitted', '+', gone) }))
        .where('migrationId', '=', migrationId)
        .where('key', '=', key)
        .execute()
  })
}

/**
 * A page of an app's log, newest first, as far back as 30 days.
 * @param options.before only lines of lower numbers, null = from the newest on
 */
export async function appLogPage(
  db: LedgerDb,
  app: { migrationId: string; key: string },
  options: {
    now: number
    before: number | null
    limit: number
    level?: AppEventRow['level'] | undefined
  },
): Promise<AppEventRow[]> {
  let query = db
    .selectFrom('appEvent')
    .selectAll()
    .where('migrationId', '=', app.migrationId)
    .where('key', '=', app.key)
    .where('at', '>=', options.now - appLimits.logMs)
  if (options.before !== null) query = query.where('n', '<', options.before)
  if (options.level) query = query.where('level', '=', options.level)
  return query.orderBy('n', 'desc').limit(options.limit).execute()
}

/** How many lines were there once and are shown no more, by number or by age. */
export async function omittedLines(
  db: LedgerDb,
  app: { migrationId: string; key: string; omitted: number },
  now: number,
): Promise<number> {
  const { old } = await db
    .selectFrom('appEvent')
    .select((eb) => eb.fn.countAll<number>().as('old'))
    .where('migrationId', '=', app.migrationId)
    .where('key', '=', app.key)
    .where('at', '<', now - appLimits.logMs)
    .executeTakeFirstOrThrow()
  return app.omitted + old
}
