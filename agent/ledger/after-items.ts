import type { PlannedKind } from '../../shared/plan.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'

/** What the items of an issue are at the source, by "kind siteId": "comment 10020" to "12345". */
export async function sourceIds(
  db: LedgerDb,
  migrationId: string,
  issueKey: string,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('item')
    .select(['kind', 'siteId', 'sourceId'])
    .where('migrationId', '=', migrationId)
    .where('issueKey', '=', issueKey)
    .where('siteId', 'is not', null)
    .execute()
  return new Map(rows.map(({ kind, siteId, sourceId }) => [`${kind} ${siteId}`, sourceId]))
}

/** Whether an item was not to be on the site, as announced, or could not be looked for there. */
export const isOut = (item: Pick<ItemRow, 'state' | 'verdict'>): boolean =>
  item.state === 'leftOut' || item.verdict === 'leftOut'

/** The items of some kinds that belong to these issues. */
export function itemsOfIssues(
  db: LedgerDb,
  migrationId: string,
  issueKeys: readonly string[],
  kinds: readonly PlannedKind[],
): Promise<ItemRow[]> {
  return db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('issueKey', 'in', issueKeys)
    .where('kind', 'in', kinds)
    .orderBy('seq')
    .execute()
}

/**
 * How many items of each kind were to be in a project: what was left out was not. Where another program made one of
 * what were two at the source (names that differ in their case), the ledger has both under one id: they count once.
 */
export async function projectCounts(
  db: LedgerDb,
  migrationId: string,
  projectKey: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('tally')
    .select(['kind', (eb) => eb.fn.sum<number>('n').as('n')])
    .where('migrationId', '=', migrationId)
    .where('projectKey', '=', projectKey)
    .where('state', '!=', 'leftOut')
    .where('verdict', '!=', 'leftOut')
    .groupBy('kind')
    .execute()
  const merged = await db
    .selectFrom('item')
    .select(['kind', (eb) => eb.fn.countAll<number>().as('n')])
    .select((eb) => eb.fn.count<number>('siteId').distinct().as('there'))
    .where('migrationId', '=', migrationId)
    .where('projectKey', '=', projectKey)
    .where('kind', 'in', ['component', 'version'])
    .where('siteId', 'is not', null)
    .groupBy('kind')
    .execute()
  const twins = new Map<string, number>(merged.map(({ kind, n, there }) => [kind, n - there]))
  return new Map(rows.map(({ kind, n }) => [kind, Number(n) - (twins.get(kind) ?? 0)]))
}
