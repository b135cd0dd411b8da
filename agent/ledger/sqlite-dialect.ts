import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { type Dialect, SqliteDialect } from 'kysely'

/** A run from its source to its report asks 128 different questions; a statement keeps a few KB for as long as it is kept. */
const mostKept = 300
/** Characters. Longer ones are inserts of many rows, each with another number of them: seldom the same again. */
const longestKept = 4_000

/**
 * Kysely's SqliteDialect expects better-sqlite3's shape: a statement that says whether it returns rows.
 * What was asked before is not compiled again: that took a tenth of the agent's time in a run.
 */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  const kept = new Map<string, StatementSync>()
  /** Only for what comes to its end at once: a statement that is asked again begins from its first row. */
  function statementOf(sql: string): StatementSync {
    const known = kept.get(sql)
    if (known) {
      // Whoever was asked last stands last, so that the first is the one to go.
      kept.delete(sql)
      kept.set(sql, known)
      return known
    }
    const made = database.prepare(sql)
    if (sql.length > longestKept) return made
    kept.set(sql, made)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return made
  }
  return new SqliteDialect({
    database: {
      close() {
        kept.clear()
        database.close()
      },
      prepare(sql: string) {
        const statement = statementOf(sql)
        const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
        return {
          reader: statement.columns().length > 0,
          all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
          run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
          iterate: (parameters: readonly unknown[]) =>
            database.prepare(sql).iterate(...values(parameters)) as IterableIterator<unknown>,
        }
      },
    },
  })
}
