import { Hono } from 'hono'
import { Problem } from '../../shared/problem.ts'
import type { AppDeps } from './deps.ts'

/** The backups that the agent can see. */
export const sourceRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/sources', async (c) => c.json(await deps.setup.sources()))
    .post('/sources/upload', async (c) => {
      const { body } = c.req.raw
      if (!body)
        throw new Problem('usage', 'The upload is empty.', {
          hint: 'Send the backup as the part "file" of a multipart form.',
        })
      return c.json(await deps.setup.upload(c.req.header('content-type') ?? '', body), 201)
    })
