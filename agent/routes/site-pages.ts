import { Hono } from 'hono'
import * as v from 'valibot'
import {
  MarksBody,
  type MarksView,
  type PageCountView,
  PageJqlBody,
  type PageJqlView,
} from '../../shared/api-pages.ts'
import { itemOnSite, marksOf } from '../ledger/marks.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import type { Counted } from './page-asker.ts'
import { migrationsOn } from './page-owner.ts'

const site = v.pipe(v.string(), v.url('The site looks like https://acme.atlassian.net.'))
const id = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'A board or a filter has a number.'))
const CountQuestion = v.union(
  [v.object({ site, board: id }), v.object({ site, filter: id })],
  'Ask with site and board, or with site and filter.',
)

/** What the overlay asks for lists, boards, filters and the administration of people. */
export const sitePageRoutes = (deps: AppDeps) =>
  new Hono()
    .post('/marks', valid('json', MarksBody), async (c) => {
      const { site, issues } = c.req.valid('json')
      const migrations = (await migrationsOn(deps, site)).map((row) => row.id)
      const marks = await marksOf(deps.ledger.db, migrations, issues)
      return c.json({
        marks: marks.map(({ issueKey, failed, n }) => ({
          issueKey,
          verdict: failed ? 'failed' : 'different',
          n,
        })),
      } satisfies MarksView)
    })
    .get('/page-counts', valid('query', CountQuestion), async (c) => {
      const asked = c.req.valid('query')
      const what =
        'board' in asked
          ? { kind: 'board' as const, siteId: asked.board }
          : { kind: 'filter' as const, siteId: asked.filter }
      return c.json(await countsOf(deps, asked.site, what))
    })
    .post('/page-jql', valid('json', PageJqlBody), async (c) => {
      const { site, jql } = c.req.valid('json')
      const [row] = await migrationsOn(deps, site)
      const nothing: PageJqlView = { migration: null, names: [], rewritten: null }
      return c.json(row ? await deps.pages.jql(row, jql) : nothing)
    })

async function countsOf(
  deps: AppDeps,
  site: string,
  what: Pick<Counted, 'kind' | 'siteId'>,
): Promise<PageCountView> {
  for (const row of await migrationsOn(deps, site)) {
    const item = await itemOnSite(deps.ledger.db, row.id, what.kind, what.siteId)
    if (item) return deps.pages.counts(row, { ...what, sourceId: item.sourceId, name: item.label })
  }
  const none = {
    onlySource: [],
    onlySite: [],
    onlySourceCount: 0,
    onlySiteCount: 0,
    jql: null,
  }
  return { migration: null, name: '', source: null, site: null, why: null, ...none }
}
