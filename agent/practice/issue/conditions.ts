import { refuse } from '../answer.ts'
import { type Clause as Asked, type Condition, type Operand, parseJql } from '../jql.ts'
import { jqlSortable } from '../jql-words.ts'
import type { Call } from '../site.ts'
import { isField, NotSearched, valuesOf } from './jql-values.ts'
import { type Clause, ids, type Where, where } from './jql-where.ts'

const isEmpty = ({ text, args }: Operand) => args === null && /^(empty|null)$/i.test(text)

function clauseWhere(call: Call, asked: Asked): Where {
  if (!isField(call, asked.field))
    refuse(400, `Field '${asked.field}' does not exist or you do not have permission to view it.`)
  if (/^(was|changed)/.test(asked.operator)) throw new NotSearched(`'${asked.operator}'`)
  const empty = asked.values.filter(isEmpty)
  const others = asked.values.filter((value) => !isEmpty(value))
  const not = /^(!=|not in|is not)$/.test(asked.operator)
  // EMPTY may stand among other values: whatever has one of them, or none.
  if (empty.length > 0 && others.length > 0)
    return joined(
      [
        clauseWhere(call, { ...asked, values: others }),
        clauseWhere(call, { ...asked, operator: not ? 'is not' : 'is', values: empty }),
      ],
      not ? ' AND ' : ' OR ',
    )
  const operator = empty.length === 0 ? asked.operator : not ? 'is not' : 'is'
  const clause = { ...asked, operator, values: valuesOf(call, { ...asked, values: others }) }
  if (['filter', 'request', 'savedfilter', 'searchrequest'].includes(asked.field))
    return filters(call, clause)
  return where(call, clause)
}

/** All that other filters find. */
function filters(call: Call, clause: Clause): Where {
  const parts = ids(call, clause, 'filter').map((id) => {
    const { where: inner } = parseJql(call.store.get('filter', id)?.data.jql ?? '')
    return inner ? condition(call, inner) : { sql: '1', values: [] }
  })
  return joined(parts, ' OR ', clause.operator === '=' || clause.operator === 'in' ? '' : 'NOT ')
}

/** NULL is neither true nor false in SQL, and would swallow its own negation. */
const joined = (parts: Where[], by: string, no = ''): Where => ({
  sql: `${no}(${parts.map(({ sql }) => `coalesce((${sql}), 0)`).join(by) || '0'})`,
  values: parts.flatMap(({ values }) => values),
})

/** "NOT field = value" is the same as "field != value" (the documents), so NOT moves inwards to its clauses. */
const opposites: [string, string][] = [
  ['=', '!='],
  ['<', '>='],
  ['>', '<='],
  ['~', '!~'],
  ['in', 'not in'],
  ['is', 'is not'],
]
function opposite(operator: string): string {
  for (const [one, other] of opposites)
    if (operator === one) return other
    else if (operator === other) return one
  throw new NotSearched(`NOT before '${operator}'`)
}

/** The SQL of a restriction; refuses what Jira refuses, and says what this site cannot search by. */
export function condition(call: Call, node: Condition, not = false): Where {
  if ('clause' in node) {
    const { clause } = node
    return clauseWhere(call, not ? { ...clause, operator: opposite(clause.operator) } : clause)
  }
  if ('not' in node) return condition(call, node.not, !not)
  const parts = 'all' in node ? node.all : node.any
  return joined(
    parts.map((each) => condition(call, each, not)),
    'all' in node === not ? ' OR ' : ' AND ',
  )
}

/**
 * Refuses what Jira would refuse to save as a filter: wrong JQL, unknown fields, and unknown values as far
 * as this site knows them. JQL that it could not search by is right all the same.
 */
export function checkJql(call: Call, jql: string): void {
  const { where: restriction, order } = parseJql(jql)
  const check = (node: Condition): void => {
    if ('all' in node) for (const each of node.all) check(each)
    else if ('any' in node) for (const each of node.any) check(each)
    else if ('not' in node) check(node.not)
    else
      try {
        clauseWhere(call, node.clause)
      } catch (cause) {
        if (!(cause instanceof NotSearched)) throw cause
      }
  }
  if (restriction) check(restriction)
  for (const { field } of order) checkSort(call, field)
}

export function checkSort(call: Call, field: string): void {
  if (!jqlSortable.has(field) && !isField(call, field))
    refuse(400, `Not able to sort using field '${field}'.`)
}
