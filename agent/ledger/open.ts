import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { Problem } from '../../shared/problem.ts'
import { type LedgerTables, ledgerVersions } from './schema.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'

export type LedgerDb = Kysely<LedgerTables>

export interface Ledger {
  db: LedgerDb
  /** Where it lies, for people. */
  path: string
  close(): Promise<void>
}

/**
 * Opens (or makes) the ledger and takes it for this process alone: a second agent on the same folder
 * gets a Problem, and a dead one leaves no lock behind (facts: the system frees it at once).
 */
export function openLedger(path: string): Ledger {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  try {
    // EXCLUSIVE keeps the lock from the first write on; without it two agents could write in turn.
    database.exec('pragma locking_mode = exclusive; pragma busy_timeout = 200')
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
    database.exec('begin exclusive; commit')
    upgrade(database)
  } catch (error) {
    database.close()
    if (/locked|busy/i.test(error instanceof Error ? error.message : ''))
      throw new Problem(
        'agent-folder-in-use',
        `Another Landfall agent already works in ${dirname(path)}.`,
        {
          hint: 'Stop that agent, or give this one a folder of its own.',
          cause: error,
        },
      )
    throw error
  }
  const db = new Kysely<LedgerTables>({ dialect: nodeSqliteDialect(database) })
  return {
    db,
    path,
    async close() {
      await db.destroy()
      // Where nothing was asked yet Kysely has not begun, and would leave the file locked.
      if (database.isOpen) database.close()
    },
  }
}

function upgrade(database: DatabaseSync): void {
  const row = database.prepare('pragma user_version').get() as { user_version: number }
  if (row.user_version > ledgerVersions.length)
    throw new Problem('usage', 'This ledger was written by a newer Landfall.', {
      hint: 'Use the newer version, or another folder.',
    })
  for (let version = row.user_version; version < ledgerVersions.length; version++)
    database.exec(`begin; ${ledgerVersions[version]}; pragma user_version = ${version + 1}; commit`)
}

/** The next number of the ledger's clock, in the same transaction as the change that it marks. */
export async function tick(db: LedgerDb): Promise<number> {
  const { now } = await db
    .updateTable('clock')
    .set((eb) => ({ now: eb('now', '+', 1) }))
    .returning('now')
    .executeTakeFirstOrThrow()
  return now
}
