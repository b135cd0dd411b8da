import { join } from 'node:path'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LineParts } from '../line.ts'
import type { FetchFile } from '../push/fetch.ts'
import { createSourceFiles, type SourceFiles } from '../source/datacenter/files.ts'
import { accessTo } from '../source-access.ts'

/** A person waits before the screen: a source that does not answer is told after so long. */
const patienceMs = 30_000
/** Each session has a folder of its own, since a preview and a repair may be under way at once. */
let number = 0

/** The files of a live source, which is asked when the first one is wanted; none for a backup. */
export function liveFiles(
  parts: Pick<LineParts, 'source' | 'folder'>,
  row: MigrationRow,
  live: boolean,
  signal: AbortSignal,
  onWait: (words: string | null) => void,
): { fetchFile: FetchFile | null; close(): Promise<void> } {
  let opened: Promise<SourceFiles> | null = null
  const open = async () => {
    const access = await accessTo(parts, row)
    if (!access) throw new Error('A live source has an address.')
    number += 1
    const folder = join(parts.folder.root, 'files', `${row.id}-repair-${number}`)
    return createSourceFiles(access, folder, { signal, patienceMs, onWait })
  }
  return {
    fetchFile: live
      ? async (address, size) => {
          opened ??= open()
          opened.catch(() => {
            opened = null
          })
          return (await opened).fetch(address, size)
        }
      : null,
    // Whoever fetched heard why it could not be opened; then there is nothing to close.
    close: async () => (await opened?.catch(() => null))?.close(),
  }
}
