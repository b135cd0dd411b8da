import type { CheckGroup } from '../../shared/api-checks.ts'

/** What is known of a check before it was ever asked. */
export interface KnownCheck {
  key: string
  group: CheckGroup
  title: string
  canOverride: boolean
}

/** What the routes ask of the checker, which asks checks outside a run. */
export interface Checker {
  /** All there are, in the order in which a screen shows them. */
  known: readonly KnownCheck[]
  /**
   * Begins to ask these checks of a migration (none named = all). Throws not-now while it runs; while they are
   * being asked already, nothing new begins.
   */
  start(id: string, keys: readonly string[]): Promise<void>
  /** Whether they are being asked now. */
  running(id: string): boolean
  /** Ends the asking, and waits until it has; for a run that is to begin. */
  stop(id: string): Promise<void>
}
