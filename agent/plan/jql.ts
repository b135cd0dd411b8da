/** A piece of JQL, with where it stands in the text. */
export interface JqlToken {
  text: string
  quoted: boolean
  start: number
  end: number
}
/** A value, or a call of a function with its arguments. */
export interface JqlValue {
  token: JqlToken
  args: JqlToken[] | null
}
export interface JqlClause {
  field: JqlToken
  /** In lower case: "=", "not in", "was", … */
  operator: string
  values: JqlValue[]
  /** Who it is that did it: WAS x BY y. */
  by: JqlValue[]
}
export interface Jql {
  clauses: JqlClause[]
  /** The fields that it sorts by. */
  order: JqlToken[]
}

const pattern =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(>=|<=|!=|!~|&&|\|\||[=<>~(),!&|])|([^\s=<>~(),"'!&|]+))/y

/** The words, strings and signs of JQL; null where a character has no place in it. */
export function tokens(jql: string): JqlToken[] | null {
  const found: JqlToken[] = []
  let at = 0
  while (jql.slice(at).trim() !== '') {
    pattern.lastIndex = at
    const match = pattern.exec(jql)
    if (!match) return null
    const string = match[1] ?? match[2]
    const end = pattern.lastIndex
    const start = end - match[0].trimStart().length
    found.push(
      string === undefined
        ? { text: match[3] ?? match[4] ?? '', quoted: false, start, end }
        : { text: string.replace(/\\(.)/g, '$1'), quoted: true, start, end },
    )
    at = end
  }
  return found
}

const joins = new Set(['and', 'or', '&', '&&', '|', '||'])
const operators = new Set(['=', '!=', '>', '>=', '<', '<=', '~', '!~', 'in', 'is', 'not', 'was'])
const predicates = new Set(['after', 'before', 'by', 'during', 'on', 'from', 'to'])

/** Reads JQL as far as names in it have to be found; null where it is none. */
export function readJql(jql: string): Jql | null {
  const all = tokens(jql)
  if (!all) return null
  let at = 0
  let wrong = false
  const word = (ahead = 0) => {
    const token = all[at + ahead]
    return token && !token.quoted ? token.text.toLowerCase() : undefined
  }
  const skip = (text: string) => {
    if (word() !== text) return false
    at += 1
    return true
  }
  const take = (): JqlToken => {
    const token = all[at]
    at += 1
    if (token) return token
    wrong = true
    return { text: '', quoted: true, start: 0, end: 0 }
  }
  const list = <T>(one: () => T): T[] => {
    const found = [one()]
    while (skip(',')) found.push(one())
    if (!skip(')')) wrong = true
    return found
  }
  const value = (): JqlValue => {
    const token = take()
    if (!token.quoted && /^[=<>~(),!&|]/.test(token.text)) wrong = true
    if (token.quoted || !skip('(')) return { token, args: null }
    return { token, args: skip(')') ? [] : list(take) }
  }
  const clause = (): JqlClause => {
    const field = take()
    let operator = take().text.toLowerCase()
    if (!operators.has(operator) && operator !== 'changed') wrong = true
    for (const more of { not: ['in'], is: ['not'], was: ['not', 'in'] }[operator] ?? [])
      if (skip(more)) operator += ` ${more}`
    const values = operator === 'changed' ? [] : skip('(') ? list(value) : [value()]
    const by: JqlValue[] = []
    if (/^(was|changed)/.test(operator))
      while (predicates.has(word() ?? '')) {
        const predicate = word() ?? ''
        at += 1
        const given = skip('(') ? list(value) : [value()]
        if (predicate === 'by') by.push(...given)
        // The others say when, which is the same everywhere.
        else if (predicate === 'from' || predicate === 'to') values.push(...given)
      }
    return { field, operator, values, by }
  }
  const found: Jql = { clauses: [], order: [] }
  const sorted = () => word() === 'order' && word(1) === 'by'
  let open = 0
  while (!wrong && at < all.length && !sorted()) {
    while (skip('not') || skip('!') || skip('(')) if (all[at - 1]?.text === '(') open += 1
    found.clauses.push(clause())
    while (skip(')')) open -= 1
    if (at < all.length && !sorted()) {
      if (!joins.has(word() ?? '')) wrong = true
      at += 1
    }
  }
  if (sorted()) {
    at += 2
    do {
      found.order.push(take())
      if (!skip('asc')) skip('desc')
    } while (skip(','))
  }
  return wrong || open !== 0 || at < all.length ? null : found
}

/** A value as it stands in JQL: in quotes unless it is a plain word or number. */
export const quoteJql = (text: string): string =>
  /^[A-Za-z0-9][\w-]*$/.test(text) && !/^(and|or|not|empty|null|order|in|is|was)$/i.test(text)
    ? text
    : `"${text.replace(/["\\]/g, '\\$&')}"`
