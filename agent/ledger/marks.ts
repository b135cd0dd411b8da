import { sql } from 'kysely'
import type { LedgerDb } from './open.ts'

export interface Mark {
  issueKey: string
  /** 1 = at least one of them failed. */
  failed: number
  /** How many parts of the issue, itself among them, differ or failed. */
  n: number
}

/**
 * Which of these issues need a look, in one question for a whole screen. migrations: ids, newest first; of
 * each issue the first of them that knows it answers.
 */
export async function marksOf(
  db: LedgerDb,
  migrations: readonly string[],
  issueKeys: readonly string[],
): Promise<Mark[]> {
  const { rows } = await sql<Mark>`
    with asked as (select distinct value as issueKey from json_each(${JSON.stringify(issueKeys)})),
    here as (select value as id, key as place from json_each(${JSON.stringify(migrations)})),
    owner as (
      select issueKey, (
        select here.id from here
        where exists (
          select 1 from item where item.migrationId = here.id and item.issueKey = asked.issueKey
        )
        order by here.place limit 1
      ) as migrationId
      from asked
    )
    select owner.issueKey as issueKey, max(item.verdict = 'failed') as failed, count(*) as n
    from owner
    join item on item.migrationId = owner.migrationId and item.issueKey = owner.issueKey
    where item.counted = 1 and item.verdict in ('different', 'failed')
    group by owner.issueKey
    order by owner.issueKey`.execute(db)
  return rows
}

/** The item of a migration that became this thing of the site. */
export function itemOnSite(
  db: LedgerDb,
  migrationId: string,
  kind: 'board' | 'filter',
  siteId: string,
) {
  return db
    .selectFrom('item')
    .select(['sourceId', 'label'])
    .where('migrationId', '=', migrationId)
    .where('kind', '=', kind)
    .where('siteId', '=', siteId)
    .limit(1)
    .executeTakeFirst()
}
