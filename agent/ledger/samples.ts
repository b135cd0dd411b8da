import { type Generated, sql } from 'kysely'
import type { Activity, PauseReason } from '../../shared/status.ts'
import type { LedgerDb } from './open.ts'

/** How far a migration was at one moment of a run. */
export interface SampleTable {
  n: Generated<number>
  migrationId: string
  at: number
  activity: Activity
  sent: number
  checked: number
  /** Of all runs so far. */
  requests: number
  /** Of the documented rate, on the fullest endpoint, since the sample before: 1 = all that the site allows. */
  share: number
  heldJson: string
}

export const sampleTables = `
  create table sample (
    n integer primary key autoincrement, migrationId text not null, at integer not null, activity text not null,
    sent integer not null, checked integer not null, requests integer not null, share real not null, heldJson text not null
  ) strict;
  create index sampleOf on sample (migrationId, n);`

/** When a migration has so many, every second one goes: a run of a week keeps as many as one of an hour. */
const mostSamples = 800

export interface Sample {
  at: number
  activity: Activity
  sent: number
  checked: number
  requests: number
  share: number
  held: PauseReason[]
}

/** Keeps one sample, and thins the older ones where there are too many. */
export async function addSample(db: LedgerDb, migrationId: string, sample: Sample): Promise<void> {
  const { held, ...rest } = sample
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('sample')
      .values({ migrationId, ...rest, heldJson: JSON.stringify(held) })
      .execute()
    const { many } = await tx
      .selectFrom('sample')
      .select((eb) => eb.fn.countAll<number>().as('many'))
      .where('migrationId', '=', migrationId)
      .executeTakeFirstOrThrow()
    if (many <= mostSamples) return
    await sql`delete from sample where n in (select n from (select n, row_number() over (order by n) as place
      from sample where "migrationId" = ${migrationId}) where place % 2 = 0)`.execute(tx)
  })
}

/** All samples of a migration that are kept, oldest first. */
export async function samplesOf(db: LedgerDb, migrationId: string): Promise<Sample[]> {
  const rows = await db
    .selectFrom('sample')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .orderBy('n')
    .execute()
  return rows.map(({ at, activity, sent, checked, requests, share, heldJson }) => ({
    at,
    activity,
    sent,
    checked,
    requests,
    share,
    held: JSON.parse(heldJson) as PauseReason[],
  }))
}
