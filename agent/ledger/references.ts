import { siteIdOf } from './items.ts'
import type { LedgerDb } from './open.ts'

const reference = /\{\{(filter|customField):([^}]+)\}\}/g

/**
 * A promised JQL with the site's ids in it: {{filter:10010}} and cf[{{customField:10001}}] stand for what
 * these items of the source became.
 * @returns the item that has no id on the site where one is missing.
 */
export async function resolveJql(
  db: LedgerDb,
  migrationId: string,
  jql: string,
): Promise<{ jql: string } | { missing: string }> {
  let resolved = jql
  for (const [whole, kind, sourceId] of jql.matchAll(reference)) {
    const what = kind === 'filter' ? 'filter' : 'customField'
    const siteId = await siteIdOf(db, migrationId, what, sourceId ?? '')
    if (!siteId) return { missing: `the ${kind === 'filter' ? 'filter' : 'field'} ${sourceId}` }
    resolved = resolved.replace(whole, siteId.replace(/^customfield_/, ''))
  }
  return { jql: resolved }
}
