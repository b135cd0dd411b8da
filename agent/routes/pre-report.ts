import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { mappingsCsv } from '../report/mappings.ts'
import { needForecast, preReport } from '../report/pre.ts'
import type { AppDeps } from './deps.ts'

/** The report before a run, and all of its mappings, written anew from the ledger each time. */
export const preReportRoutes = (deps: AppDeps) => {
  const { db } = deps.ledger
  return new Hono()
    .get('/migrations/:id/pre-report.html', async (c) => {
      const pieces = await preReport(db, c.req.param('id'), deps.checker.known, deps.now())
      return send(c, pieces, 'text/html', 'inline; filename="pre-report.html"')
    })
    .get('/migrations/:id/mappings.csv', async (c) => {
      await needForecast(db, c.req.param('id'))
      const pieces = mappingsCsv(db, c.req.param('id'))
      return send(c, pieces, 'text/csv', 'attachment; filename="mappings.csv"')
    })
}

function send(
  c: Context,
  pieces: Iterable<string> | AsyncIterable<string>,
  type: string,
  way: string,
): Response {
  c.header('Content-Type', `${type}; charset=utf-8`)
  c.header('Content-Disposition', way)
  return c.body(Readable.toWeb(Readable.from(encoded(pieces))) as ReadableStream<Uint8Array>)
}

async function* encoded(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  for await (const piece of pieces) yield bytes.encode(piece)
}
