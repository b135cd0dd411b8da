import type { PageJqlView } from '../../shared/api-pages.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LineParts } from '../line.ts'
import { migratedNames, type SiteNames } from '../query/migrated.ts'
import { withConnection } from '../setup/site.ts'

/** The site's names change seldom, and a person who types JQL asks with each pause. */
const goodForMs = 60_000

/** Looks for names with "(migrated)" in JQL, against what the site has. patience: ends the asking of the site. */
export function createNames(parts: LineParts, patience: () => AbortSignal) {
  const known = new Map<string, { at: number; names: Promise<SiteNames> }>()

  function namesOf(row: MigrationRow): Promise<SiteNames> {
    const had = known.get(row.id)
    if (had && parts.now() - had.at < goodForMs) return had.names
    const names = ask(parts, row, patience())
    known.set(row.id, { at: parts.now(), names })
    // A failure is not remembered.
    names.catch(() => known.delete(row.id))
    return names
  }

  return async (row: MigrationRow, jql: string): Promise<PageJqlView> => {
    const migration = { id: row.id, name: row.name }
    if (!/\(migrated|cf\[/i.test(jql)) return { migration, names: [], rewritten: null }
    return { migration, ...migratedNames(jql, await namesOf(row)) }
  }
}

async function ask(parts: LineParts, row: MigrationRow, signal: AbortSignal): Promise<SiteNames> {
  const access = await parts.site(row, null)
  return withConnection(access, signal, async ({ read }) => {
    const [fields, types, statuses, priorities, resolutions] = await Promise.all([
      read.customFields(),
      read.issueTypes(),
      read.statuses(),
      read.priorities(),
      read.resolutions(),
    ])
    const named = (all: readonly { name: string }[]) => all.map(({ name }) => name)
    return {
      fields: fields.map(({ id, name }) => ({ id, name })),
      values: {
        issuetype: named(types),
        status: named(statuses),
        priority: named(priorities),
        resolution: named(resolutions),
      },
    }
  })
}
