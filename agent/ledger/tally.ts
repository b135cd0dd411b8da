import type { Kind } from '../../shared/plan.ts'
import { kinds } from '../../shared/plan.ts'
import { type Counts, type CountsByKind, noCounts } from '../../shared/report.ts'
import type { LedgerDb } from './open.ts'
import type { TallyTable } from './schema.ts'

const counted = new Set<string>(kinds)

/** The tally rows of a migration; a few dozen a project, however many items there are. */
export function tally(db: LedgerDb, migrationId: string): Promise<TallyTable[]> {
  return db
    .selectFrom('tally')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('n', '>', 0)
    .execute()
}

/** The five numbers of some tally rows. */
export function countsOf(rows: readonly TallyTable[]): Counts {
  const counts = noCounts()
  for (const row of rows) {
    if (!counted.has(row.kind)) continue
    counts.source += row.n
    if (row.verdict) counts[row.verdict] += row.n
    if (row.verdict === 'verified' && row.loss) counts.verifiedWithLoss += row.n
  }
  return counts
}

/** The five numbers of each kind that the source has, in the order of `kinds`. */
export function countsByKind(rows: readonly TallyTable[]): CountsByKind {
  const result: CountsByKind = {}
  for (const kind of kinds) {
    const ofKind = rows.filter((row) => row.kind === kind)
    if (ofKind.length) result[kind] = countsOf(ofKind)
  }
  return result
}

/** How many items of some rows have left the queue for good, and how many there are to send at all. */
export function progressOf(rows: readonly TallyTable[]): {
  sent: number
  total: number
  checked: number
} {
  const progress = { sent: 0, total: 0, checked: 0 }
  for (const row of rows) {
    if (row.state === 'leftOut') continue
    progress.total += row.n
    if (row.state === 'sent' || row.state === 'failed') progress.sent += row.n
    if (row.verdict) progress.checked += row.n
  }
  return progress
}

/** How many items of a kind reached the site. */
export const sentOf = (rows: readonly TallyTable[], kind: Kind): number =>
  rows
    .filter((row) => row.kind === kind && row.state === 'sent')
    .reduce((sum, row) => sum + row.n, 0)
