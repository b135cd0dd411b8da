import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readSource } from '../../agent/read.ts'
import { openSnapshot } from '../../agent/snapshot/read.ts'
import type { SnapshotReader } from '../../shared/record.ts'

const backups = resolve(import.meta.dirname, '../../../shared/backups')

/** The real backups beside the repository that can be read at all; none where the folder is not there. */
export const realBackups = (): { name: string; path: string }[] =>
  existsSync(backups)
    ? globSync('**/*.{xml,zip}', { cwd: backups })
        // Not well-formed on purpose; the source's own tests say what becomes of it.
        .filter((name) => !/malformed|attachments\/HSP/.test(name))
        .sort()
        .map((name) => ({ name, path: join(backups, name) }))
    : []

/** Reads a backup into a snapshot in a folder of its own, for as long as the work with it takes. */
export async function withSnapshot<T>(
  path: string,
  work: (snapshot: SnapshotReader) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-plan-'))
  try {
    const snapshotPath = join(folder, 'snapshot.db')
    const { signal } = new AbortController()
    await readSource({ path, snapshotPath, timeZone: null, signal, onProgress: () => {} })
    const snapshot = openSnapshot(snapshotPath)
    try {
      return await work(snapshot)
    } finally {
      snapshot.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
