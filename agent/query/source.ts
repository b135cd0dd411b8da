import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { DateTime } from 'luxon'

/** What the evaluator knows while it works on one JQL. */
export interface Source {
  all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[]
  /**
   * Keeps the ids of the rows (id, text) whose text fits, in a table of its own, whose name it answers. The rows
   * stream: a function of ours within SQL would hold every text until the statement ends.
   */
  matching(queries: readonly string[], fits: (text: string) => boolean): string
  /** The moment of asking on the source's wall clock: relative dates count from here, as in Jira. */
  now: DateTime
  /** Sentences about what the answer does not look at, or only nearly. */
  notes: Set<string>
  /** Filters that the JQL stands on, to notice one that stands on itself. */
  open: ReadonlySet<string>
}

export function sourceOf(db: DatabaseSync, now: DateTime): Source {
  let tables = 0
  return {
    all: (sql, ...values) => db.prepare(sql).all(...values),
    matching(queries, fits) {
      tables += 1
      const table = `temp.matching${tables}`
      db.exec(`BEGIN; CREATE TEMP TABLE matching${tables} (id)`)
      const keep = db.prepare(`INSERT INTO ${table} VALUES (?)`)
      for (const query of queries)
        for (const { id, text } of db.prepare(query).iterate())
          if (typeof text === 'string' && text !== '' && fits(text)) keep.run(id ?? null)
      db.exec('COMMIT')
      return table
    },
    now,
    notes: new Set(),
    open: new Set(),
  }
}
