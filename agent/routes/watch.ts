import { Hono } from 'hono'
import * as v from 'valibot'
import { logLevels } from '../../shared/api.ts'
import type { LogWindow, SamplesView } from '../../shared/api-watch.ts'
import { logWindow } from '../ledger/log-window.ts'
import { getMigration } from '../ledger/migrations.ts'
import { samplesOf } from '../ledger/samples.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { PageQuery } from './pages.ts'
import { viewLine } from './view-item.ts'

/** A chart is some hundred pixels wide: more points than these would only cover each other. */
const mostPoints = 400

const WindowQuery = v.object({
  offset: PageQuery.entries.after,
  limit: PageQuery.entries.limit,
  level: v.optional(v.picklist(logLevels), 'info'),
  text: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
})

/** What a run is watched by: how fast it went, and its log by window. */
export const watchRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/samples', async (c) => {
      const { id } = await getMigration(deps.ledger.db, c.req.param('id'))
      return c.json<SamplesView>({ samples: fewer(await samplesOf(deps.ledger.db, id)) })
    })
    .get('/migrations/:id/log-window', valid('query', WindowQuery), async (c) => {
      const { id } = await getMigration(deps.ledger.db, c.req.param('id'))
      const asked = c.req.valid('query')
      const { total, rows } = await logWindow(deps.ledger.db, id, asked)
      return c.json<LogWindow>({ total, offset: asked.offset, lines: rows.map(viewLine) })
    })

/** Evenly picked, the first and the last always among them. */
function fewer<T>(all: readonly T[]): T[] {
  if (all.length <= mostPoints) return [...all]
  const step = (all.length - 1) / (mostPoints - 1)
  return Array.from({ length: mostPoints }, (_, i) => all[Math.round(i * step)] as T)
}
