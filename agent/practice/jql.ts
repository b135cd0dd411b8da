import { refuse } from './answer.ts'
import { jqlFunctions } from './jql-words.ts'

/** A value, or a call of a function with its arguments. */
export interface Operand {
  text: string
  /** null = a plain value. */
  args: string[] | null
}
/** One clause of a search; fields are in lower case. */
export interface Clause {
  field: string
  operator: string
  values: Operand[]
}
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { clause: Clause }
export interface Query {
  /** null = no restriction at all. */
  where: Condition | null
  order: { field: string; descending: boolean }[]
}

const operators = ['=', '!=', '>', '>=', '<', '<=', '~', '!~']
const history = ['was', 'was not', 'was in', 'was not in', 'changed']

interface Token {
  text: string
  quoted: boolean
}

function tokens(jql: string): Token[] {
  const found: Token[] = []
  const pattern =
    /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(>=|<=|!=|!~|&&|\|\||[=<>~(),!])|([^\s=<>~(),"'!&|]+))/y
  let at = 0
  while (jql.slice(at).trim() !== '') {
    pattern.lastIndex = at
    const match = pattern.exec(jql)
    if (!match)
      refuse(
        400,
        `Error in the JQL Query: The character '${jql.slice(at).trim()[0]}' is a reserved JQL character. (line 1, character ${at + 1})`,
      )
    const string = match[1] ?? match[2]
    found.push(
      string === undefined
        ? { text: match[3] ?? match[4] ?? '', quoted: false }
        : { text: string.replace(/\\(.)/g, '$1'), quoted: true },
    )
    at = pattern.lastIndex
  }
  return found
}

/** Reads JQL as it is documented. What is no JQL is refused as Jira refuses a mistake. */
export function parseJql(jql: string): Query {
  const all = tokens(jql)
  let at = 0
  const word = (ahead = 0) => {
    const token = all[at + ahead]
    return token && !token.quoted ? token.text.toLowerCase() : undefined
  }
  const skip = (...texts: string[]) => {
    if (!texts.includes(word() ?? '')) return false
    at += 1
    return true
  }
  const take = (): Token => {
    const token = all[at]
    at += 1
    return (
      token ??
      refuse(
        400,
        'Error in the JQL Query: Expecting either a value, list or function but reached the end of the query.',
      )
    )
  }
  const expect = (text: string) => {
    const token = take()
    if (token.quoted || token.text.toLowerCase() !== text)
      refuse(400, `Error in the JQL Query: Expecting '${text}' but got '${token.text}'.`)
  }
  const list = <T>(one: () => T): T[] => {
    const found = [one()]
    while (skip(',')) found.push(one())
    expect(')')
    return found
  }
  const operand = (): Operand => {
    const { text, quoted } = take()
    if (!quoted && /^[=<>~(),!&|]/.test(text))
      refuse(400, `Error in the JQL Query: Expecting a value or function but got '${text}'.`)
    if (word() !== '(') return { text, args: null }
    at += 1
    if (!jqlFunctions.has(text.toLowerCase()))
      refuse(400, `Unable to find JQL function '${text}(...)'.`)
    return { text: text.toLowerCase(), args: skip(')') ? [] : list(() => take().text) }
  }
  const clause = (): Clause => {
    const field = take()
    if (!field.quoted && /^[=<>~(),!&|]/.test(field.text))
      refuse(400, `Error in the JQL Query: Expecting a field name but got '${field.text}'.`)
    const name = field.text.toLowerCase()
    let operator = take().text.toLowerCase()
    for (const more of { not: ['in'], is: ['not'], was: ['not', 'in'] }[operator] ?? [])
      if (skip(more)) operator += ` ${more}`
    const known = [...operators, 'in', 'not in', 'is', 'is not', ...history]
    if (!known.includes(operator))
      refuse(
        400,
        `Error in the JQL Query: Expecting operator but got '${operator}'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.`,
      )
    const values = operator === 'changed' ? [] : skip('(') ? list(operand) : [operand()]
    // The predicates of history: WAS x BY y AFTER z, CHANGED FROM x TO y.
    if (history.includes(operator))
      while (skip('after', 'before', 'by', 'during', 'on', 'from', 'to'))
        if (skip('(')) list(operand)
        else operand()
    return { field: name, operator, values }
  }
  const unary = (): Condition => {
    if (skip('not', '!')) return { not: unary() }
    if (!skip('(')) return { clause: clause() }
    const inner = either()
    expect(')')
    return inner
  }
  const both = (): Condition => {
    const found = [unary()]
    while (skip('and', '&', '&&')) found.push(unary())
    return found.length === 1 && found[0] ? found[0] : { all: found }
  }
  const either = (): Condition => {
    const found = [both()]
    while (skip('or', '|', '||')) found.push(both())
    return found.length === 1 && found[0] ? found[0] : { any: found }
  }

  const sorted = () => word() === 'order' && word(1) === 'by'
  const query: Query = { where: all.length === 0 || sorted() ? null : either(), order: [] }
  if (skip('order')) {
    expect('by')
    do {
      const field = take().text.toLowerCase()
      const descending = skip('desc')
      if (!descending) skip('asc')
      query.order.push({ field, descending })
    } while (skip(','))
  }
  const rest = all[at]
  if (rest)
    refuse(400, `Error in the JQL Query: Expecting either 'OR' or 'AND' but got '${rest.text}'.`)
  return query
}
