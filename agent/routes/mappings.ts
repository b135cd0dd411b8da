import { Hono } from 'hono'
import { MappingsLookBody } from '../../shared/api-mappings.ts'
import { Problem } from '../../shared/problem.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'

/** The id-mappings.csv of a verification, looked into before it is used. */
export const mappingsRoutes = (deps: AppDeps) =>
  new Hono()
    .post('/mappings/upload', async (c) => {
      const { body } = c.req.raw
      if (!body)
        throw new Problem('usage', 'The upload is empty.', {
          hint: 'Send the id-mappings.csv as the part "file" of a multipart form.',
        })
      const type = c.req.header('content-type') ?? ''
      return c.json(await deps.setup.uploadMappings(type, body), 201)
    })
    .post('/mappings/look', valid('json', MappingsLookBody), async (c) =>
      c.json(await deps.setup.lookAtMappings(c.req.valid('json').path)),
    )
