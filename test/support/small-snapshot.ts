import { DatabaseSync } from 'node:sqlite'
import { createTable, formatVersion, ownTables, tables } from '../../agent/snapshot/schema.ts'
import type { Table, Tables } from '../../shared/record.ts'

/** A snapshot's file with these rows; what a row does not say is absent. */
export function writeSmallSnapshot(
  path: string,
  rows: { [T in Table]?: Partial<Tables[T]>[] },
  info: Record<string, string> = {},
): void {
  const db = new DatabaseSync(path)
  for (const sql of ownTables) db.exec(sql)
  const facts = { formatVersion: String(formatVersion), timeZone: 'UTC', ...info }
  for (const [name, value] of Object.entries(facts))
    db.prepare('INSERT INTO snapshot VALUES (?, ?)').run(name, value)
  for (const [table, columns] of Object.entries(tables)) {
    db.exec(createTable(table, columns))
    for (const row of rows[table as Table] ?? []) {
      const entries = Object.entries(row)
      const names = entries.map(([column]) => `"${column}"`).join(', ')
      const marks = entries.map(() => '?').join(', ')
      db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${marks})`).run(
        ...entries.map(([, value]) => value as string | number | null),
      )
    }
  }
  db.close()
}
