import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Problem } from '../../shared/problem.ts'
import { references } from './finish.ts'
import { formatVersion, indexes, tables } from './schema.ts'
import { drafts } from './schema-drafts.ts'

/**
 * A reading that takes hours over a network goes on where it died. Beside the rows a table `reading` holds
 * notes (kind, key, value) of the reader's own: what it read, and what it saw and has to ask for at its end.
 * Rows of issues are kept; all else is read again, since it is little and may have changed.
 */
export const readingTable =
  'CREATE TABLE "reading" ("kind" TEXT, "key" TEXT, "value" TEXT, PRIMARY KEY ("kind", "key"))'

/** Tables that are filled issue by issue. */
export const keptTables: ReadonlySet<string> = new Set([
  'issue',
  'link',
  'changeItem',
  'draftEpicLink',
  ...Object.entries(tables).flatMap(([name, columns]) => ('issueId' in columns ? [name] : [])),
])

/** Raised with the last digit when the notes of readers change: an older Landfall's cannot be gone on with. */
const version = formatVersion * 10 + 2
const versionOf = (db: DatabaseSync) =>
  Number(db.prepare('PRAGMA user_version').get()?.user_version)

/** Whoever looks how far a reading came has the file for moments only: a writer waits for that. */
export const lookedAtMs = 5_000

/** The kind of note that is the writer's and not the reader's. */
const identity = 'identity'

/**
 * Opens what an earlier reading of the same source left, without what is read again; null where nothing, or
 * something else, was left.
 */
export function takeUp(part: string, of: string): DatabaseSync | null {
  if (!existsSync(part)) return null
  const db = new DatabaseSync(part, { timeout: lookedAtMs })
  try {
    if (versionOf(db) !== version || noteOf(db, identity) !== of)
      throw new Error('It is another reading.')
    for (const name of [...Object.keys({ ...tables, ...drafts }), 'noted'])
      if (!keptTables.has(name)) db.exec(`DELETE FROM "${name}"`)
    return db
  } catch (error) {
    db.close()
    // 5 and 6 are SQLITE_BUSY and SQLITE_LOCKED: what somebody writes at this moment is not to be thrown away.
    const { errcode } = error as { errcode?: number }
    if (errcode === 5 || errcode === 6)
      throw new Problem('not-now', 'This source is being read by another agent at this moment.', {
        hint: 'Stop that one, or wait for its end.',
        again: true,
        cause: error,
      })
    // Of another source, scope or Landfall, or not whole: the caller begins anew.
    return null
  }
}

export function beginReading(db: DatabaseSync, of: string): void {
  db.exec(`PRAGMA user_version = ${version}`)
  db.prepare('INSERT INTO reading (kind, key, value) VALUES (?, ?, ?)').run(identity, '', of)
}

/** Whom the kept rows name. */
export function* peopleIn(db: DatabaseSync): Generator<string> {
  for (const [table, columns] of Object.entries(references))
    if (keptTables.has(table))
      for (const column of columns)
        for (const row of db
          .prepare(`SELECT DISTINCT "${column}" AS key FROM "${table}" WHERE "${column}" NOT NULL`)
          .iterate())
          yield String(row.key)
}

/** Takes issues out with all that was read of them, so that they can be read once more. */
export function forgetIssues(db: DatabaseSync, ids: readonly string[]): void {
  // Made now instead of at the end: each page would go through all rows.
  for (const sql of Object.values(indexes)) db.exec(sql)
  const of = JSON.stringify(ids.map((id) => (/^-?\d{1,15}$/.test(id) ? Number(id) : id)))
  const some = '(SELECT value FROM json_each(?))'
  const run = (sql: string, times = 1) => db.prepare(sql).run(...Array<string>(times).fill(of))
  run(`DELETE FROM changeItem WHERE groupId IN
    (SELECT id FROM changeGroup WHERE issueId IN ${some})`)
  for (const table of keptTables)
    if ('issueId' in ({ ...tables, ...drafts }[table] ?? {}))
      run(`DELETE FROM "${table}" WHERE issueId IN ${some}`)
  run(`DELETE FROM issue WHERE id IN ${some}`)
  // A link stands with the issue that it goes out of; where that is not read, with its other end.
  run(
    `DELETE FROM link WHERE id IN (SELECT 'subtask/' || value FROM json_each(?))
      OR (id NOT GLOB 'subtask/*' AND (sourceId IN ${some}
        OR (destinationId IN ${some} AND sourceId NOT IN (SELECT id FROM issue))))`,
    3,
  )
}

/** What an unfinished reading left: of what, and what its reader noted last under this kind. Null: nothing. */
export function unfinished(path: string, kind: string): { of: string; note: string | null } | null {
  const part = `${path}.part`
  if (!existsSync(part)) return null
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(part, { readOnly: true })
    const of = versionOf(db) === version ? noteOf(db, identity) : null
    return of === null ? null : { of, note: noteOf(db, kind) }
  } catch {
    // It is being written at this moment, or is of another Landfall: then nothing can be said of it.
    return null
  } finally {
    db?.close()
  }
}

function noteOf(db: DatabaseSync, kind: string): string | null {
  const row = db.prepare(`SELECT value FROM reading WHERE kind = ? AND key = ''`).get(kind)
  return typeof row?.value === 'string' ? row.value : null
}
