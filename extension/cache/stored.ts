import type { MigrationView } from '../../shared/api.ts'
import type { MigrationStatus } from '../../shared/status.ts'
import type { StoredMigration } from './db.ts'

/** What a person looks for first. */
const ranks: Record<MigrationStatus, number> = {
  running: 0,
  failed: 1,
  incomplete: 2,
  saved: 3,
  finished: 4,
}

/** A migration as the cache keeps it, with the keys that its indexes need. */
export function stored(row: MigrationView): StoredMigration {
  const live = row.status === 'running' ? 1 : 0
  return {
    ...row,
    shelf: row.archived ? 1 : 0,
    live,
    recent: live === 1 ? (row.startedAt ?? row.createdAt) : row.changedAt,
    // As a key of an index a name of 10,000 letters is not worth its room.
    nameKey: row.name.slice(0, 200).toLocaleLowerCase(),
    rank: ranks[row.status],
    startedKey: row.startedAt ?? 0,
    finishedKey: row.finishedAt ?? 0,
    sourceKey: row.source.label.slice(-200).toLocaleLowerCase(),
    siteKey: row.site.url ?? '',
    progressKey: row.progress.total === 0 ? 0 : row.progress.done / row.progress.total,
    needs: needsOf(row),
  }
}

/**
 * How many things of a migration a person must look at: its findings, its apps that wait, and one more where it could not go on at
 * all, or waits for what only a person can bring back. Of these the badge, the popup and the list speak.
 */
export function needsOf(row: MigrationView): number {
  const { status, pausedBy, needsAttention, appsInNeed = 0 } = row
  const waits = pausedBy.some(
    (reason) => reason === 'site unreachable' || reason === 'source unreachable',
  )
  return (
    needsAttention + appsInNeed + (status === 'failed' || (status === 'running' && waits) ? 1 : 0)
  )
}

/** What a search finds it by. */
export const searchText = (row: MigrationView): string =>
  [row.name, row.source.label, row.site.url ?? row.site.kind, row.reason ?? '']
    .join('\n')
    .toLocaleLowerCase()
