import type { DatabaseSync } from 'node:sqlite'
import type { Table } from '../../shared/record.ts'
import { tables } from './schema.ts'

/** Something a person may want to know about what was read; items = how many rows it concerns. */
export interface Note {
  code: string
  text: string
  items: number
  /** The name under which its rows were written down while reading (see noted.ts); absent: none were. */
  rows?: string
}

/** A note as the snapshot has it. */
export interface KeptNote extends Omit<Note, 'rows'> {
  /** By which the list of what it counts is asked for; null where it has none. */
  n: number | null
}

interface Question {
  code: string
  text: string
  /** The table `t` whose rows it concerns, and which of them. */
  table: Table
  where: string
}

const questions: readonly Question[] = [
  {
    code: 'issue-without-project',
    text: 'Issues whose project is not in the source',
    table: 'issue',
    where: `(t.projectId IS NULL
      OR t.projectId NOT IN (SELECT id FROM project WHERE id IS NOT NULL))`,
  },
  {
    code: 'issue-without-key',
    text: 'Issues that have neither a key nor a number',
    table: 'issue',
    where: `COALESCE(t.key, '') = ''`,
  },
  {
    code: 'issue-key-twice',
    text: 'Issues that carry the key of another issue',
    table: 'issue',
    where: `COALESCE(t.key, '') <> ''
      AND t.rowid NOT IN (SELECT MIN(rowid) FROM issue GROUP BY key)`,
  },
  {
    code: 'link-without-issue',
    text: 'Links one end of which is not in the source',
    table: 'link',
    where: `(NOT EXISTS (SELECT 1 FROM issue x WHERE x.id = t.sourceId)
      OR NOT EXISTS (SELECT 1 FROM issue x WHERE x.id = t.destinationId))`,
  },
  {
    code: 'change-without-group',
    text: 'History entries whose change group is not in the source',
    table: 'changeItem',
    where: `(t.groupId IS NULL
      OR t.groupId NOT IN (SELECT id FROM changeGroup WHERE id IS NOT NULL))`,
  },
  {
    code: 'user-deleted',
    text: 'Users who are referred to but have been deleted',
    table: 'user',
    where: 't.deleted = 1',
  },
  ...(Object.entries(tables) as [Table, object][])
    .filter(([name, columns]) => name !== 'issue' && 'issueId' in columns)
    .map(([table]) => ({
      code: `${table}-without-issue`,
      text: `Rows of ${table} whose issue is not in the source`,
      table,
      where: 'NOT EXISTS (SELECT 1 FROM issue x WHERE x.id = t.issueId)',
    })),
]

/** What a note of this code asks the snapshot; undefined where its rows do not stand there. */
export const questionOf = (code: string): Question | undefined =>
  questions.find((one) => one.code === code)

/** What is kept although something is wrong with it. The indexes must be there. */
export function finishNotes(db: DatabaseSync): Note[] {
  return questions
    .map(({ code, text, table, where }) => {
      const found = db.prepare(`SELECT COUNT(*) AS n FROM "${table}" t WHERE ${where}`).get()
      return { code, text, items: Number(found?.n ?? 0) }
    })
    .filter((note) => note.items > 0)
}
