import type { PageCountView, PageJqlView } from '../../shared/api-pages.ts'
import type { MigrationRow } from '../ledger/migrations.ts'

/** A board or filter of the site that a migration made, or found there. */
export interface Counted {
  kind: 'board' | 'filter'
  siteId: string
  sourceId: string
  name: string
}

/** What the routes ask about a page of a site where the source or the site itself has to be read. */
export interface PageAsker {
  /** What it finds at the source against what it finds on the site. A number that cannot be told says why. */
  counts(row: MigrationRow, what: Counted): Promise<PageCountView>
  /** Names with "(migrated)" in a JQL of the site, with their twins. */
  jql(row: MigrationRow, jql: string): Promise<PageJqlView>
  /** Where the source's own server is, as the source tells; null when it does not, or was not read here. */
  sourceAddress(row: MigrationRow): string | null
  /** Ends what is being asked. */
  leave(): Promise<void>
}
