import type { HistoryPage, OriginalView } from '../../shared/api-pages.ts'
import type { ListingQuestion, SourceRow } from '../../shared/api-source.ts'
import type { MigrationRow } from '../ledger/migrations.ts'

/** Answers what the source of a migration held of an issue, from its snapshot; writes nothing. */
export interface Originals {
  /** null: the snapshot is not on this agent, or does not have the issue. Throws a Problem when it cannot be read. */
  original(migration: MigrationRow, issueKey: string): Promise<OriginalView['original']>
  /** So many changes after the first `after`, oldest first. */
  history(
    migration: MigrationRow,
    issueKey: string,
    after: number,
    limit: number,
  ): Promise<HistoryPage>
  /** A page of the rows that its snapshot holds of one kind. Throws a Problem not-now before the source was read. */
  rows(migration: MigrationRow, question: ListingQuestion): SourceRow[]
  /** Lets go of what it holds. */
  close(): Promise<void>
}
