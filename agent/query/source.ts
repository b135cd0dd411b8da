import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { DateTime } from 'luxon'

/** What the evaluator knows while it works on one JQL. */
export interface Source {
  all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[]
  /** The moment of asking on the source's wall clock: relative dates count from here, as in Jira. */
  now: DateTime
  /** Sentences about what the answer does not look at, or only nearly. */
  notes: Set<string>
  /** Filters that the JQL stands on, to notice one that stands on itself. */
  open: ReadonlySet<string>
}

export function sourceOf(db: DatabaseSync, now: DateTime): Source {
  return {
    all: (sql, ...values) => db.prepare(sql).all(...values),
    now,
    notes: new Set(),
    open: new Set(),
  }
}
