import { rmSync, statSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import type { MappingsFile } from '../../shared/api-mappings.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { mappingLines, problemsTold } from '../mappings-file.ts'
import { keepFile } from './upload.ts'

/** So many entity types are told by name; Jira's own exports have some forty. */
const typesTold = 50

/**
 * What stands in an id-mappings.csv on the agent's machine: how many rows are of use, and which lines cannot
 * be read. Throws a Problem where there is none, or another file.
 */
export async function lookAtMappings(path: string, signal?: AbortSignal): Promise<MappingsFile> {
  const unknown = new Map<string, number>()
  const problems: string[] = []
  const found = { rows: 0, used: 0, refused: 0, otherRows: 0 }
  for await (const row of mappingLines(path, signal)) {
    found.rows += 1
    if ('why' in row) {
      found.refused += 1
      if (problems.length < problemsTold) problems.push(`Line ${row.line}: ${row.why}`)
    } else if (row.kind !== null) found.used += 1
    else {
      found.otherRows += 1
      if (unknown.size < typesTold || unknown.has(row.type))
        unknown.set(row.type, (unknown.get(row.type) ?? 0) + 1)
    }
  }
  const { size } = statSync(path)
  const types = [...unknown].map(([type, rows]) => ({ type: type.slice(0, 200), rows }))
  return { path, name: basename(path), size, ...found, otherTypes: types, problems }
}

/** Keeps an uploaded id-mappings.csv in a new folder inside `folder`, unless it is another file. */
export async function keepMappings(
  folder: string,
  contentType: string,
  body: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<MappingsFile> {
  const path = await keepFile(folder, contentType, body, {
    tooLarge: 'The id mappings are larger than 200 MB.',
    hint: 'Put the file on the machine of the agent and give its path: it is read from where it lies.',
    unnamed: 'id-mappings.csv',
  })
  try {
    return await lookAtMappings(path, signal)
  } catch (error) {
    rmSync(dirname(path), { recursive: true, force: true })
    throw error
  }
}

/** The folder of an uploaded id-mappings.csv that no other migration uses; null for all else. */
export async function ownMappings(
  db: LedgerDb,
  uploads: string,
  id: string,
  path: string | null,
): Promise<string | null> {
  if (path === null || !path.startsWith(`${uploads}${sep}`)) return null
  const other = await db
    .selectFrom('verification')
    .select('migrationId')
    .where('mappingsPath', '=', path)
    .where('migrationId', '!=', id)
    .executeTakeFirst()
  // A path that was typed may lie deeper or beside: only the folder that an upload made goes.
  return other || dirname(dirname(path)) !== join(uploads) ? null : dirname(path)
}

/** Takes the upload of a migration off the disk after another file, or none, has taken its place. */
export async function forgetMappingsFile(
  db: LedgerDb,
  uploads: string,
  id: string,
  path: string,
): Promise<void> {
  const folder = await ownMappings(db, uploads, id, path)
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
}
