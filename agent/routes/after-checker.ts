import type { AfterGroup } from '../../shared/api-after.ts'
import type { MigrationRow } from '../ledger/migrations.ts'

/** What is known of a check after a migration before it was ever asked. */
export interface KnownAfterCheck {
  key: string
  group: AfterGroup
  title: string
}

/** How far an asking is; sentence tells what is being asked now. */
export interface AfterProgress {
  sentence: string
  done: number
  total: number
}

/** What the routes ask of the asker of checks after a migration, which only reads the site. */
export interface AfterChecker {
  /** All there are, in the order in which a screen shows them. */
  known: readonly KnownAfterCheck[]
  /** Those that can be asked of this migration. */
  asks(migration: MigrationRow): readonly KnownAfterCheck[]
  /**
   * Begins to ask these checks of a migration (none named = all that can be). Throws not-now where none can be, while it runs or before it has
   * ever reached a site; while they are being asked already, nothing new begins.
   */
  start(id: string, keys: readonly string[]): Promise<void>
  /** Null while nothing is asked. */
  progress(id: string): AfterProgress | null
  /** Ends the asking, and waits until it has. */
  stop(id: string): Promise<void>
}
