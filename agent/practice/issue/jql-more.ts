import { refuse } from '../answer.ts'
import { customId, typeOf } from '../custom/find.ts'
import type { Shape } from '../custom/types.ts'
import type { Thing } from '../kinds.ts'
import type { Call } from '../site.ts'
import { account } from '../views.ts'
import { NotSearched } from './jql-values.ts'
import type { Clause, Where } from './jql-where.ts'

/** An issue's values as rows of SQL: `value` of what a path of its data holds, one or several. */
const held = (path: string) =>
  `SELECT 1 FROM json_each(issue.data, '$.${path}') AS each WHERE each.type NOT IN ('null', 'object')`

const negative = ({ operator }: Clause) => operator === '!=' || operator === 'not in'

/** Whether one of the values is among these; a negative operator finds only what has a value at all. */
function has(clause: Clause, path: string, list: (string | number)[], read = 'each.value'): Where {
  if (clause.operator === 'is') return { sql: `NOT EXISTS (${held(path)})`, values: [] }
  if (clause.operator === 'is not') return { sql: `EXISTS (${held(path)})`, values: [] }
  if (!['=', 'in', '!=', 'not in'].includes(clause.operator))
    refuse(
      400,
      `The operator '${clause.operator}' is not supported by the '${clause.field}' field.`,
    )
  const found = `EXISTS (${held(path)} AND ${read} IN (${list.map(() => '?').join(', ')}))`
  return negative(clause)
    ? { sql: `EXISTS (${held(path)}) AND NOT ${found}`, values: list }
    : { sql: found, values: list }
}

function compared(clause: Clause, path: string, list: (string | number)[]): Where {
  if (!/^[<>]=?$/.test(clause.operator)) return has(clause, path, list)
  const sql = `EXISTS (${held(path)} AND each.value ${clause.operator} ?)`
  return { sql, values: list.slice(0, 1) }
}

const unknown = (value: string, field: string) =>
  refuse(400, `The value '${value}' does not exist for the field '${field}'.`)

/** Things of a kind that carry this name, or this number. */
function called(
  call: Call,
  kind: 'component' | 'version' | 'project' | 'group',
  { field, values }: Clause,
): number[] {
  return values.flatMap((value) => {
    const all = call.store.all(kind) as Thing<'component'>[]
    const named = all.filter(({ data }) => data.name.toLowerCase() === value.toLowerCase())
    const keyed = all.filter(({ data }) => 'key' in data && data.key === value.toUpperCase())
    const found = named.length
      ? named
      : keyed.length
        ? keyed
        : all.filter(({ id }) => String(id) === value)
    return found.length ? found.map(({ id }) => id) : unknown(value, field)
  })
}

/** Parts of projects, and words in the texts of an issue. null: the clause is about something else. */
export function more(call: Call, clause: Clause, day: (value: string) => number): Where | null {
  const dates = (values: string[]) =>
    values.map((value) => new Date(day(value)).toISOString().slice(0, 10))
  switch (clause.field) {
    case 'component':
      return has(clause, 'components', called(call, 'component', clause))
    case 'fixversion':
      return has(clause, 'fixVersions', called(call, 'version', clause))
    case 'affectedversion':
      return has(clause, 'versions', called(call, 'version', clause))
    case 'due':
    case 'duedate':
      return compared(clause, 'duedate', dates(clause.values))
    case 'summary':
    case 'description':
    case 'environment':
      return said(clause, [`json_extract(issue.data, '$.${clause.field}')`])
    case 'text':
      return said(clause, [
        'issue.data',
        `(SELECT group_concat(data, ' ') FROM thing WHERE kind = 'comment' AND owner = issue.id)`,
      ])
    case 'comment':
      return said(clause, [
        `(SELECT group_concat(json_extract(data, '$.body'), ' ') FROM thing WHERE kind = 'comment' AND owner = issue.id)`,
      ])
    default:
      return null
  }
}

function said(clause: Clause, texts: string[]): Where {
  const filled = texts.map((text) => `coalesce(${text}, '') <> ''`).join(' OR ')
  if (clause.operator === 'is') return { sql: `NOT (${filled})`, values: [] }
  if (clause.operator === 'is not') return { sql: `(${filled})`, values: [] }
  if (clause.operator !== '~' && clause.operator !== '!~')
    refuse(
      400,
      `The operator '${clause.operator}' is not supported by the '${clause.field}' field.`,
    )
  const found = `(${texts.map((text) => `says(${text}, ?)`).join(' OR ')})`
  const values = texts.map(() => clause.values[0] ?? '')
  return clause.operator === '~'
    ? { sql: found, values }
    : { sql: `(${filled}) AND NOT ${found}`, values }
}

/** A clause about a custom field: by its values, or by words in it. */
export function customWhere(
  call: Call,
  field: Thing<'customField'>,
  clause: Clause,
  time: (value: string) => number,
): Where {
  const { shape } = typeOf(field)
  const path = `custom.${customId(field.id)}`
  const own: Partial<Record<Shape, () => Where>> = {
    option: () => has(clause, path, optionIds(call, field, clause)),
    'two options': () => twoOptions(clause, path, optionIds(call, field, clause)),
    number: () => compared(clause, path, clause.values.map(Number)),
    date: () =>
      compared(
        clause,
        path,
        clause.values.map((value) => new Date(time(value)).toISOString().slice(0, 10)),
      ),
    time: () => compared(clause, path, clause.values.map(time)),
    label: () => has(clause, path, clause.values),
    address: () =>
      has(
        clause,
        path,
        clause.values.map((value) => value.toLowerCase()),
        'lower(each.value)',
      ),
    user: () => has(clause, path, accounts(call, clause)),
    group: () => has(clause, path, called(call, 'group', clause)),
    version: () => has(clause, path, called(call, 'version', clause)),
    project: () => has(clause, path, called(call, 'project', clause)),
    text: () => said(clause, [`json_extract(issue.data, '$.${path}')`]),
    'rich text': () => said(clause, [`json_extract(issue.data, '$.${path}')`]),
  }
  const work = own[shape]
  if (!work) throw new NotSearched(`the field '${clause.field}'`)
  return work()
}

/** A cascading list keeps an object of its two choices. */
function twoOptions(clause: Clause, path: string, list: number[]): Where {
  const any = `json_extract(issue.data, '$.${path}.parent') IS NOT NULL`
  if (clause.operator === 'is') return { sql: `NOT (${any})`, values: [] }
  if (clause.operator === 'is not') return { sql: any, values: [] }
  const marks = list.map(() => '?').join(', ')
  const found = ['parent', 'child']
    .map((name) => `coalesce(json_extract(issue.data, '$.${path}.${name}') IN (${marks}), 0)`)
    .join(' OR ')
  const values = [...list, ...list]
  return negative(clause)
    ? { sql: `${any} AND NOT (${found})`, values }
    : { sql: `(${found})`, values }
}

function optionIds(call: Call, field: Thing<'customField'>, { values }: Clause): number[] {
  const all = call.store
    .all('fieldContext', field.id)
    .flatMap(({ id }) => call.store.all('fieldOption', id))
  return values.flatMap((value) => {
    const named = all.filter(({ data }) => data.value.toLowerCase() === value.toLowerCase())
    const found = named.length ? named : all.filter(({ id }) => String(id) === value)
    return found.length
      ? found.map(({ id }) => id)
      : refuse(400, `The option '${value}' for field '${field.data.name}' does not exist.`)
  })
}

function accounts(call: Call, { field, values }: Clause): string[] {
  for (const value of values) if (!account(call.store, value)) unknown(value, field)
  return values
}
