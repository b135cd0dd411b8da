import { DatabaseSync } from 'node:sqlite'
import type { ListingQuestion, SourceRow } from '../../shared/api-source.ts'
import type { Table } from '../../shared/record.ts'
import { notedRows } from './noted.ts'
import { questionOf } from './notes.ts'
import { tellings } from './tellings.ts'

/**
 * A page of a table's rows, or of those that a note counts, each told in a few words, in the order in which they were read.
 * @param path a finished snapshot; the caller has seen that it is whole (openSnapshot)
 */
export function listRows(path: string, question: ListingQuestion): SourceRow[] {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const { table, note } = question
    if (table !== 'noted') return rowsOf(db, { ...question, table })
    const said = db.prepare('SELECT code FROM note WHERE rowid = ?').get(note ?? 0)
    const asked = said && questionOf(String(said.code))
    if (asked) return rowsOf(db, { ...question, table: asked.table, where: asked.where })
    // Who asks for rows of a note was told that it has them.
    return notedRows(db, note ?? 0, question.after, question.limit)
  } finally {
    db.close()
  }
}

type Asked = ListingQuestion & { table: Table; where?: string }

function rowsOf(db: DatabaseSync, question: Asked): SourceRow[] {
  const { table, after, limit } = question
  const { label, detail = 'NULL', issue = 'NULL', project, person } = tellings[table]
  const { where, values } = narrowed(db, question)
  return db
    .prepare(
      `SELECT t.rowid AS n, COALESCE(${label}, '') AS label, ${detail} AS detail,
           i."key" AS issueKey, p."key" AS projectKey
         FROM "${table}" t
         LEFT JOIN issue i ON i.id = ${issue}
         LEFT JOIN project p ON p.id = ${project ?? 'i.projectId'}
         ${person ? `LEFT JOIN user u ON u."key" = ${person}` : ''}
         WHERE t.rowid > ? ${where} ORDER BY t.rowid LIMIT ?`,
    )
    .all(after, ...values, limit) as unknown as SourceRow[]
}

/** One JSON parameter instead of as many as there are values. */
const among = (column: string) => `${column} IN (SELECT value FROM json_each(?))`

/** Issues with a property or a value of the app; an issue may have both. */
const marked = `IN (
  SELECT x.entityId FROM property x WHERE x.entity = 'IssueProperty' AND ${among('x."key"')}
  UNION SELECT x.issueId FROM fieldValue x WHERE ${among('CAST(x.fieldId AS TEXT)')})`

/** Issues that name somebody, found in the index that holds nothing but these columns. */
const naming = `SELECT y.rowid FROM issue y
  WHERE ${among('CAST(y.projectId AS TEXT)')} AND ? IN (y.reporter, y.assignee, y.creator)`

/** How issues name a user: by key, or in old sources, where none of these does, by name. */
function referenceTo(db: DatabaseSync, { key, projectIds }: NonNullable<Asked['naming']>): string {
  if (db.prepare(`${naming} LIMIT 1`).get(JSON.stringify(projectIds), key)) return key
  const user = db.prepare('SELECT name FROM user WHERE "key" = ?').get(key)
  return String(user?.name ?? key)
}

function narrowed(db: DatabaseSync, question: Asked): { where: string; values: string[] } {
  const { table, marks, entity, project, issue, where: own } = question
  const where: string[] = []
  const values: string[] = []
  const add = (sql: string, ...given: (string | readonly string[])[]) => {
    where.push(`AND ${sql}`)
    values.push(...given.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))))
  }
  if (own !== undefined) add(own)
  if (entity !== undefined && table === 'property') add('t.entity = ?', entity)
  if (project !== undefined) add('p."key" = ?', project)
  if (issue !== undefined)
    add(
      `${tellings[table].issue ?? 'NULL'} = (SELECT z.id FROM issue z WHERE z."key" = ? LIMIT 1)`,
      issue,
    )
  if (question.field !== undefined && table === 'fieldOption')
    add('CAST(t.fieldId AS TEXT) = ?', question.field)
  if (question.workflow !== undefined && table === 'workflowPart') {
    add('t.workflow = ?', question.workflow)
    if (question.part !== undefined) add('t.part = ?', question.part)
  }
  if (question.naming && table === 'issue')
    add(`t.rowid IN (${naming})`, question.naming.projectIds, referenceTo(db, question.naming))
  if (marks) {
    const byId = among('CAST(t.id AS TEXT)')
    if (table === 'issue') add(`t.id ${marked}`, marks.propertyKeys, marks.fieldIds)
    else if (table === 'project')
      add(
        `t.id IN (SELECT y.projectId FROM issue y WHERE y.id ${marked})`,
        marks.propertyKeys,
        marks.fieldIds,
      )
    else if (table === 'property') add(among('t."key"'), marks.propertyKeys)
    else if (table === 'customField') add(byId, marks.fieldIds)
    else if (table === 'fieldValue') add(among('CAST(t.fieldId AS TEXT)'), marks.fieldIds)
    else if (table === 'filter') add(byId, marks.filterIds)
    else if (table === 'dashboard') add(byId, marks.dashboardIds)
    else if (table === 'appUse')
      add(`t.kind = 'workflow' AND ${among('t.subject')}`, marks.workflows)
    else if (table === 'appTable') add(among('t.name'), marks.tables)
    // Nothing else bears the mark of an app.
    else add('0')
  }
  return { where: where.join(' '), values }
}
