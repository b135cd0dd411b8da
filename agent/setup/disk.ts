import { readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { type DiskPart, diskParts } from '../../shared/api-deeds.ts'
import { sourceOf } from '../ledger/drafts.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { ownMappings } from './mappings-upload.ts'
import { plannedPath, type SetupParts, snapshotPath } from './parts.ts'
import { plannedFiles } from './planned-items.ts'

/** What SQLite keeps beside a database, and what an unfinished reading leaves. */
const endings = ['', '-wal', '-shm', '-journal'].flatMap((ending) => [ending, `.part${ending}`])

/** The files and folders of one migration on the agent's disk, by what they are. */
async function placesOf(parts: SetupParts, id: string): Promise<Record<DiskPart, string[]>> {
  const { folder } = parts
  return {
    snapshot: [
      ...endings.map((ending) => `${snapshotPath(parts, id)}${ending}`),
      ...plannedFiles(plannedPath(parts, id)),
    ],
    reports: [folder.report(id)],
    apps: [folder.appFiles(id)],
    upload: await uploadOf(parts, id),
  }
}

/** An uploaded backup, and uploaded id mappings, go with the last migration that uses them. */
async function uploadOf({ ledger, folder }: SetupParts, id: string): Promise<string[]> {
  const { db } = ledger
  const uploads = join(folder.root, 'uploads')
  const verification = await db
    .selectFrom('verification')
    .select('mappingsPath')
    .where('migrationId', '=', id)
    .executeTakeFirst()
  const mappings = await ownMappings(db, uploads, id, verification?.mappingsPath ?? null)
  return [...(await backupOf(db, uploads, id)), ...(mappings === null ? [] : [mappings])]
}

async function backupOf(db: LedgerDb, uploads: string, id: string): Promise<string[]> {
  const { path } = sourceOf(await getMigration(db, id))
  if (!path.startsWith(`${uploads}${sep}`)) return []
  const others = await db.selectFrom('migration').selectAll().where('id', '!=', id).execute()
  return others.some((one) => sourceOf(one).path === path) ? [] : [dirname(path)]
}

/** How much goes off the disk with a migration; what is not there is not told. */
export async function onDisk(
  parts: SetupParts,
  id: string,
): Promise<{ part: DiskPart; bytes: number }[]> {
  const places = await placesOf(parts, id)
  return diskParts.flatMap((part) => {
    const bytes = places[part].reduce((sum, path) => sum + sizeOf(path), 0)
    return bytes ? [{ part, bytes }] : []
  })
}

/** Takes all of it off the disk. */
export async function forgetOnDisk(parts: SetupParts, id: string): Promise<void> {
  for (const paths of Object.values(await placesOf(parts, id)))
    for (const path of paths) rmSync(path, { recursive: true, force: true })
}

/** Bytes of a file, or of all files of a folder; 0 for what is not there, or goes while one looks. */
function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isDirectory()) return stat?.size ?? 0
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (sum, entry) =>
        sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
}
