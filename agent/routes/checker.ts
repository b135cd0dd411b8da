import type { CheckGroup } from '../../shared/api-checks.ts'
import { forgetAnswers } from '../ledger/checks.ts'
import type { AppDeps } from './deps.ts'

/** What is known of a check before it was ever asked. */
export interface KnownCheck {
  key: string
  group: CheckGroup
  title: string
  canOverride: boolean
}

export interface CheckProgress {
  /** What is being done. */
  sentence: string
  /** Checks that have answered, of those that are asked. */
  done: number
  total: number
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
  /** How far the asking is; null while nothing is asked. */
  progress(id: string): CheckProgress | null
  /** Ends the asking, and waits until it has; for a run that is to begin. */
  stop(id: string): Promise<void>
}

/**
 * Forgets the answers of the checks of these groups: what they looked at was decided anew. An asking that is under
 * way ends first: it looked at what was decided before, and would answer after this.
 */
export async function forgetOf(
  { ledger, checker }: Pick<AppDeps, 'ledger' | 'checker'>,
  id: string,
  groups: readonly CheckGroup[],
): Promise<void> {
  const keys = checker.known.filter(({ group }) => groups.includes(group)).map(({ key }) => key)
  await checker.stop(id)
  await forgetAnswers(ledger.db, id, keys)
}
