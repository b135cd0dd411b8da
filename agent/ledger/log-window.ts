import { sql } from 'kysely'
import type { EventRow } from './events.ts'
import type { LedgerDb } from './open.ts'

export interface LogQuestion {
  /** How many fitting lines to skip, from the oldest. */
  offset: number
  limit: number
  /** Those, and worse ones. */
  level: EventRow['level']
  /** Stands somewhere in the line; '' = all. */
  text: string
}

const andWorse = {
  info: ['info', 'warn', 'error'],
  warn: ['warn', 'error'],
  error: ['error'],
} as const

/**
 * Some lines of a log by their place, with how many there are: what a window of fixed rows asks for.
 * A place is found by going through the index: 100,000 lines take a few milliseconds, with a text some tens.
 */
export async function logWindow(db: LedgerDb, migrationId: string, asked: LogQuestion) {
  const { offset, limit, level, text } = asked
  let fitting = db.selectFrom('event').where('migrationId', '=', migrationId)
  if (level !== 'info') fitting = fitting.where('level', 'in', andWorse[level])
  // Like every search of people: capitals do not matter, and % is a letter.
  if (text !== '')
    fitting = fitting.where(
      sql<boolean>`instr(lower(text || ' ' || phase || ' ' || ifnull("projectKey", '')), lower(${text})) > 0`,
    )
  const { total } = await fitting
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await fitting.selectAll().orderBy('n').limit(limit).offset(offset).execute()
  return { total, rows }
}
