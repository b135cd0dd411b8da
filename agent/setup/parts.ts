import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import type { FolderParts } from '../config.ts'
import { scopeOf, sourceOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { Ledger } from '../ledger/open.ts'
import type { LineParts } from '../line.ts'
import { openSnapshot, type Snapshot } from '../snapshot/read.ts'
import { snapshotAge } from '../source-snapshot.ts'

/** What the setup works with. */
export interface SetupParts {
  ledger: Ledger
  folder: FolderParts
  now(): number
  /** As the line has it: where a migration's site is, and how to get in. */
  site: LineParts['site']
  source?: NonNullable<LineParts['source']>
  /** Where backups are looked for, see sources. */
  env: Readonly<Record<string, string | undefined>>
  home: string
}

export const snapshotPath = (parts: Pick<SetupParts, 'folder'>, id: string): string =>
  join(parts.folder.snapshots, `${id}.sqlite`)

/** The items of its plan, as they were when it was last planned dry: see planned-items. */
export const plannedPath = (parts: Pick<SetupParts, 'folder'>, id: string): string =>
  join(parts.folder.snapshots, `${id}.preview.sqlite`)

/** Changes when the snapshot is another one; null while there is none that can be read. */
export function snapshotMark(parts: SetupParts, row: MigrationRow): string | null {
  const path = snapshotPath(parts, row.id)
  if (row.stage === 'new' || !existsSync(path)) return null
  const age = snapshotAge(path, sourceOf(row).path, scopeOf(row).projects)
  if (age === 'outdated' || age === 'narrower') return null
  const { mtimeMs, size } = statSync(path)
  return `${mtimeMs}/${size}`
}

/** Opens the snapshot for as long as the work with it takes. A Problem not-now before the source was read. */
export async function withSnapshot<T>(
  parts: SetupParts,
  row: MigrationRow,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  if (snapshotMark(parts, row) === null)
    throw new Problem('not-now', 'The source has not been read yet.', {
      hint: 'Inspect the source first.',
    })
  const snapshot = openSnapshot(snapshotPath(parts, row.id))
  try {
    return await work(snapshot)
  } finally {
    snapshot.close()
  }
}
