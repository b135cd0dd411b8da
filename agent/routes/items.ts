import { Hono } from 'hono'
import * as v from 'valibot'
import { itemsOnly } from '../../shared/api-watch.ts'
import { kinds } from '../../shared/plan.ts'
import { verdicts } from '../../shared/status.ts'
import { eventPage } from '../ledger/events.ts'
import { listItems } from '../ledger/item-list.ts'
import { getMigration } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { knownFindings } from './known-findings.ts'
import { cut, PageQuery } from './pages.ts'
import { viewItem, viewLine } from './view-item.ts'

const ItemsQuery = v.object({
  kind: v.optional(v.picklist(kinds)),
  verdict: v.optional(v.picklist(verdicts)),
  project: v.optional(v.string()),
  only: v.optional(v.picklist(itemsOnly)),
  /** Of one finding. */
  code: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** The kind of that finding: then what needs its items is there, too. */
  root: v.optional(v.picklist(kinds)),
  ...PageQuery.entries,
})

/** Pages of a migration's items and of its log. */
export const itemRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/items', valid('query', ItemsQuery), async (c) => {
      const migration = await getMigration(deps.ledger.db, c.req.param('id'))
      const { id } = migration
      const asked = c.req.valid('query')
      const { kind, verdict, project: projectKey, only, code, root } = asked
      const causes =
        code === undefined
          ? undefined
          : (await knownFindings(deps.ledger.db, migration))
              .filter((one) => one.code === code && (root === undefined || one.kind === root))
              .map((one) => one.cause)
      const rows = await listItems(
        deps.ledger.db,
        id,
        { kind, verdict, projectKey, only, causes, group: root !== undefined },
        asked.after,
        asked.limit + 1,
      )
      const { page, next } = cut(rows, asked.limit, (row) => row.seq)
      return c.json({ items: page.map(viewItem), next })
    })
    .get('/migrations/:id/log', valid('query', PageQuery), async (c) => {
      const { id } = await getMigration(deps.ledger.db, c.req.param('id'))
      const asked = c.req.valid('query')
      const rows = await eventPage(deps.ledger.db, id, asked.after, asked.limit + 1)
      const { page, next } = cut(rows, asked.limit, (row) => row.n)
      return c.json({ lines: page.map(viewLine), next })
    })
