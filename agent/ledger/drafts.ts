import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { Problem } from '../../shared/problem.ts'
import {
  CollisionOptions,
  type Collisions,
  type MissingPart,
  type Scope,
  ScopeOptions,
} from '../../shared/setup.ts'
import { getMigration, type MigrationRow, type NewMigration } from './migrations.ts'
import { type LedgerDb, tick } from './open.ts'
import { verificationOf } from './verification.ts'

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

/** Whether what was read of a source is of no use for this one. */
const readsAnew = (was: NewMigration['source'], is: NewMigration['source']): boolean =>
  was.kind !== is.kind || was.path !== is.path || was.timeZone !== is.timeZone

/**
 * Names what a setup says, so that nobody writes over words they never saw: the same for the same words. At
 * which step it was left, and what its runs did, is no part of it.
 */
export async function revisionOf(db: LedgerDb, row: MigrationRow): Promise<string> {
  const mappings = row.mode === 'verify' ? (await verificationOf(db, row.id)).mappingsPath : null
  const said = [row.name, row.purpose, sourceOf(row), siteOf(row), scopeOf(row), collisionsOf(row)]
  return createHash('sha256')
    .update(JSON.stringify([...said, mappings]))
    .digest('hex')
    .slice(0, 16)
}

/** A Problem setup-changed where somebody else wrote it since. @param revision what the writer saw; null: not said */
export async function mustBeAt(
  db: LedgerDb,
  row: MigrationRow,
  revision: string | null,
): Promise<void> {
  if (revision === null || (await revisionOf(db, row)) === revision) return
  throw new Problem('setup-changed', 'This setup was changed in another window since.', {
    hint: 'Look at what stands there now, and choose which of the two is kept.',
  })
}

/**
 * Writes a setup over the one that is there. A changed source is read anew; any other change lets the next
 * run plan anew from the snapshot, unless something was sent: then the plan stays what it was. The row is
 * looked at in the same transaction: a reading, or a run, may have gone on since it was asked for.
 */
export const changeSetup = (
  db: LedgerDb,
  id: string,
  to: Omit<NewMigration, 'id'>,
  revision: string | null,
): Promise<{ sourceChanged: boolean }> =>
  db.transaction().execute(async (tx) => {
    const row = await getMigration(tx, id)
    if (row.status === 'running') throw runsNow()
    await mustBeAt(tx, row, revision)
    const sourceChanged = readsAnew(sourceOf(row), to.source)
    const sent = await hasSent(tx, id)
    const stage = sourceChanged || row.stage === 'new' ? 'new' : 'read'
    const first = row.status === 'saved'
    await tx
      .updateTable('migration')
      .set({
        name: to.name,
        sourceJson: JSON.stringify(to.source),
        siteJson: JSON.stringify(to.site),
        scopeJson: JSON.stringify(to.scope),
        collisionsJson: JSON.stringify(to.collisions ?? {}),
        purpose: to.purpose ?? 'production',
        mode: to.mode,
        step: to.step ?? null,
        ...(sent ? {} : { stage }),
        ...(first ? { sentence: to.step ? 'A draft.' : 'Saved and ready to run.' } : {}),
        ...(sourceChanged ? { sourceVersion: null } : {}),
        siteUrl: to.site.kind === 'cloud' ? to.site.url || null : sent ? row.siteUrl : null,
        changedAt: to.at,
        changed: await tick(tx),
      })
      .where('id', '=', id)
      .execute()
    return { sourceChanged }
  })

export const runsNow = () =>
  new Problem('not-now', 'A running migration cannot be edited.', {
    hint: 'Wait for its end, or stop it first.',
  })

/** The source was read into its snapshot; nothing is written where another source was chosen meanwhile. */
export const markRead = (
  db: LedgerDb,
  was: MigrationRow,
  at: number,
  sourceVersion: string | null,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    if (readsAnew(sourceOf(was), sourceOf(await getMigration(tx, was.id)))) return
    const kept = await hasSent(tx, was.id)
    await tx
      .updateTable('migration')
      .set({
        ...(kept ? {} : { stage: 'read' as const }),
        ...{ sourceVersion, changedAt: at, changed: await tick(tx) },
      })
      .where('id', '=', was.id)
      .execute()
  })
