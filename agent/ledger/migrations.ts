import type { Selectable, Updateable } from 'kysely'
import { Problem } from '../../shared/problem.ts'
import type { Collisions, Purpose, Scope, SetupStep } from '../../shared/setup.ts'
import { type MigrationMove, migrationTable, type PauseReason } from '../../shared/status.ts'
import { type LedgerDb, tick } from './open.ts'
import type { MigrationTable } from './schema.ts'
import { afterNames } from './schema-after.ts'
import { verifyNames } from './schema-verify.ts'

export type MigrationRow = Selectable<MigrationTable>

/**
 * Where it is read from: a file, or the address of a live Data Center. user: whose password the stored secret
 * is; null = it is a personal access token. The secret itself is not in here: see secrets.
 */
export type SourceRow =
  | { kind: 'backup'; path: string; attachments: string | null; timeZone: string | null }
  | { kind: 'datacenter'; path: string; user: string | null; attachments: null; timeZone: null }

/**
 * What a migration is made from. The site's token is not in here: see secrets. In a draft an empty path
 * or address stands for what nobody has said yet.
 */
export interface NewMigration {
  id: string
  name: string
  source: SourceRow
  site: { kind: 'practice' } | { kind: 'cloud'; url: string; email: string }
  scope: { projects: string[] | null } & Partial<Scope>
  /** Absent: what the site has is used. */
  collisions?: Partial<Collisions>
  purpose?: Purpose
  step?: SetupStep | null
  mode: 'move' | 'verify'
  at: number
}

export async function addMigration(db: LedgerDb, input: NewMigration): Promise<MigrationRow> {
  return db.transaction().execute(async (tx) =>
    tx
      .insertInto('migration')
      .values({
        id: input.id,
        name: input.name,
        status: 'saved',
        activity: 'idle',
        stage: 'new',
        pausedByJson: '[]',
        reason: null,
        problemJson: null,
        archived: 0,
        sourceJson: JSON.stringify(input.source),
        siteJson: JSON.stringify(input.site),
        scopeJson: JSON.stringify(input.scope),
        collisionsJson: JSON.stringify(input.collisions ?? {}),
        purpose: input.purpose ?? 'production',
        step: input.step ?? null,
        mode: input.mode,
        sourceVersion: null,
        siteUrl: (input.site.kind === 'cloud' && input.site.url) || null,
        sentence: input.step ? 'A draft.' : 'Saved and ready to run.',
        runs: 0,
        requests: 0,
        workedMs: 0,
        createdAt: input.at,
        startedAt: null,
        finishedAt: null,
        changedAt: input.at,
        changed: await tick(tx),
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}

export async function getMigration(db: LedgerDb, id: string): Promise<MigrationRow> {
  const row = await db.selectFrom('migration').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row)
    throw new Problem('not-found', 'There is no such migration.', {
      hint: 'It may have been deleted; look at the list again.',
    })
  return row
}

/**
 * Those that changed after the cursor, oldest change first, with the cursor to ask with next.
 * @param limit at most so many; `more` tells that others follow, and the cursor is that of the last one given
 */
export async function migrationsSince(
  db: LedgerDb,
  since: number,
  limit = Number.MAX_SAFE_INTEGER,
) {
  const { now } = await db.selectFrom('clock').select('now').executeTakeFirstOrThrow()
  // A cursor from another ledger (a new folder on the same address) is ahead of ours: start over.
  const from = since > now ? 0 : since
  const rows = await db
    .selectFrom('migration')
    .selectAll()
    .where('changed', '>', from)
    .orderBy('changed')
    .limit(limit)
    .execute()
  // A full page that ends at the clock is the last one as well: its cursor is the same.
  const last = rows.length === limit ? rows.at(-1) : undefined
  const more = last !== undefined && last.changed < now
  const cursor = more ? last.changed : now
  const gone = await db
    .selectFrom('deleted')
    .select('id')
    .where('changed', '>', from)
    .where('changed', '<=', cursor)
    .execute()
  return { cursor, rows, deleted: gone.map((row) => row.id), more }
}

/** Changes columns of a migration and marks the change for cursors. */
export async function changeMigration(
  db: LedgerDb,
  id: string,
  at: number,
  set: Updateable<Omit<MigrationTable, 'id' | 'changed' | 'changedAt' | 'status'>>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const changed = await tick(tx)
    await tx
      .updateTable('migration')
      .set({ ...set, changedAt: at, changed })
      .where('id', '=', id)
      .execute()
  })
}

/** Puts many into the archive, or takes them out, at once; each is marked as changed for cursors. */
export async function archiveMigrations(
  db: LedgerDb,
  ids: readonly string[],
  archived: 0 | 1,
  at: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const id of ids)
      await tx
        .updateTable('migration')
        .set({ archived, changedAt: at, changed: await tick(tx) })
        .where('id', '=', id)
        .execute()
  })
}

/** Moves the status by the table of shared/status; a move that makes no sense is a Problem, not a change. */
export async function moveMigration(
  db: LedgerDb,
  id: string,
  move: MigrationMove,
  at: number,
  set: Updateable<Omit<MigrationTable, 'id' | 'changed' | 'changedAt' | 'status'>> = {},
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('migration')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const status = migrationTable[row.status][move]
    if (status === null)
      throw new Problem('not-now', `A migration that is ${row.status} cannot ${moveWords[move]}.`, {
        hint: 'Look at the list again; something else may have changed it.',
      })
    const changed = await tick(tx)
    await tx
      .updateTable('migration')
      .set({ ...set, status, changedAt: at, changed })
      .where('id', '=', id)
      .execute()
  })
}

const moveWords: Record<MigrationMove, string> = {
  run: 'be run',
  finish: 'finish',
  finishIncomplete: 'end incomplete',
  fail: 'fail',
  mend: 'become finished',
  reopen: 'become incomplete again',
}

/** Takes a migration and all that is known of its runs out of the ledger; the site is not touched. */
export async function deleteMigration(db: LedgerDb, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const changed = await tick(tx)
    await tx.deleteFrom('item').where('migrationId', '=', id).execute()
    await tx.deleteFrom('tally').where('migrationId', '=', id).execute()
    await tx.deleteFrom('batch').where('migrationId', '=', id).execute()
    await tx.deleteFrom('person').where('migrationId', '=', id).execute()
    await tx.deleteFrom('event').where('migrationId', '=', id).execute()
    for (const table of [
      'sample',
      'check',
      'offender',
      'acceptance',
      'forecast',
      'mapping',
      'app',
      'appEvent',
      'appCheckpoint',
      'appRecord',
      ...verifyNames,
      'repair',
      'fileHash',
      ...afterNames,
    ] as const)
      await tx.deleteFrom(table).where('migrationId', '=', id).execute()
    await tx.deleteFrom('secret').where('name', 'like', `app:${id}:%`).execute()
    await tx
      .deleteFrom('secret')
      .where('name', 'in', [`site:${id}`, `source:${id}`])
      .execute()
    await tx.deleteFrom('migration').where('id', '=', id).execute()
    await tx.insertInto('deleted').values({ id, changed }).execute()
  })
}

/** The reasons for a pause as they stand in the row. */
export const pausedBy = (row: MigrationRow): PauseReason[] => JSON.parse(row.pausedByJson)
