import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { type Dialect, SqliteDialect } from 'kysely'

/** Kysely's SqliteDialect expects better-sqlite3's shape: a statement that says whether it returns rows. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql: string) {
        const statement = database.prepare(sql)
        const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
        return {
          reader: statement.columns().length > 0,
          all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
          run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
          iterate: (parameters: readonly unknown[]) =>
            statement.iterate(...values(parameters)) as IterableIterator<unknown>,
        }
      },
    },
  })
}
