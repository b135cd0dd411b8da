import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { preReport } from '../report/pre.ts'
import type { AppDeps } from './deps.ts'

/** The report before a run, written anew from the ledger each time. */
export const preReportRoutes = (deps: AppDeps) =>
  new Hono().get('/migrations/:id/pre-report.html', async (c) => {
    const { db } = deps.ledger
    const pieces = await preReport(db, c.req.param('id'), deps.checker.known, deps.now())
    c.header('Content-Type', 'text/html; charset=utf-8')
    c.header('Content-Disposition', 'inline; filename="pre-report.html"')
    return c.body(Readable.toWeb(Readable.from(encoded(pieces))) as ReadableStream<Uint8Array>)
  })

function* encoded(pieces: Iterable<string>): Generator<Uint8Array> {
  const bytes = new TextEncoder()
  for (const piece of pieces) yield bytes.encode(piece)
}
