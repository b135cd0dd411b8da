import { type JqlToken, type JqlValue, tokens } from '../plan/jql.ts'
import { cannotTell } from './cannot-tell.ts'

/** One comparison; NOT has been worked into its operator. */
export interface Clause {
  field: JqlToken
  /** In lower case: "=", "not in", "was", … */
  operator: string
  values: JqlValue[]
}
export type Condition = { all: Condition[] } | { any: Condition[] } | { clause: Clause }

const operators = new Set(['=', '!=', '>', '>=', '<', '<=', '~', '!~', 'in', 'is', 'not', 'was'])

/** "NOT field = value" is the same as "field != value", and neither finds an empty field (Jira's documents). */
const opposite: Record<string, string> = {
  '=': '!=',
  '>': '<=',
  '>=': '<',
  '~': '!~',
  in: 'not in',
  is: 'is not',
}
const negated = (operator: string): string =>
  opposite[operator] ?? Object.keys(opposite).find((key) => opposite[key] === operator) ?? operator

/** People do not nest deeper; a hostile JQL would. */
const deepest = 100

const unreadable = () => cannotTell('Its JQL cannot be read.')

/**
 * The restriction of a JQL as a tree, null where it has none; how it sorts is left out. Throws CannotTell for
 * what is no JQL, and for the history of issues (was, changed).
 */
export function parseWhere(jql: string): Condition | null {
  const all = tokens(jql) ?? unreadable()
  let at = 0
  let depth = 0
  const word = (ahead = 0) => {
    const token = all[at + ahead]
    return token && !token.quoted ? token.text.toLowerCase() : undefined
  }
  const skip = (...texts: string[]) => {
    if (!texts.includes(word() ?? '')) return false
    at += 1
    return true
  }
  const take = (): JqlToken => {
    const token = all[at] ?? unreadable()
    at += 1
    if (!token.quoted && /^[=<>~(),!&|]/.test(token.text)) unreadable()
    return token
  }
  const list = <T>(one: () => T): T[] => {
    const found = [one()]
    while (skip(',')) found.push(one())
    if (!skip(')')) unreadable()
    return found
  }
  const value = (): JqlValue => {
    const token = take()
    if (token.quoted || !skip('(')) return { token, args: null }
    return { token, args: skip(')') ? [] : list(take) }
  }
  const clause = (no: boolean): Condition => {
    const field = take()
    let operator = all[at]?.quoted ? '' : (word() ?? '')
    at += 1
    if (operator === 'changed' || operator === 'was')
      cannotTell('It asks for the history of issues, by "was" or "changed".')
    if (!operators.has(operator)) unreadable()
    for (const more of { not: 'in', is: 'not' }[operator]?.split(' ') ?? [])
      if (skip(more)) operator += ` ${more}`
    if (operator === 'not') unreadable()
    const values = skip('(') ? list(value) : [value()]
    return { clause: { field, operator: no ? negated(operator) : operator, values } }
  }
  const unary = (no: boolean): Condition => {
    let not = no
    while (skip('not', '!')) not = !not
    if (!skip('(')) return clause(not)
    depth += 1
    if (depth > deepest) cannotTell('It is nested too deeply to be asked here.')
    const inner = either(not)
    depth -= 1
    if (!skip(')')) unreadable()
    return inner
  }
  // Under a NOT the words AND and OR change places.
  const joined = (found: Condition[], every: boolean): Condition =>
    found.length === 1 && found[0] ? found[0] : every ? { all: found } : { any: found }
  const both = (no: boolean): Condition => {
    const found = [unary(no)]
    while (skip('and', '&', '&&')) found.push(unary(no))
    return joined(found, !no)
  }
  const either = (no: boolean): Condition => {
    const found = [both(no)]
    while (skip('or', '|', '||')) found.push(both(no))
    return joined(found, no)
  }
  const sorted = () => word() === 'order' && word(1) === 'by'
  const found = all.length === 0 || sorted() ? null : either(false)
  if (at < all.length && !sorted()) unreadable()
  return found
}
