import { Hono } from 'hono'
import type { AppDeps } from './deps.ts'

/** The practice site: what is on it, and emptying it for the next rehearsal. */
export const practiceRoutes = ({ practice }: AppDeps) =>
  new Hono()
    .get('/practice', async (c) => c.json(await practice.view()))
    .delete('/practice', async (c) => c.json(await practice.empty()))
