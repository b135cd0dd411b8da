import type { DatabaseSync } from 'node:sqlite'
import type { Table } from '../../shared/record.ts'
import { noteRows } from './noted.ts'
import type { Note } from './notes.ts'
import { tables } from './schema.ts'

/** Tables without an id: two rows that say the same are one. */
const pairs = {
  watcher: '"issueId", "user"',
  vote: '"issueId", "user"',
  label: '"issueId", "label", "fieldId"',
  issueVersion: '"issueId", "versionId", "role"',
  issueComponent: '"issueId", "componentId"',
  projectKey: '"projectId", "key"',
  projectScheme: '"projectId", "kind", "schemeId"',
} satisfies Partial<Record<Table, string>>

const isTable = (name: string): name is Table => Object.hasOwn(tables, name)

/**
 * A backup is written while people work (Jira takes no lock), so a row can come twice, and a damaged
 * one can lack its id. The first of two rows with one id is kept; a row without an id gets a negative
 * one. Both are told, row by row, so that the source's numbers can be followed.
 * @param unordered tables whose ids did not come strictly rising: only those can hold one twice
 */
export function settleTwins(db: DatabaseSync, unordered: ReadonlySet<string>): Note[] {
  const notes: Note[] = []
  /** The rows of a table that are so, as a note; `change` is made to them once they are written down. */
  const tell = (
    table: Table,
    code: string,
    text: string,
    where: string,
    change: (which: string) => string,
  ) => {
    db.exec('DROP TABLE IF EXISTS temp.odd')
    db.exec(`CREATE TEMP TABLE odd AS SELECT t.rowid AS n FROM "${table}" t WHERE ${where}`)
    const items = Number(db.prepare('SELECT COUNT(*) AS n FROM temp.odd').get()?.n)
    if (items === 0) return
    const rows = `${table}-${code}`
    noteRows(db, rows, table, 't.rowid IN (SELECT n FROM temp.odd)')
    db.exec(change('rowid IN (SELECT n FROM temp.odd)'))
    notes.push({ code: rows, text, items, rows })
  }
  const drop = (table: Table, by: string, text: string) =>
    tell(
      table,
      'twice',
      text,
      `t.rowid NOT IN (SELECT MIN(rowid) FROM "${table}" GROUP BY ${by})`,
      (which) => `DELETE FROM "${table}" WHERE ${which}`,
    )
  for (const table of unordered) {
    if (!isTable(table) || !('id' in tables[table])) continue
    tell(
      table,
      'without-id',
      `Rows of ${table} that have no id`,
      't.id IS NULL',
      (which) => `UPDATE "${table}" SET id = -rowid WHERE ${which}`,
    )
    drop(table, 'id', `Rows of ${table} that carry the id of another; the first is kept`)
  }
  for (const [table, columns] of Object.entries(pairs))
    if (isTable(table))
      drop(table, columns, `Rows of ${table} that say what another says; the first is kept`)
  db.exec('DROP TABLE IF EXISTS temp.odd')
  return notes
}
