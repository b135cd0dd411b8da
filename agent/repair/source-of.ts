import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SiteReading } from '../cloud/reading.ts'
import { promiseOf } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { LineParts } from '../line.ts'
import { openLookup } from '../snapshot/lookup.ts'

/** The address of the server that a migration's source was; null where its snapshot is not here, or says none. */
export function oldServerOf(parts: Pick<LineParts, 'folder'>, id: string): string | null {
  const path = join(parts.folder.snapshots, `${id}.sqlite`)
  if (!existsSync(path)) return null
  const lookup = openLookup(path)
  try {
    return lookup.info().baseUrl
  } finally {
    lookup.close()
  }
}

/**
 * The account that a person of the source has on the site by now: as the ledger knows it, or the only account
 * of that very name; null where none or several of either side are so called.
 */
export async function accountByName(
  db: LedgerDb,
  id: string,
  read: SiteReading,
  name: string,
): Promise<string | null> {
  const people = await db
    .selectFrom('item')
    .select(['siteId', 'promiseJson'])
    .where('migrationId', '=', id)
    .where('kind', '=', 'user')
    .where('label', '=', name)
    .limit(2)
    .execute()
  const [person] = people
  if (!person || people.length > 1) return null
  const known = person.siteId ?? promiseOf(person, 'user')?.accountId
  if (known) return known
  const found = (await read.findAccounts(name)).filter((one) => one.displayName === name)
  return found.length === 1 ? (found[0]?.accountId ?? null) : null
}

/** The items of these issues whose texts may hold a link to the old server, or a person's name as text. */
export async function itemsWithLinks(
  db: LedgerDb,
  id: string,
  server: string | null,
  issueKeys: readonly string[],
  most: number,
): Promise<number[]> {
  const host = server !== null && URL.canParse(server) ? new URL(server).host : null
  const rows = await db
    .selectFrom('item')
    .select('seq')
    .where('migrationId', '=', id)
    .where('issueKey', 'in', [...issueKeys])
    .where('kind', 'in', ['issue', 'comment', 'worklog'])
    .where('counted', '=', 1)
    .where('verdict', 'in', ['verified', 'different'])
    .where((is) =>
      is.or([
        ...(host === null ? [] : [is('promiseJson', 'like', `%${host.replace(/[%_]/g, '')}%`)]),
        is('promiseJson', 'like', '%"/secure/%'),
        is('lossesJson', 'like', '%"mention-as-text"%'),
      ]),
    )
    .orderBy('seq')
    .limit(most)
    .execute()
  return rows.map((row) => row.seq)
}
