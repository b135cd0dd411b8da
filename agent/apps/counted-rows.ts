import type { AppTablePage } from '../../shared/api-source.ts'
import { sourceOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { entityRows } from '../source/backup/entity-rows.ts'

/** A cell longer than that is told by its beginning: a page of them stays small. */
const mostLetters = 300

/** Columns in which apps keep what opens doors. Whoever needs it looks into the backup, or keeps an archive. */
const secret = /passw|secret|token|credential|private_?key|api_?key/i

/**
 * A page of a table that an app keeps of its own, or of another kind of rows that is only counted, read from the
 * backup once more: the snapshot does not hold it. It passes over the rows before the page, so a far page of a
 * large table takes as long as reading that far.
 * @param after how many rows were shown before
 * @returns rows numbered from 1, one more than `limit` where there are more
 */
export async function countedRows(
  migration: MigrationRow,
  entity: string,
  after: number,
  limit: number,
  signal: AbortSignal,
): Promise<AppTablePage['rows']> {
  const source = sourceOf(migration)
  if (source.kind !== 'backup') return []
  const rows: AppTablePage['rows'] = []
  let n = 0
  for await (const page of entityRows(source.path, entity, signal))
    for (const cells of page) {
      n += 1
      if (n <= after) continue
      rows.push({ n, cells: cells.map(viewCell) })
      if (rows.length > limit) return rows
    }
  return rows
}

function viewCell({ column, value }: { column: string; value: string | null }) {
  const hidden = value !== null && value !== '' && secret.test(column)
  return { column, value: hidden ? null : (value?.slice(0, mostLetters) ?? null), hidden }
}
