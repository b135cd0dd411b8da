import { refuse } from '../answer.ts'
import type { Call } from '../site.ts'
import { account } from '../views.ts'
import { findIssue, findProject } from './find.ts'
import { customWhere, more } from './jql-more.ts'
import { NotSearched } from './jql-values.ts'

/** A clause with its functions worked out. */
export interface Clause {
  field: string
  operator: string
  values: string[]
}

export interface Where {
  sql: string
  values: (string | number)[]
}

export const marks = (list: unknown[]) => list.map(() => '?').join(', ')

type Extra = 'projectCategory' | 'sprint' | 'filter'

export function ids(
  call: Call,
  { field, values }: Clause,
  kind: 'issueType' | 'status' | 'priority' | 'resolution' | Extra,
) {
  return values.map(
    (value) =>
      (call.store.byName(kind, value) ?? call.store.get(kind, value) ?? sprint(call, kind, value))
        ?.id ?? refuse(400, `The value '${value}' does not exist for the field '${field}'.`),
  )
}

/** Sprints belong to boards, so a name alone does not find them in the store. */
const sprint = (call: Call, kind: string, name: string) =>
  kind === 'sprint'
    ? call.store.all('sprint').find(({ data }) => data.name.toLowerCase() === name.toLowerCase())
    : undefined

