import type { HistoryPage, OriginalView } from '../../shared/api-pages.ts'
import type { AppTablePage, ListingQuestion, SourceRow } from '../../shared/api-source.ts'
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
  /** What asks for the issues in scope that name the user with this key, and what people call them. */
  naming(
    migration: MigrationRow,
    key: string,
  ): { who: string; naming: NonNullable<ListingQuestion['naming']> }
  /** What a note of its reading says; throws a Problem not-found where there is none with rows. */
  note(migration: MigrationRow, n: number): string
  /** Some rows that the snapshot only counts, and one more where there are more; see agent/apps/counted-rows.ts. */
  counted(
    migration: MigrationRow,
    entity: string,
    after: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<AppTablePage['rows']>
  /** Lets go of what it holds. */
  close(): Promise<void>
}
