/** A comparison in a JQL text: the field as it is written, its operator, and the plain values; functions have none. */
export interface JqlClause {
  field: string
  operator: string
  values: string[]
}

type Token = { text: string; quoted: boolean }

/** Names, quoted texts, operators and brackets; JQL's reserved words are told by their letters, see clauses. */
const tokens = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(!=|!~|<=|>=|[=~<>(),])|([^\s"'=!<>~(),]+)/g
const comparing = new Set(['=', '!=', '~', '!~', '<', '>', '<=', '>='])

function* read(jql: string): Generator<Token> {
  for (const [, double, single, sign, word] of jql.matchAll(tokens)) {
    const quoted = double ?? single
    if (quoted !== undefined) yield { text: quoted.replace(/\\(.)/g, '$1'), quoted: true }
    else yield { text: sign ?? word ?? '', quoted: false }
  }
}

/**
 * The comparisons of a JQL text. It is no parser of JQL: it finds `field operator value(s)` wherever they stand
 * and steps over the rest, so what it does not understand it does not speak of.
 */
export function clauses(jql: string): JqlClause[] {
  const all = [...read(jql)]
  const found: JqlClause[] = []
  const word = (at: number) => (all[at]?.quoted ? '' : (all[at]?.text.toLowerCase() ?? ''))
  for (let at = 0; at < all.length; at += 1) {
    const field = all[at]
    if (!field || (!field.quoted && /^([=!<>~(),]+|and|or|not|order|by)$/i.test(field.text)))
      continue
    if (word(at) === 'order' || (word(at - 1) === 'by' && word(at - 2) === 'order')) break
    let next = at + 1
    let operator = word(next)
    if (operator === 'not' && word(next + 1) === 'in') {
      operator = 'not in'
      next += 1
    }
    const list = operator === 'in' || operator === 'not in'
    if (!list && !comparing.has(operator)) {
      // "is empty", "was X", "changed": no values to look up, but the field is named.
      if (['is', 'was', 'changed'].includes(operator))
        found.push({ field: field.text, operator, values: [] })
      continue
    }
    const clause: JqlClause = { field: field.text, operator, values: [] }
    at = list ? readList(all, next + 1, clause) : readOne(all, next + 1, clause)
    found.push(clause)
  }
  return found
}

/** @returns the last token that it took */
function readOne(all: Token[], at: number, clause: JqlClause): number {
  const value = all[at]
  if (!value) return at
  if (!value.quoted && all[at + 1]?.text === '(' && !all[at + 1]?.quoted)
    return closing(all, at + 1)
  clause.values.push(value.text)
  return at
}

function readList(all: Token[], at: number, clause: JqlClause): number {
  if (all[at]?.text !== '(') return readOne(all, at, clause)
  const end = closing(all, at)
  for (let i = at + 1; i < end; i += 1) {
    const value = all[i]
    if (!value || (!value.quoted && /^[(),]$/.test(value.text))) continue
    if (!value.quoted && all[i + 1]?.text === '(') i = closing(all, i + 1)
    else clause.values.push(value.text)
  }
  return end
}

function closing(all: Token[], from: number): number {
  let depth = 0
  for (let at = from; at < all.length; at += 1) {
    if (all[at]?.quoted) continue
    if (all[at]?.text === '(') depth += 1
    if (all[at]?.text === ')') depth -= 1
    if (depth === 0) return at
  }
  return all.length
}
