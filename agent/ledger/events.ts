import type { Selectable } from 'kysely'
import type { LedgerDb } from './open.ts'
import type { EventTable } from './schema.ts'

export type EventRow = Selectable<EventTable>

/** A line of a migration's log. Text never holds a token; text from Jira is data. */
export async function logEvent(
  db: LedgerDb,
  line: {
    migrationId: string
    at: number
    level: EventRow['level']
    phase: string
    text: string
    projectKey?: string | null
  },
): Promise<void> {
  await db
    .insertInto('event')
    .values({ ...line, projectKey: line.projectKey ?? null })
    .execute()
}

/** A page of log lines by rising number. */
export function eventPage(
  db: LedgerDb,
  migrationId: string,
  after: number,
  limit: number,
  level?: EventRow['level'],
): Promise<EventRow[]> {
  let query = db
    .selectFrom('event')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('n', '>', after)
  if (level) query = query.where('level', '=', level)
  return query.orderBy('n').limit(limit).execute()
}

/** The milestones of a migration: what happened when, oldest first. */
export function timeline(db: LedgerDb, migrationId: string): Promise<EventRow[]> {
  return db
    .selectFrom('event')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('phase', 'like', 'stage:%')
    .orderBy('n')
    .limit(500)
    .execute()
}
