import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as v from 'valibot'
import { type PlannedPage, plannedLists } from '../../shared/api-planned.ts'
import { kinds } from '../../shared/plan.ts'
import { plannedCsv } from '../report/planned-csv.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

const PlannedQuery = v.object({
  what: v.picklist(plannedLists),
  kind: v.optional(v.picklist(kinds)),
  code: v.optional(v.string()),
  project: v.optional(v.string()),
})
const pageSize = 500

/** The items behind the numbers of a plan that was made dry. */
export const plannedRoutes = (deps: AppDeps) =>
  new Hono()
    .get(
      '/migrations/:id/plan-preview/items',
      valid('query', v.object({ ...PlannedQuery.entries, ...PageQuery.entries })),
      async (c) => {
        const { limit, after, ...wanted } = c.req.valid('query')
        const question = { ...given(wanted), after, limit: limit + 1 }
        const { rows, total } = await deps.setup.planned(c.req.param('id'), question)
        const { page, next } = cut(rows, limit, (row) => row.n)
        return c.json({ items: page, next, total } satisfies PlannedPage)
      },
    )
    .get('/migrations/:id/plan-preview/items.csv', valid('query', PlannedQuery), async (c) => {
      const id = c.req.param('id')
      const wanted = given(c.req.valid('query'))
      const pageAfter = async (after: number) =>
        (await deps.setup.planned(id, { ...wanted, after, limit: pageSize })).rows
      // Asked before the first byte, so that a plan that is gone is a problem and not an empty file.
      await pageAfter(0)
      c.header('Content-Type', 'text/csv; charset=utf-8')
      c.header('Content-Disposition', `attachment; filename="planned-${wanted.what}.csv"`)
      const lines = Readable.from(plannedCsv(pageAfter))
      return c.body(Readable.toWeb(lines) as ReadableStream<Uint8Array>)
    })

/** What was not asked for is not there, rather than undefined. */
function given({ what, kind, code, project }: v.InferOutput<typeof PlannedQuery>) {
  return {
    what,
    ...(kind === undefined ? {} : { kind }),
    ...(code === undefined ? {} : { code }),
    ...(project === undefined ? {} : { project }),
  }
}
