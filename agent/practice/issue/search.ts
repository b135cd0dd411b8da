import { refuse } from '../answer.ts'
import { parseJql } from '../jql.ts'
import type { Issue } from '../kinds.ts'
import type { Call } from '../site.ts'
import { checkSort, condition } from './conditions.ts'
import { asIssue } from './find.ts'
import { marks } from './jql-where.ts'

const columns: Record<string, string> = {
  key: 'issue.projectId DIR, issue.number DIR',
  issuekey: 'issue.projectId DIR, issue.number DIR',
  id: 'issue.id DIR',
  created: 'issue.created DIR',
  updated: 'issue.updated DIR',
  rank: 'issue.id DIR',
  project: 'issue.projectId DIR',
  status: 'issue.statusId DIR',
  summary: `json_extract(issue.data, '$.summary') DIR`,
}

function build(call: Call, jql: string) {
  const { where: restriction, order } = parseJql(jql)
  for (const { field } of order) checkSort(call, field)
  const parts = restriction ? [condition(call, restriction)] : []
  const trashed = call.store.all('project').filter(({ data }) => data.deleted)
  const hidden = `issue.projectId NOT IN (${marks(trashed)})`
  return {
    bounded: restriction !== null,
    where: [hidden, ...parts.map(({ sql }) => `(${sql})`)].join(' AND '),
    values: [...trashed.map(({ id }) => id), ...parts.flatMap(({ values }) => values)],
    order: [
      ...order.map(({ field, descending }) =>
        (columns[field] ?? 'issue.id DIR').replaceAll('DIR', descending ? 'DESC' : 'ASC'),
      ),
      // Without an order the newest come first.
      order.length === 0 ? 'issue.id DESC' : 'issue.id ASC',
    ].join(', '),
  }
}

/** A page of what a query finds; a query without any restriction is refused. */
export function search(call: Call, jql: string, startAt: number, limit: number): Issue[] {
  const query = build(call, jql)
  if (!query.bounded)
    refuse(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    )
  const sql = `SELECT issue.* FROM issue WHERE ${query.where} ORDER BY ${query.order} LIMIT ? OFFSET ?`
  return call.store.rows(sql, ...query.values, limit, startAt).map(asIssue)
}

export function countFound(call: Call, jql: string): number {
  const query = build(call, jql)
  const sql = `SELECT count(*) AS n FROM issue WHERE ${query.where}`
  return Number(call.store.row(sql, ...query.values)?.n)
}
