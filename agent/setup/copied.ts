import { copyFileSync, existsSync, linkSync, renameSync } from 'node:fs'
import { changeMigration, getMigration } from '../ledger/migrations.ts'
import { type SetupParts, snapshotMark, snapshotPath } from './parts.ts'

/**
 * Gives a copy of a migration the snapshot of the original, so that a rehearsal and the real run are made from
 * the same content and the source is read once. A finished snapshot is never written to again: both can share
 * one file, and deleting either leaves the other. Where the original has none that can be used, nothing happens.
 */
export async function copySnapshot(parts: SetupParts, from: string, to: string): Promise<void> {
  const { db } = parts.ledger
  const original = await getMigration(db, from)
  if (snapshotMark(parts, original) === null) return
  const [path, own] = [snapshotPath(parts, from), snapshotPath(parts, to)]
  try {
    linkSync(path, own)
  } catch (error) {
    if (!existsSync(path)) throw error
    // Some file systems have no hard links. Half a copy must not look like a whole one.
    copyFileSync(path, `${own}.part`)
    renameSync(`${own}.part`, own)
  }
  const { sourceVersion } = original
  await changeMigration(db, to, parts.now(), { stage: 'read', sourceVersion })
}
