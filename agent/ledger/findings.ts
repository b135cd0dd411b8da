import { sql } from 'kysely'
import type { PlannedKind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import type { LedgerDb } from './open.ts'
import { standingRoot } from './roots.ts'

export interface Cause {
  /** A means where that failed, and took down what needs it. */
  kind: PlannedKind
  verdict: Exclude<Verdict, 'verified'>
  reasonCode: string | null
  /** The reason of one of the items; those of a cause differ at most in the names they mention. */
  text: string | null
  /** How many different reasons they have in words. */
  texts: number
  hint: string | null
  /** 1 when trying at least one of them again can help. */
  again: number
  /** Names of the fields that differ, in alphabetical order, by ", "; null when it is not about fields. */
  fields: string | null
  /** How many items of the source have it themselves: none, where it is a means. */
  items: number
  /** How many others failed because one of these is not there. */
  dependents: number
  /** The label of one of the items. */
  example: string
}

/** The names of the fields in which an item differs, as Cause.fields. */
export const differingFields = sql<string | null>`(select group_concat(field, ', ') from (
  select distinct json_extract(one.value, '$.field') as field
  from json_each(item.differencesJson) as one order by field
))`

/**
 * All that did not end verified, grouped by cause: the reason's code, or for what differs without a
 * reason the fields that differ. What failed because another is not there counts with that other, over
 * all kinds. Biggest first.
 */
export async function causesWithFields(db: LedgerDb, migrationId: string): Promise<Cause[]> {
  const { rows } = await sql<Cause>`
    with needing as (
      select rootSeq, count(*) as n from item
      where migrationId = ${migrationId} and counted = 1 and verdict = 'failed' and rootSeq is not null
      group by rootSeq
    )
    select kind, verdict, reasonCode, min(reasonText) as text, count(distinct reasonText) as texts, max(hint) as hint, max(again) as again,
      fields, sum(counted) as items, ifnull(sum(n), 0) as dependents, min(label) as example
    from (
      select kind, verdict, reasonCode, reasonText, hint, again, label, counted, needing.n,
        ${differingFields} as fields
      from item left join needing on needing.rootSeq = item.seq and item.verdict = 'failed'
      where migrationId = ${migrationId} and verdict in ('failed', 'different', 'leftOut')
        and (counted = 1 or needing.n is not null) and ${standingRoot} is null
    )
    group by kind, verdict, reasonCode, fields
    order by items + dependents desc, kind, verdict, reasonCode, fields`.execute(db)
  return rows
}

/**
 * Whether every issue is proven to have kept its key: none was refused for its key, none was read back
 * under another one, none that was sent is still to be read back or could not be, and none could not be
 * sent because its project could not be made.
 */
export async function keysPreserved(db: LedgerDb, migrationId: string): Promise<boolean> {
  const { rows } = await sql<{ seq: number }>`
    select seq from item
    where migrationId = ${migrationId} and kind = 'issue' and (
      reasonCode = 'key-mismatch'
      or (state = 'sent' and (verdict is null or verdict = 'failed'))
      or (state = 'failed' and reasonCode = 'needs-another')
      or exists (
        select 1 from json_each(item.differencesJson) as one
        where json_extract(one.value, '$.field') = 'key'
      )
    )
    limit 1`.execute(db)
  return rows.length === 0
}

/** The project items of a migration, a few columns each. */
export function projectItems(db: LedgerDb, migrationId: string, projectKey?: string) {
  let query = db
    .selectFrom('item')
    .select(['projectKey', 'label', 'state', 'promiseJson'])
    .where('migrationId', '=', migrationId)
    .where('kind', '=', 'project')
    .where('projectKey', 'is not', null)
  if (projectKey !== undefined) query = query.where('projectKey', '=', projectKey)
  return query.orderBy('seq').execute()
}

/** Whether the migration has anything of this issue, or of this project. */
export async function knows(
  db: LedgerDb,
  migrationId: string,
  what: { issueKey: string } | { projectKey: string },
): Promise<boolean> {
  if ('issueKey' in what) {
    const item = await db
      .selectFrom('item')
      .select('seq')
      .where('migrationId', '=', migrationId)
      .where('issueKey', '=', what.issueKey)
      .limit(1)
      .executeTakeFirst()
    return item !== undefined
  }
  const row = await db
    .selectFrom('tally')
    .select('kind')
    .where('migrationId', '=', migrationId)
    .where('projectKey', '=', what.projectKey)
    .where('n', '>', 0)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
