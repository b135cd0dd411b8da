import type { Kind } from '../../shared/plan.ts'
import { kinds } from '../../shared/plan.ts'
import { siteIdOf } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { entityTypes } from '../report/id-mappings.ts'

const userPrefix = 'jira.userkey/'
const kindOf = new Map<string, Kind>(
  kinds.flatMap((kind) => (entityTypes[kind] ? [[entityTypes[kind], kind] as const] : [])),
)

/** Whether the app migration platform has this namespace and this migration can answer it. */
export const knownNamespace = (namespace: string): boolean => kindOf.has(namespace)

/**
 * What the site has for an item of the source, in the namespaces of the app migration platform; a user's id
 * begins with `jira.userkey/`. null = it is not on the site, or the namespace is not known.
 */
export async function mappingOf(
  db: LedgerDb,
  migrationId: string,
  namespace: string,
  serverId: string,
): Promise<string | null> {
  const kind = kindOf.get(namespace)
  if (!kind) return null
  if (kind !== 'user') return siteIdOf(db, migrationId, kind, serverId)
  if (!serverId.startsWith(userPrefix)) return null
  return siteIdOf(db, migrationId, kind, serverId.slice(userPrefix.length))
}

/**
 * A page of a namespace, by the ledger's own order.
 * @param last what an earlier page named as its last entity, '' = from the start
 */
export async function mappingPage(
  db: LedgerDb,
  migrationId: string,
  namespace: string,
  last: string,
  size: number,
): Promise<{
  items: Record<string, string>
  meta: { hasNext: boolean; lastEntity: string; pageSize: number }
}> {
  const kind = kindOf.get(namespace)
  const after = Number(last) || 0
  const rows = kind
    ? await db
        .selectFrom('item')
        .select(['seq', 'sourceId', 'siteId'])
        .where('migrationId', '=', migrationId)
        .where('kind', '=', kind)
        .where('siteId', 'is not', null)
        .where('siteId', '!=', '')
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(size + 1)
        .execute()
    : []
  const page = rows.slice(0, size)
  const prefix = kind === 'user' ? userPrefix : ''
  return {
    items: Object.fromEntries(
      page.map(({ sourceId, siteId }) => [prefix + sourceId, siteId ?? '']),
    ),
    meta: {
      hasNext: rows.length > size,
      lastEntity: String(page.at(-1)?.seq ?? after),
      pageSize: page.length,
    },
  }
}
