import type { DatabaseSync } from 'node:sqlite'
import type { SourceRow } from '../../shared/api-source.ts'
import { keptRows } from '../../shared/check-lists.ts'
import type { Table } from '../../shared/record.ts'
import { questionOf } from './notes.ts'
import { type ColumnKind, createTable } from './schema.ts'
import { tellings } from './tellings.ts'

/**
 * The rows that notes count where no question to the snapshot finds them again: what was not kept, and what a live
 * source said of itself. note: the name that the reading gave to the note's rows, and once it is finished the
 * number of the note. issue, project: what the row belongs to, by id. A snapshot of an older Landfall has no such
 * table; its notes of that kind have no list.
 */
export const notedColumns: Readonly<Record<string, ColumnKind>> = {
  note: 'text',
  label: 'text?',
  detail: 'text?',
  issue: 'id?',
  project: 'id?',
}
export const notedTable = createTable('noted', notedColumns)
const notedIndex = 'CREATE INDEX IF NOT EXISTS "notedOf" ON "noted" ("note")'

/** Writes down rows that are about to be removed from a table, told as they stand there. */
export function noteRows(db: DatabaseSync, note: string, table: Table, where: string): void {
  const { label, detail = 'NULL', issue = 'NULL', project = 'NULL', person } = tellings[table]
  // People come into the snapshot later than this: until then a row names them by key.
  const key = person ? `LEFT JOIN user u ON u."key" = ${person}` : ''
  db.prepare(
    `INSERT INTO noted (note, label, detail, issue, project)
     SELECT ?, ${label}, ${detail}, ${issue}, ${project} FROM "${table}" t ${key}
     WHERE ${where} ORDER BY t.rowid LIMIT ${keptRows}`,
  ).run(note)
}

/** Gives the rows that were written down under a name to the note itself. */
export function settleNoted(db: DatabaseSync, note: number | bigint, name: string): void {
  db.exec(notedIndex)
  db.prepare('UPDATE noted SET note = ? WHERE note = ?').run(String(note), name)
}

/** Whether a note has a list: the rows that it counts can be told. */
export function hasRows(db: DatabaseSync, n: number, code: string): boolean {
  if (questionOf(code)) return true
  const there = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'noted'`).get()
  return Boolean(there && db.prepare('SELECT 1 FROM noted WHERE note = ? LIMIT 1').get(String(n)))
}

/** A page of the rows that a note counts; empty for one without a list. */
export function notedRows(db: DatabaseSync, n: number, after: number, limit: number): SourceRow[] {
  return db
    .prepare(
      `SELECT t.rowid AS n, COALESCE(t.label, '') AS label, t.detail,
         i."key" AS issueKey, p."key" AS projectKey
       FROM noted t
       LEFT JOIN issue i ON i.id = t.issue
       LEFT JOIN project p ON p.id = COALESCE(t.project, i.projectId)
       WHERE t.note = ? AND t.rowid > ? ORDER BY t.rowid LIMIT ?`,
    )
    .all(String(n), after, limit) as unknown as SourceRow[]
}
