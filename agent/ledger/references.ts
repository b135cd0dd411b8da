import { siteIdOf } from './items.ts'
import type { LedgerDb } from './open.ts'
import type { Need } from './roots.ts'

/** What a promise may name by the source's id. */
const words = {
  filter: 'filter',
  customField: 'field',
  project: 'project',
  board: 'board',
  sprint: 'sprint',
  version: 'version',
  component: 'component',
} as const
const reference = new RegExp(`\\{\\{(${Object.keys(words).join('|')}):([^}]+)\\}\\}`, 'g')

interface Missing {
  missing: string
  needs: Need
}

/**
 * A promised JQL with the site's ids in it: {{filter:10010}} and cf[{{customField:10001}}] stand for what
 * these items of the source became.
 * @returns the item that has no id on the site where one is missing, in words and as it is found.
 */
export async function resolveJql(
  db: LedgerDb,
  migrationId: string,
  jql: string,
): Promise<{ jql: string } | Missing> {
  let resolved = jql
  for (const [whole, kind, sourceId] of jql.matchAll(reference)) {
    const what = kind as keyof typeof words
    const siteId = await siteIdOf(db, migrationId, what, sourceId ?? '')
    if (!siteId)
      return {
        missing: `the ${words[what]} ${sourceId}`,
        needs: { kind: what, sourceId: sourceId ?? '' },
      }
    resolved = resolved.replace(whole, siteId.replace(/^customfield_/, ''))
  }
  return { jql: resolved }
}

/** The settings of a gadget in the same way, each a text that may name items of the source. */
export async function resolveSettings(
  db: LedgerDb,
  migrationId: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ settings: Record<string, string> } | Missing> {
  const resolved: Record<string, string> = {}
  for (const [name, text] of Object.entries(settings)) {
    const found = await resolveJql(db, migrationId, text)
    if ('missing' in found) return found
    resolved[name] = found.jql
  }
  return { settings: resolved }
}
