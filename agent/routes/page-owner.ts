import { knows } from '../ledger/findings.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { AppDeps } from './deps.ts'

/**
 * The migrations in use that went to this very site, newest first. Sites are told apart by their origin
 * alone: a rehearsal on the practice site says nothing about a real one, so its verdicts are shown elsewhere
 * only under the names that the agent was given for it.
 */
export async function migrationsOn(deps: AppDeps, site: string): Promise<MigrationRow[]> {
  const asked = originOf(site)
  const alias = (deps.practiceAliases ?? []).some((one) => originOf(one) === asked)
  const rows = await deps.ledger.db
    .selectFrom('migration')
    .selectAll()
    .where('archived', '=', 0)
    .where('siteUrl', 'is not', null)
    .orderBy('createdAt', 'desc')
    .orderBy('changed', 'desc')
    .execute()
  return rows.filter((row) => {
    const practice = (JSON.parse(row.siteJson) as { kind: string }).kind === 'practice'
    return originOf(row.siteUrl ?? '') === asked || (practice && alias)
  })
}

/** The newest migration in use that went to this site and has the thing asked for. */
export async function ownerOf(
  deps: AppDeps,
  site: string,
  what: { issueKey: string } | { projectKey: string },
): Promise<MigrationRow | null> {
  for (const row of await migrationsOn(deps, site))
    if (await knows(deps.ledger.db, row.id, what)) return row
  return null
}

/** 127.0.0.1 and localhost are the same site: the practice site prints the one, people type the other. */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  return new URL(url).origin.replace('//localhost', '//127.0.0.1')
}
