import { Hono } from 'hono'
import * as v from 'valibot'
import type { PagePeopleView } from '../../shared/api-pages.ts'
import { viewAfter } from './after.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { migrationsOn } from './page-owner.ts'

const site = v.pipe(v.string(), v.url('The site looks like https://acme.atlassian.net.'))

/** The checks of people of the newest migration to a site, for its pages of users and groups. */
export const pagePeopleRoutes = (deps: AppDeps) =>
  new Hono().get('/page-people', valid('query', v.object({ site })), async (c) => {
    const [row] = await migrationsOn(deps, c.req.valid('query').site)
    if (!row) return c.json({ migration: null, checks: [] } satisfies PagePeopleView)
    const { checks } = await viewAfter(deps, row.id)
    return c.json({
      migration: { id: row.id, name: row.name },
      checks: checks.filter((check) => check.group === 'people'),
    } satisfies PagePeopleView)
  })