/** Milliseconds of a JQL date, which is "yyyy-MM-dd" or "yyyy-MM-dd HH:mm", or so long ago as "-2d". */
function time(call: Call, value: string): number {
  const relative = /^(-?\d+)([wdhm])$/.exec(value)
  const unit = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 }[relative?.[2] ?? '']
  if (relative && unit) return call.site.now() + Number(relative[1]) * unit
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(value)
  if (!parts)
    refuse(
      400,
      `Date value '${value}' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    )
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0))
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute)
}

function compare({ operator, field }: Clause): string {
  if (['=', '!=', '>', '>=', '<', '<='].includes(operator)) return operator
  return refuse(400, `The operator '${operator}' is not supported by the '${field}' field.`)
}

/** A clause over a column that holds ids; negative operators do not find empty values, as in JQL. */
function among({ operator, field }: Clause, column: string, list: (string | number)[]): Where {
  if (operator === '=' || operator === 'in')
    return { sql: `${column} IN (${marks(list)})`, values: list }
  if (operator === '!=' || operator === 'not in')
    return { sql: `${column} NOT IN (${marks(list)})`, values: list }
  return refuse(400, `The operator '${operator}' is not supported by the '${field}' field.`)
}

function emptiness(clause: Clause, column: string): Where | null {
  if (clause.operator !== 'is' && clause.operator !== 'is not') return null
  const no = clause.operator === 'is' ? '' : 'NOT '
  return { sql: `${column} IS ${no}NULL`, values: [] }
}

/** The SQL of one clause. */
export function where(call: Call, clause: Clause): Where {
  const json = (field: string) => `json_extract(issue.data, '$.${field}')`
  switch (clause.field) {
    case 'project': {
      const found = clause.values.map(
        (value) =>
          (findProject(call.store, value) ?? call.store.byName('project', value))?.id ??
          refuse(400, `The value '${value}' does not exist for the field 'project'.`),
      )
      return among(clause, 'issue.projectId', found)
    }
    case 'key':
    case 'issuekey':
    case 'issue':
    case 'id':
      return keys(call, clause)
    case 'parent': {
      const found = clause.values.map((value) => findIssue(call.store, value)?.id ?? 0)
      return emptiness(clause, 'issue.parentId') ?? among(clause, 'issue.parentId', found)
    }
    case 'type':
    case 'issuetype':
      return among(clause, 'issue.typeId', ids(call, clause, 'issueType'))
    case 'status':
      return among(clause, 'issue.statusId', ids(call, clause, 'status'))
    case 'statuscategory': {
      const wanted = clause.values.map((value) => value.toLowerCase().replace(' ', ''))
      const found = call.store
        .all('status')
        .filter(({ data }) => wanted.includes(data.category.toLowerCase().replace('_', '')))
      return among(
        clause,
        'issue.statusId',
        found.map(({ id }) => id),
      )
    }
    case 'priority':
    case 'resolution': {
      const column = json(`${clause.field}Id`)
      const isUnresolved = (value: string) => value.toLowerCase() === 'unresolved'
      if (clause.field === 'resolution' && clause.values.some(isUnresolved)) {
        const not = clause.operator === '!=' || clause.operator === 'not in'
        const others = clause.values.filter((value) => !isUnresolved(value))
        const none = `${column} IS ${not ? 'NOT ' : ''}NULL`
        if (others.length === 0) return { sql: none, values: [] }
        const rest = among(clause, column, ids(call, { ...clause, values: others }, 'resolution'))
        return { sql: `(${none} ${not ? 'AND' : 'OR'} ${rest.sql})`, values: rest.values }
      }
      return emptiness(clause, column) ?? among(clause, column, ids(call, clause, clause.field))
    }
    case 'assignee':
    case 'reporter':
    case 'creator': {
      const column = json(clause.field)
      return emptiness(clause, column) ?? among(clause, column, people(call, clause))
    }
    case 'category': {
      const empty = "json_extract(data, '$.categoryId')"
      const own = "SELECT id FROM thing WHERE kind = 'project' AND"
      const none = emptiness(clause, empty)
      if (none) return { sql: `issue.projectId IN (${own} ${none.sql})`, values: [] }
      const found = among(clause, empty, ids(call, clause, 'projectCategory'))
      return { sql: `issue.projectId IN (${own} ${found.sql})`, values: found.values }
    }
    case 'sprint': {
      const any = 'SELECT issueId FROM sprintIssue'
      if (clause.operator === 'is') return { sql: `issue.id NOT IN (${any})`, values: [] }
      if (clause.operator === 'is not') return { sql: `issue.id IN (${any})`, values: [] }
      const found = among({ ...clause, operator: 'in' }, 'sprintId', ids(call, clause, 'sprint'))
      const within = `issue.id IN (${any} WHERE ${found.sql})`
      const not = clause.operator === '!=' || clause.operator === 'not in'
      return {
        sql: not ? `issue.id IN (${any}) AND NOT ${within}` : within,
        values: found.values,
      }
    }
    case 'labels': {
      const each = `EXISTS (SELECT 1 FROM json_each(issue.data, '$.labels') AS label`
      if (clause.operator === 'is') return { sql: `NOT ${each})`, values: [] }
      if (clause.operator === 'is not') return { sql: `${each})`, values: [] }
      const inner = among({ ...clause, operator: 'in' }, 'label.value', clause.values)
      const within = `${each} WHERE ${inner.sql})`
      const not = clause.operator === '!=' || clause.operator === 'not in'
      return { sql: not ? `${each}) AND NOT ${within}` : within, values: inner.values }
    }
    case 'created':
    case 'createddate':
    case 'updated':
    case 'updateddate': {
      const column = clause.field.replace('date', '')
      const value = time(call, clause.values[0] ?? '')
      return { sql: `issue.${column} ${compare(clause)} ?`, values: [value] }
    }
    default:
      return elsewhere(call, clause)
  }
}

function elsewhere(call: Call, clause: Clause): Where {
  const at = (value: string) => time(call, value)
  const found = more(call, clause, at)
  if (found) return found
  const number = /^cf\[(\d+)\]$/.exec(clause.field)?.[1]
  const field = call.store
    .all('customField')
    .find(({ id, data }) =>
      number ? String(id) === number : data.name.toLowerCase() === clause.field,
    )
  if (field) return customWhere(call, field, clause, at)
  throw new NotSearched(`the field '${clause.field}'`)
}

/** People go by their account's id. */
function people(call: Call, { field, values }: Clause): string[] {
  for (const value of values)
    if (!account(call.store, value))
      refuse(400, `The value '${value}' does not exist for the field '${field}'.`)
  return values
}

/** Keys are compared by their numbers within a project; an equal key has to exist. */
function keys(call: Call, clause: Clause): Where {
  if (['>', '>=', '<', '<='].includes(clause.operator)) {
    const value = clause.values[0] ?? ''
    const parts = /^([A-Za-z][A-Za-z0-9_]*)-(\d+)$/.exec(value)
    if (!parts) {
      const id = /^\d+$/.test(value)
        ? Number(value)
        : refuse(400, `The issue key '${value}' for field 'key' is invalid.`)
      return { sql: `issue.id ${clause.operator} ?`, values: [id] }
    }
    const project = findProject(call.store, parts[1] ?? '')
    return {
      sql: `issue.projectId = ? AND issue.number ${clause.operator} ?`,
      values: [project?.id ?? 0, Number(parts[2])],
    }
  }
  const found = clause.values.map(
    (value) =>
      findIssue(call.store, value)?.id ??
      refuse(400, `An issue with key '${value}' does not exist for field '${clause.field}'.`),
  )
  return among(clause, 'issue.id', found)
}
