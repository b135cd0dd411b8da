import { Hono } from 'hono'
import * as v from 'valibot'
import type { StrangerPage } from '../../shared/api-strangers.ts'
import { kinds } from '../../shared/plan.ts'
import { straight } from '../../shared/straight.ts'
import { getMigration } from '../ledger/migrations.ts'
import { strangerPage } from '../ledger/verification.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

const StrangersQuery = v.object({ kind: v.optional(v.picklist(kinds)), ...PageQuery.entries })

/** Pages of what the site has beyond the source. */
export const strangerRoutes = (deps: Pick<AppDeps, 'ledger'>) =>
  new Hono().get('/migrations/:id/strangers', valid('query', StrangersQuery), async (c) => {
    const { db } = deps.ledger
    const { id } = await getMigration(db, c.req.param('id'))
    const { kind, after, limit } = c.req.valid('query')
    const rows = await strangerPage(db, id, after, limit + 1, kind)
    const { page, next } = cut(rows, limit, (row) => row.n)
    const strangers = page.map(({ migrationId: _id, label, ...stranger }) => ({
      ...stranger,
      label: straight(label),
    }))
    return c.json<StrangerPage>({ strangers, next })
  })
