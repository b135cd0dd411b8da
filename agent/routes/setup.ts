import { Hono } from 'hono'
import * as v from 'valibot'
import { FilesTestBody, SiteTestBody, SourceTestBody } from '../../shared/api-setup.ts'
import { Problem } from '../../shared/problem.ts'
import { collisionKinds, nameLists } from '../../shared/setup.ts'
import { forgetChecks } from '../ledger/checks.ts'
import { hasSent } from '../ledger/drafts.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { PageQuery } from './pages.ts'

const NamesQuery = v.object({ list: v.picklist(nameLists), ...PageQuery.entries })

/** What a person looks at while setting up: the source, the site, names that meet, and the plan in numbers. */
export const setupRoutes = (deps: AppDeps) =>
  new Hono()
    .post('/migrations/:id/inspect', async (c) => {
      const id = c.req.param('id')
      const before = await deps.setup.inspection(id)
      const view = await deps.setup.inspect(id, c.req.query('anew') === 'true')
      const begun = view.state === 'reading' && before.state !== 'reading'
      if (begun && !(await hasSent(deps.ledger.db, id))) {
        // What the checks have said is about the reading before.
        await deps.checker.stop(id)
        await forgetChecks(deps.ledger.db, id)
      }
      return c.json(view, 202)
    })
    .get('/migrations/:id/inspection', async (c) =>
      c.json(await deps.setup.inspection(c.req.param('id'))),
    )
    .delete('/migrations/:id/inspection', async (c) =>
      c.json(await deps.setup.stopInspection(c.req.param('id'))),
    )
    .post('/migrations/:id/source-projects', async (c) =>
      c.json(await deps.setup.listProjects(c.req.param('id')), 202),
    )
    .get('/migrations/:id/source-projects', async (c) =>
      c.json(await deps.setup.sourceProjects(c.req.param('id'))),
    )
    .delete('/migrations/:id/source-projects', async (c) =>
      c.json(await deps.setup.stopListing(c.req.param('id'))),
    )
    .post('/migrations/:id/source-test', valid('json', SourceTestBody), async (c) =>
      c.json(await deps.setup.testSource(c.req.param('id'), c.req.valid('json').source)),
    )
    .post('/migrations/:id/files-test', valid('json', FilesTestBody), async (c) => {
      const { folder, path } = c.req.valid('json')
      return c.json(await deps.setup.testFiles(c.req.param('id'), folder, path))
    })
    .post('/migrations/:id/site-test', valid('json', SiteTestBody), async (c) =>
      c.json(await deps.setup.testSite(c.req.param('id'), c.req.valid('json').site)),
    )
    .get('/migrations/:id/collisions', async (c) =>
      c.json(await deps.setup.collisions(c.req.param('id'))),
    )
    .get('/migrations/:id/collisions/:kind', valid('query', NamesQuery), async (c) => {
      const { id, kind } = c.req.param()
      const known = collisionKinds.find((one) => one === kind)
      if (!known)
        throw new Problem('not-found', `Names of the kind ${kind} cannot meet.`, {
          hint: 'Open the list from the number that it stands behind.',
        })
      return c.json(await deps.setup.names(id, { kind: known, ...c.req.valid('query') }))
    })
    .post('/migrations/:id/plan-preview', async (c) =>
      c.json(await deps.setup.startPreview(c.req.param('id')), 202),
    )
    .get('/migrations/:id/plan-preview', async (c) =>
      c.json(await deps.setup.preview(c.req.param('id'))),
    )
    .delete('/migrations/:id/plan-preview', async (c) =>
      c.json(await deps.setup.stopPreview(c.req.param('id'))),
    )
