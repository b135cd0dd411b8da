import { refuse } from './answer.ts'

/** One clause of a search; fields are in lower case. */
export interface Clause {
  field: string
  operator: '=' | '!=' | 'in' | 'not in' | '>' | '>=' | '<' | '<=' | '~' | 'is' | 'is not'
  values: string[]
}
export interface Query {
  clauses: Clause[]
  order: { field: string; descending: boolean }[]
}

const fields = new Set([
  ...['project', 'key', 'issuekey', 'issue', 'id', 'issuetype', 'type', 'status', 'labels'],
  ...['text', 'summary', 'created', 'updated', 'parent', 'priority', 'resolution'],
  ...['assignee', 'reporter', 'statuscategory'],
])
const sortable = new Set([
  'key',
  'issuekey',
  'id',
  'created',
  'updated',
  'rank',
  'project',
  'status',
  'summary',
])
const operators = ['=', '!=', '>', '>=', '<', '<=', '~']

interface Token {
  text: string
  quoted: boolean
}

function tokens(jql: string): Token[] {
  const found: Token[] = []
  const pattern =
    /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(>=|<=|!=|[=<>~(),])|([^\s=<>~(),"'!]+))/y
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

/** Reads the part of JQL that this site knows: clauses joined by AND, and ORDER BY. Anything else is refused as Jira refuses a mistake. */
export function parseJql(jql: string): Query {
  const all = tokens(jql)
  let at = 0
  const word = () => {
    const token = all[at]
    return token && !token.quoted ? token.text.toLowerCase() : undefined
  }
  const take = (): Token => {
    const token = all[at]
    at += 1
    return (
      token ??
      refuse(
        400,
        `Error in the JQL Query: Expecting either a value, list or function but reached the end of the query.`,
      )
    )
  }
  const expect = (text: string) => {
    const token = take()
    if (token.text.toLowerCase() !== text)
      refuse(400, `Error in the JQL Query: Expecting '${text}' but got '${token.text}'.`)
  }
  const values = (): string[] => {
    if (word() !== '(') {
      const { text, quoted } = take()
      if (!quoted && word() === '(') refuse(400, `Unable to find JQL function '${text}()'.`)
      return [text]
    }
    at += 1
    const list = [take().text]
    while (word() === ',') {
      at += 1
      list.push(take().text)
    }
    expect(')')
    return list
  }
  const clause = (): Clause => {
    const field = take().text
    if (!fields.has(field.toLowerCase()))
      refuse(400, `Field '${field}' does not exist or you do not have permission to view it.`)
    const first = take().text.toLowerCase()
    const second = (first === 'not' && word() === 'in') || (first === 'is' && word() === 'not')
    const operator = second ? `${first} ${take().text.toLowerCase()}` : first
    if (![...operators, 'in', 'not in', 'is', 'is not'].includes(operator))
      refuse(
        400,
        `Error in the JQL Query: Expecting operator but got '${first}'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.`,
      )
    return {
      field: field.toLowerCase(),
      operator: operator as Clause['operator'],
      values: values(),
    }
  }
  const query: Query = { clauses: [], order: [] }
  if (word() !== 'order' && all.length > 0) {
    query.clauses.push(clause())
    while (word() === 'and') {
      at += 1
      query.clauses.push(clause())
    }
  }
  if (word() === 'order') {
    at += 1
    expect('by')
    do {
      if (query.order.length > 0) at += 1
      const field = take().text
      if (!sortable.has(field.toLowerCase()))
        refuse(400, `Not able to sort using field '${field}'.`)
      const direction = word()
      if (direction === 'asc' || direction === 'desc') at += 1
      query.order.push({ field: field.toLowerCase(), descending: direction === 'desc' })
    } while (word() === ',')
  }
  const rest = all[at]
  if (rest)
    refuse(400, `Error in the JQL Query: Expecting either 'OR' or 'AND' but got '${rest.text}'.`)
  return query
}
