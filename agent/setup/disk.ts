import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type DiskPart, diskParts } from '../../shared/api-deeds.ts'
import { sourceOf } from '../ledger/drafts.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { ownMappings } from './mappings-upload.ts'
import { plannedPath, type SetupParts, snapshotPath } from './parts.ts'
import { plannedFiles } from './planned-items.ts'
import { forgetAbandoned, uploadFolder } from './upload.ts'

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
  return ownUpload(db, uploads, id, path)
}

/** The folder of an upload that no other migration reads from; nothing for a path that was typed. */
async function ownUpload(
  db: LedgerDb,
  uploads: string,
  id: string,
  path: string,
): Promise<string[]> {
  const folder = uploadFolder(uploads, path)
  if (folder === null) return []
  const others = await db.selectFrom('migration').selectAll().where('id', '!=', id).execute()
  return others.some((one) => sourceOf(one).path === path) ? [] : [folder]
}

/** Another source took the place of this one: an upload that nobody reads from any more goes. */
export async function forgetSource(
  { ledger: { db }, folder }: SetupParts,
  id: string,
  path: string,
): Promise<void> {
  for (const own of await ownUpload(db, join(folder.root, 'uploads'), id, path))
    rmSync(own, { recursive: true, force: true })
}

/** Uploads that were left behind: see forgetAbandoned. */
export async function forgetUploads({ ledger: { db }, folder, now }: SetupParts): Promise<void> {
  const sources = await db.selectFrom('migration').selectAll().execute()
  const mappings = await db.selectFrom('verification').select('mappingsPath').execute()
  const used = [
    ...sources.map((row) => sourceOf(row).path),
    ...mappings.flatMap(({ mappingsPath }) => mappingsPath ?? []),
  ]
  forgetAbandoned(join(folder.root, 'uploads'), used, now())
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
