import { join } from 'node:path'
import { Problem } from '../shared/problem.ts'
import { scopeOf, sourceOf } from './ledger/drafts.ts'
import type { MigrationRow } from './ledger/migrations.ts'
import type { LineParts } from './line.ts'
import type { SourceAccess } from './source/datacenter/client.ts'
import { createSourceFiles, type SourceFiles } from './source/datacenter/files.ts'

/** How to get into a migration's source where it is a live one. A Problem where its token is not there any more. */
export async function accessTo(
  parts: Pick<LineParts, 'source'>,
  row: MigrationRow,
): Promise<SourceAccess | null> {
  if (sourceOf(row).kind === 'backup') return null
  const access = await parts.source?.(row)
  if (!access)
    throw new Problem('source-token-refused', 'The token of the source is not stored here.', {
      hint: 'Edit the migration and enter the token of the Jira Data Center again.',
    })
  return access
}

/** Where the vault has a live source's secret; of its projects those are read that are to move. @param secretOf asks it by migration */
export const liveAccess =
  (secretOf: (migrationId: string) => Promise<string | null>) =>
  async (row: MigrationRow): Promise<SourceAccess | null> => {
    const source = sourceOf(row)
    if (source.kind === 'backup') return null
    const secret = await secretOf(row.id)
    if (secret === null) return null
    const { projects } = scopeOf(row)
    return { url: source.path, user: source.user, secret, projects }
  }

/**
 * The files of a live source while its migration is sent and verified, one at a time in a folder of its own;
 * null for a backup, whose files lie on this machine. What a run that died has left there is removed.
 */
export async function openFiles(
  parts: Pick<LineParts, 'source' | 'folder'>,
  row: MigrationRow,
  signal: AbortSignal,
  onWait: (sentence: string | null, limit: boolean) => void,
): Promise<SourceFiles | null> {
  const access = await accessTo(parts, row)
  if (!access) return null
  return createSourceFiles(access, join(parts.folder.root, 'files', row.id), {
    signal,
    patienceMs: Number.POSITIVE_INFINITY,
    onWait,
  })
}
