import * as v from 'valibot'
import {
  CollisionOptions,
  type Collisions,
  type MissingPart,
  type Scope,
  ScopeOptions,
} from '../../shared/setup.ts'
import { changeMigration, type MigrationRow, type NewMigration } from './migrations.ts'
import type { LedgerDb } from './open.ts'

export const sourceOf = (row: MigrationRow) => JSON.parse(row.sourceJson) as NewMigration['source']
export const siteOf = (row: MigrationRow) => JSON.parse(row.siteJson) as NewMigration['site']

/** What of the source moves; what was never said is the default: all of it. */
export const scopeOf = (row: MigrationRow): Scope =>
  v.parse(ScopeOptions, JSON.parse(row.scopeJson))

/** Whether somebody said more of the scope than which projects move. */
export const saysScope = (row: MigrationRow): boolean =>
  Object.keys(JSON.parse(row.scopeJson)).some((part) => part !== 'projects')

/** What becomes of names that meet on the site; what was never said is used again. */
export const collisionsOf = (row: MigrationRow): Collisions =>
  v.parse(CollisionOptions, JSON.parse(row.collisionsJson))

/** What a migration still lacks to be run, in the stepper's order. */
export async function missingOf(db: LedgerDb, row: MigrationRow): Promise<MissingPart[]> {
  return lacks(row, await secretsOf(db, [row.id]))
}

/** The same, where it is known which secrets lie in the vault. */
export function lacks(row: MigrationRow, secrets: ReadonlySet<string>): MissingPart[] {
  const missing: MissingPart[] = []
  const source = sourceOf(row)
  if (!source.path) missing.push('source')
  else if (source.kind === 'datacenter' && !secrets.has(sourceSecret(row.id)))
    missing.push('sourceToken')
  const site = siteOf(row)
  if (site.kind === 'practice') return missing
  if (!site.url) missing.push('site')
  else if (!secrets.has(tokenName(row.id))) missing.push('token')
  return missing
}

/** The names of the secrets of sources and sites that the vault holds for these migrations. */
export async function secretsOf(db: LedgerDb, ids: readonly string[]): Promise<Set<string>> {
  const names = ids.flatMap((id) => [tokenName(id), sourceSecret(id)])
  const rows = await db.selectFrom('secret').select('name').where('name', 'in', names).execute()
  return new Set(rows.map(({ name }) => name))
}

export const tokenName = (id: string): string => `site:${id}`
/** Under which name the secret of a live source lies in the vault. */
export const sourceSecret = (id: string): string => `source:${id}`

const hasSecret = async (db: LedgerDb, name: string): Promise<boolean> =>
  Boolean(await db.selectFrom('secret').select('name').where('name', '=', name).executeTakeFirst())

export const hasToken = (db: LedgerDb, id: string) => hasSecret(db, tokenName(id))
export const hasSourceSecret = (db: LedgerDb, id: string) => hasSecret(db, sourceSecret(id))

/** Whether anything of it was sent, or may have been: from then on source, site and scope are settled. */
export async function hasSent(db: LedgerDb, id: string): Promise<boolean> {
  for (const state of ['sent', 'sending', 'unsure'] as const) {
    const found = await db
      .selectFrom('tally')
      .select('n')
      .where('migrationId', '=', id)
      .where('state', '=', state)
      .where('kind', '!=', 'user')
      .where('n', '>', 0)
      .limit(1)
      .executeTakeFirst()
    if (found) return true
  }
  return false
}

/**
 * Writes a setup over the one that is there. A changed source is read anew; any other change lets the next
 * run plan anew from the snapshot, unless something was sent: then the plan stays what it was.
 */
export async function changeSetup(
  db: LedgerDb,
  row: MigrationRow,
  to: Omit<NewMigration, 'id' | 'mode'>,
): Promise<{ sourceChanged: boolean }> {
  const sourceJson = JSON.stringify(to.source)
  const [was, is] = [sourceOf(row), to.source]
  const sourceChanged = was.kind !== is.kind || was.path !== is.path || was.timeZone !== is.timeZone
  const sent = await hasSent(db, row.id)
  const stage = sourceChanged || row.stage === 'new' ? 'new' : 'read'
  const first = row.status === 'saved'
  await changeMigration(db, row.id, to.at, {
    name: to.name,
    sourceJson,
    siteJson: JSON.stringify(to.site),
    scopeJson: JSON.stringify(to.scope),
    collisionsJson: JSON.stringify(to.collisions ?? {}),
    purpose: to.purpose ?? 'production',
    step: to.step ?? null,
    ...(sent ? {} : { stage }),
    ...(first ? { sentence: to.step ? 'A draft.' : 'Saved and ready to run.' } : {}),
    ...(sourceChanged ? { sourceVersion: null } : {}),
    siteUrl: to.site.kind === 'cloud' ? to.site.url || null : sent ? row.siteUrl : null,
  })
  return { sourceChanged }
}
