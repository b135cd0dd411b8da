import type { DatabaseSync } from 'node:sqlite'
import { tables } from './schema.ts'

/** Something a person may want to know about what was read; items = how many rows it concerns. */
export interface Note {
  code: string
  text: string
  items: number
}

interface Question {
  code: string
  text: string
  /** The rows it concerns, as one number n. */
  sql: string
}

const questions: readonly Question[] = [
  {
    code: 'issue-without-project',
    text: 'Issues whose project is not in the source',
    sql: `SELECT COUNT(*) AS n FROM issue WHERE projectId IS NULL
      OR projectId NOT IN (SELECT id FROM project WHERE id IS NOT NULL)`,
  },
  {
    code: 'issue-without-key',
    text: 'Issues that have neither a key nor a number',
    sql: `SELECT COUNT(*) AS n FROM issue WHERE COALESCE(key, '') = ''`,
  },
  {
    code: 'issue-key-twice',
    text: 'Issues that carry the key of another issue',
    sql: `SELECT COALESCE(SUM(c - 1), 0) AS n FROM
      (SELECT COUNT(*) AS c FROM issue WHERE COALESCE(key, '') <> '' GROUP BY key HAVING c > 1)`,
  },
  {
    code: 'link-without-issue',
    text: 'Links one end of which is not in the source',
    sql: `SELECT COUNT(*) AS n FROM link l
      WHERE NOT EXISTS (SELECT 1 FROM issue i WHERE i.id = l.sourceId)
      OR NOT EXISTS (SELECT 1 FROM issue i WHERE i.id = l.destinationId)`,
  },
  {
    code: 'change-without-group',
    text: 'History entries whose change group is not in the source',
    sql: `SELECT COUNT(*) AS n FROM changeItem WHERE groupId IS NULL
      OR groupId NOT IN (SELECT id FROM changeGroup WHERE id IS NOT NULL)`,
  },
  {
    code: 'user-deleted',
    text: 'Users who are referred to but have been deleted',
    sql: 'SELECT COUNT(*) AS n FROM user WHERE deleted = 1',
  },
  ...Object.entries(tables)
    .filter(([name, columns]) => name !== 'issue' && 'issueId' in columns)
    .map(([name]) => ({
      code: `${name}-without-issue`,
      text: `Rows of ${name} whose issue is not in the source`,
      sql: `SELECT COUNT(*) AS n FROM "${name}" t
        WHERE NOT EXISTS (SELECT 1 FROM issue i WHERE i.id = t.issueId)`,
    })),
]

/** What is kept although something is wrong with it. The indexes must be there. */
export function finishNotes(db: DatabaseSync): Note[] {
  return questions
    .map(({ code, text, sql }) => ({ code, text, items: Number(db.prepare(sql).get()?.n ?? 0) }))
    .filter((note) => note.items > 0)
}
