import type { Selectable } from 'kysely'
import { straight } from '../../shared/straight.ts'
import type { LedgerDb } from './open.ts'
import type { EventTable } from './schema.ts'

export type EventRow = Selectable<EventTable>

/** What a warning or an error must say: its code in the troubleshooting guide (shared/help). */
type Level = { level: 'info' } | { level: 'warn' | 'error'; code: string }

interface About {
  projectKey?: string | null
}

/** Writes into the log of one migration, where time and phase are known. */
export type Log = (
  ...line:
    | [level: 'info', text: string, about?: About]
    | [level: 'warn' | 'error', text: string, about: About & { code: string }]
) => Promise<void>

/** Such a log, of what a line has beside its own words. */
export const logOf =
  (db: LedgerDb, where: () => { migrationId: string; at: number; phase: string }): Log =>
  (...line) => {
    const [level, text, about] = line
    const whole = { ...where(), text, ...about }
    return level === 'info'
      ? logEvent(db, { ...whole, level })
      : logEvent(db, { ...whole, level, code: line[2].code })
  }

/** A line of a migration's log. Text never holds a token; text from Jira is data. */
export async function logEvent(
  db: LedgerDb,
  line: { migrationId: string; at: number; phase: string; text: string } & About & Level,
): Promise<void> {
  await db
    .insertInto('event')
    .values({ ...line, text: straight(line.text), projectKey: line.projectKey ?? null })
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

/** What people did has these phases; everything else of a timeline is what the line itself said. */
const deeds = ['stage:you', 'stage:after', 'stage:sign-off']

/** So many stages are told: a run has some twenty, and one of many projects some more. */
export const toldStages = 400

/**
 * The milestones of a migration: all that people did, and the newest stages of the line, oldest first.
 * @returns with how many older stages are left out; the log has them all
 */
export async function timeline(
  db: LedgerDb,
  migrationId: string,
): Promise<{ events: EventRow[]; older: number }> {
  const milestones = db
    .selectFrom('event')
    .where('migrationId', '=', migrationId)
    .where('phase', 'like', 'stage:%')
  const stages = milestones.where('phase', 'not in', deeds)
  const done = await milestones.selectAll().where('phase', 'in', deeds).orderBy('n').execute()
  const newest = await stages.selectAll().orderBy('n', 'desc').limit(toldStages).execute()
  const { n } = await stages
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const events = [...done, ...newest].sort((a, b) => a.n - b.n)
  return { events, older: n - newest.length }
}
