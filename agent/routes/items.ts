import { Hono } from 'hono'
import * as v from 'valibot'
import { kinds } from '../../shared/plan.ts'
import { verdicts } from '../../shared/status.ts'
import { eventPage } from '../ledger/events.ts'
import { listItems } from '../ledger/item-list.ts'
import { getMigration } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { viewItem, viewLine } from './view-item.ts'

/** At most this many rows an answer: a page that a window shows at once, and under 1 MB. */
const mostRows = 500

const after = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, 'A page goes on after a whole number.'),
    v.transform(Number),
  ),
  '0',
)
const limit = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,8}$/, 'A page has at least one row.'),
    v.transform((text) => Math.min(Number(text), mostRows)),
  ),
  '100',
)
const ItemsQuery = v.object({
  kind: v.optional(v.picklist(kinds)),
  verdict: v.optional(v.picklist(verdicts)),
  project: v.optional(v.string()),
  after,
  limit,
})
const LogQuery = v.object({ after, limit })

/** Pages of a migration's items and of its log. */
export const itemRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/items', valid('query', ItemsQuery), async (c) => {
      const { id } = await getMigration(deps.ledger.db, c.req.param('id'))
      const asked = c.req.valid('query')
      const rows = await listItems(
        deps.ledger.db,
        id,
        { kind: asked.kind, verdict: asked.verdict, projectKey: asked.project },
        asked.after,
        asked.limit + 1,
      )
      const { page, next } = cut(rows, asked.limit, (row) => row.seq)
      return c.json({ items: page.map(viewItem), next })
    })
    .get('/migrations/:id/log', valid('query', LogQuery), async (c) => {
      const { id } = await getMigration(deps.ledger.db, c.req.param('id'))
      const asked = c.req.valid('query')
      const rows = await eventPage(deps.ledger.db, id, asked.after, asked.limit + 1)
      const { page, next } = cut(rows, asked.limit, (row) => row.n)
      return c.json({ lines: page.map(viewLine), next })
    })

/** One row more than the page was asked for, to tell whether there is a next page. */
function cut<Row>(rows: readonly Row[], most: number, keyOf: (row: Row) => number) {
  const page = rows.slice(0, most)
  const last = page.at(-1)
  return { page, next: rows.length > most && last !== undefined ? keyOf(last) : null }
}
