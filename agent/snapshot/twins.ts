import type { DatabaseSync } from 'node:sqlite'
import type { Note } from './notes.ts'
import { tables } from './schema.ts'

/** Tables without an id: two rows that say the same are one. */
const pairs: Readonly<Record<string, string>> = {
  watcher: '"issueId", "user"',
  vote: '"issueId", "user"',
  label: '"issueId", "label", "fieldId"',
  issueVersion: '"issueId", "versionId", "role"',
  issueComponent: '"issueId", "componentId"',
  projectKey: '"projectId", "key"',
  projectScheme: '"projectId", "kind", "schemeId"',
}

/**
 * A backup is written while people work (Jira takes no lock), so a row can come twice, and a damaged
 * one can lack its id. The first of two rows with one id is kept; a row without an id gets a negative
 * one. Both are told, so that the source's numbers can be followed.
 * @param unordered tables whose ids did not come strictly rising: only those can hold one twice
 */
export function settleTwins(db: DatabaseSync, unordered: ReadonlySet<string>): Note[] {
  const notes: Note[] = []
  const tell = (code: string, text: string, changes: number | bigint) => {
    if (changes) notes.push({ code, text, items: Number(changes) })
  }
  for (const table of unordered) {
    if (!('id' in (tables[table as keyof typeof tables] ?? {}))) continue
    const named = db.prepare(`UPDATE "${table}" SET id = -rowid WHERE id IS NULL`).run()
    tell(`${table}-without-id`, `Rows of ${table} that have no id`, named.changes)
    const dropped = db
      .prepare(
        `DELETE FROM "${table}" WHERE rowid NOT IN (SELECT MIN(rowid) FROM "${table}" GROUP BY id)`,
      )
      .run()
    tell(
      `${table}-twice`,
      `Rows of ${table} that carry the id of another; the first is kept`,
      dropped.changes,
    )
  }
  for (const [table, columns] of Object.entries(pairs)) {
    const { changes } = db
      .prepare(
        `DELETE FROM "${table}" WHERE rowid NOT IN (SELECT MIN(rowid) FROM "${table}" GROUP BY ${columns})`,
      )
      .run()
    tell(
      `${table}-twice`,
      `Rows of ${table} that say what another says; the first is kept`,
      changes,
    )
  }
  return notes
}
