import type { JqlValue } from '../plan/jql.ts'
import { fold } from '../plan/names.ts'
import { cannotTell } from './cannot-tell.ts'
import { customField, options } from './custom.ts'
import { dateFunction, dayLetters, wallClock } from './dates.ts'
import { type Field, resolverOf, systemFields } from './field.ts'
import { callFunction } from './functions.ts'
import { filter, issue, priority } from './names.ts'
import { type Clause, type Condition, parseWhere } from './parse.ts'
import { among, type Comparable, compared, empty, join, type Sql } from './shape.ts'
import type { Source } from './source.ts'
import { textClause, textField } from './text.ts'

/** The SQL of a restriction. Throws CannotTell for what the snapshot cannot answer. */
export function compile(source: Source, condition: Condition): Sql {
  if ('clause' in condition) return clauseSql(source, condition.clause)
  if ('all' in condition)
    return join(
      condition.all.map((one) => compile(source, one)),
      'AND',
    )
  return join(
    condition.any.map((one) => compile(source, one)),
    'OR',
  )
}

const isEmpty = ({ token, args }: JqlValue) =>
  args === null && !token.quoted && /^(empty|null)$/i.test(token.text)
const negative = (operator: string) => /^(!=|not in|is not)$/.test(operator)

function clauseSql(source: Source, clause: Clause): Sql {
  const name = fold(clause.field.text)
  if (/^(filter|request|savedfilter|searchrequest)$/.test(name)) return filterSql(source, clause)
  const texts = textField(name)
  if (texts) return textClause(source, texts, clause.operator, wordsOf(clause))
  const system = systemFields[name]
  if (system) return fieldSql(source, system, clause)
  const notAnswered = unanswered[name]
  if (notAnswered) return cannotTell(notAnswered)
  const custom = customField(source, clause.field.text)
  if ('field' in custom) return fieldSql(source, custom.field, clause)
  return textClause(source, custom.texts, clause.operator, wordsOf(clause))
}

/** Fields of Jira's that the snapshot does not answer for, with the reason. */
const unanswered: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['lastviewed', 'workratio', 'projecttype', 'issuelinktype', 'worklogdate'].map((name) => [
      name,
      `It asks for ${name}, which is not looked at here.`,
    ]),
  ),
  ...Object.fromEntries(
    ['originalestimate', 'remainingestimate', 'timespent', 'timeestimate', 'worklogcomment'].map(
      (name) => [name, `It asks for ${name}, which is not looked at here.`],
    ),
  ),
}

/** The words of a search, null for EMPTY. */
function wordsOf({ values }: Clause): string | null {
  const [value] = values
  if (!value || values.length > 1 || value.args !== null)
    return cannotTell('It searches a text for something else than words.')
  return isEmpty(value) ? null : value.token.text
}

function fieldSql(source: Source, field: Field, clause: Clause): Sql {
  const { operator, values } = clause
  const not = negative(operator)
  if (/^(=|!=|in|not in|is|is not)$/.test(operator)) {
    const others = values.filter((value) => !isEmpty(value) && !unresolved(field, value))
    const parts: Sql[] = []
    if (others.length < values.length) parts.push(empty(field.shape, not))
    if (others.length > 0) {
      if (operator.startsWith('is')) cannotTell('It says "is" of something else than EMPTY.')
      parts.push(
        among(
          field.shape,
          others.flatMap((value) => comparables(source, field, value)),
          not,
        ),
      )
    }
    // EMPTY may stand among other values: whatever has one of them, or none.
    return join(parts, not ? 'AND' : 'OR')
  }
  const [value] = values
  if (!/^[<>]=?$/.test(operator) || !value || values.length > 1 || isEmpty(value))
    return cannotTell(`The source would refuse "${operator}" for ${clause.field.text} itself.`)
  return ordered(source, field, operator, value)
}

const unresolved = ({ kind }: Field, { token, args }: JqlValue) =>
  kind === 'resolution' && args === null && fold(token.text) === 'unresolved'

function comparables(source: Source, field: Field, { token, args }: JqlValue): Comparable[] {
  if (field.kind === 'date' || field.kind === 'day') return [clock(source, field, { token, args })]
  if (args !== null)
    return callFunction(
      source,
      field.kind,
      token.text,
      args.map(({ text }) => text),
    )
  if (field.kind === 'option') return options(source, field.fieldId ?? -1, token.text)
  const resolve = resolverOf(field.kind)
  return resolve ? resolve(source, token.text) : cannotTell('It compares what has no values.')
}

function clock(source: Source, field: Field, { token, args }: JqlValue): string {
  const at =
    args === null
      ? wallClock(token.text, source.now)
      : dateFunction(
          token.text.toLowerCase(),
          args.map(({ text }) => text),
          source.now,
        )
  if (at === null) {
    callFunction(source, field.kind, token.text, [])
    return cannotTell(`It asks the function ${token.text}() for a date.`)
  }
  if (field.kind === 'day') return at.slice(0, dayLetters)
  if (/\d:\d\d/.test(token.text))
    source.notes.add(
      `Times in its JQL are read in the source's time zone (${source.now.zoneName}); the site reads them in that of whoever asks.`,
    )
  return at
}

function ordered(source: Source, field: Field, operator: string, value: JqlValue): Sql {
  const { kind, shape } = field
  if (kind === 'issue' && 'one' in shape) return afterKey(source, operator, value.token.text)
  if (kind === 'priority') {
    // The first of the list is the highest, so the greater priority has the smaller number.
    const [id] = priority(source, value.token.text)
    const turned = operator.startsWith('>') ? '<' : '>'
    const sql = `SELECT id FROM priority WHERE sequence ${turned}${operator.slice(1)} (SELECT sequence FROM priority WHERE id = ?)`
    const list = source.all(sql, id ?? -1).map((row) => row.id as Comparable)
    return among(shape, list, false)
  }
  if (kind !== 'date' && kind !== 'day' && kind !== 'number')
    return cannotTell(`It compares by order what is not compared so here (${operator}).`)
  const list = comparables(source, field, value)
  return compared(shape, (text) => `${text} ${operator} ?`, list)
}

/** Keys are compared by their numbers, within a project. */
function afterKey(source: Source, operator: string, key: string): Sql {
  const [id] = issue(source, key)
  const [row] = source.all('SELECT projectId, number FROM issue WHERE id = ?', id ?? -1)
  const values = [Number(row?.projectId), Number(row?.number)]
  return { sql: `(i.projectId = ? AND i.number ${operator} ?)`, values }
}

/** All that another filter finds. */
function filterSql(source: Source, { operator, values }: Clause): Sql {
  if (!/^(=|!=|in|not in)$/.test(operator) || values.some(isEmpty))
    cannotTell('It asks for a filter in a way that is not read here.')
  const ids = values.flatMap(({ token }) => filter(source, token.text))
  const parts = ids.map((id) => {
    if (source.open.has(String(id))) cannotTell('Its filter stands on itself.')
    const [row] = source.all('SELECT jql FROM filter WHERE id = ?', id)
    const where = parseWhere(String(row?.jql ?? ''))
    const inside = { ...source, open: new Set([...source.open, String(id)]) }
    return where ? compile(inside, where) : { sql: '1', values: [] }
  })
  const found = join(parts, 'OR')
  return negative(operator) ? { sql: `NOT ${found.sql}`, values: found.values } : found
}
