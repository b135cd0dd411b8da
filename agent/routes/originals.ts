import { Hono } from 'hono'
import * as v from 'valibot'
import type { HistoryPage, OriginalView } from '../../shared/api-pages.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ownerOf } from './page-owner.ts'
import { PageQuery } from './pages.ts'

const Question = v.object({
  site: v.pipe(v.string(), v.url('The site looks like https://acme.atlassian.net.')),
  issue: v.pipe(
    v.string(),
    v.trim(),
    v.toUpperCase(),
    v.regex(/^[A-Z][A-Z0-9_]*-\d+$/, 'An issue key looks like PAY-12.'),
  ),
})
const HistoryQuestion = v.object({ ...Question.entries, ...PageQuery.entries })

/** What the drawer over an issue shows of its source. */
export const originalRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/original', valid('query', Question), async (c) => {
      const { site, issue } = c.req.valid('query')
      const row = await ownerOf(deps, site, { issueKey: issue })
      return c.json<OriginalView>({
        migration: row && { id: row.id, name: row.name },
        issueKey: issue,
        original: row && (await deps.originals.original(row, issue)),
      })
    })
    .get('/original/history', valid('query', HistoryQuestion), async (c) => {
      const { site, issue, after, limit } = c.req.valid('query')
      const row = await ownerOf(deps, site, { issueKey: issue })
      const nothing: HistoryPage = { changes: [], next: null }
      return c.json<HistoryPage>(
        row ? await deps.originals.history(row, issue, after, limit) : nothing,
      )
    })
