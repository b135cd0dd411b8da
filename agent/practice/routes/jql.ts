import { ok, Refusal, refuse } from '../answer.ts'
import { object, strings } from '../input.ts'
import { checkSort } from '../issue/conditions.ts'
import { isField } from '../issue/jql-values.ts'
import { type Condition, parseJql } from '../jql.ts'
import type { Call, Route } from '../site.ts'

/** What is wrong with a query: its grammar and the fields that it names. Values are not looked up, as in the documents. */
function errorsOf(call: Call, jql: string): string[] {
  const errors: string[] = []
  const attempt = (work: () => void) => {
    try {
      work()
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      errors.push(...cause.body.errorMessages, ...Object.values(cause.body.errors))
    }
  }
  const look = (node: Condition): void => {
    if ('all' in node) for (const each of node.all) look(each)
    else if ('any' in node) for (const each of node.any) look(each)
    else if ('not' in node) look(node.not)
    else if (!isField(call, node.clause.field))
      errors.push(
        `Field '${node.clause.field}' does not exist or you do not have permission to view it.`,
      )
  }
  attempt(() => {
    const { where, order } = parseJql(jql)
    if (where) look(where)
    for (const { field } of order) attempt(() => checkSort(call, field))
  })
  return [...new Set(errors)]
}

function parse(call: Call) {
  const validation = call.query.get('validation') ?? ''
  if (!['strict', 'warn', 'none'].includes(validation))
    refuse(400, 'The validation query parameter must be strict, warn or none.')
  const queries = strings(object(call.body).queries, 'queries')
  if (queries.length === 0) refuse(400, 'At least one query is required.')
  return ok({
    queries: queries.map((query) => {
      const errors = errorsOf(call, query)
      if (errors.length === 0) return { query }
      return validation === 'strict' ? { query, errors } : { query, warnings: errors }
    }),
  })
}

export const jqlRoutes: Route[] = [['POST', '/rest/api/3/jql/parse', parse]]
