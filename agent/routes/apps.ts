import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as v from 'valibot'
import { logLevels } from '../../shared/api.ts'
import {
  AppDecisionBody,
  AppHandlerBody,
  type AppLogPage,
  type AppRecordPage,
  type AppRecordView,
  type AppTrace,
  type AppView,
} from '../../shared/api-apps.ts'
import type { AppTablePage } from '../../shared/api-source.ts'
import { Problem } from '../../shared/problem.ts'
import { verdicts } from '../../shared/status.ts'
import { straight } from '../../shared/straight.ts'
import { appLogPage, omittedLines } from '../ledger/app-log.ts'
import { type AppRecordRow, appRecords } from '../ledger/app-records.ts'
import { needApp } from '../ledger/apps.ts'
import { appLogCsv } from '../report/app-log-csv.ts'
import { valid } from './answers.ts'
import { forgetOf } from './checker.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

const LogQuery = v.object({
  level: v.optional(v.picklist(logLevels)),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(1), v.maxValue(1000)),
    '200',
  ),
})

const RecordQuery = v.object({ ...PageQuery.entries, verdict: v.optional(v.picklist(verdicts)) })

/** App migrations: what there is, what is decided, acting on one, and its log. */
export const appRoutes = (deps: AppDeps) => {
  const { apps, now } = deps
  const { db } = deps.ledger
  return new Hono()
    .get('/migrations/:id/apps', async (c) => c.json(await apps.list(c.req.param('id'))))
    .put('/migrations/:id/apps/:key', valid('json', AppDecisionBody), async (c) => {
      const { id, key } = c.req.param()
      await apps.decide(id, key, c.req.valid('json'))
      await forgetOf(deps, id, ['apps'])
      return c.json(await apps.list(id))
    })
    .put('/migrations/:id/apps/:key/handler', valid('json', AppHandlerBody), async (c) => {
      const { id, key } = c.req.param()
      await apps.setHandler(id, key, c.req.valid('json'))
      return c.json(await apps.list(id))
    })
    .delete('/migrations/:id/apps/:key/handler', async (c) => {
      const { id, key } = c.req.param()
      await apps.setHandler(id, key, null)
      return c.json(await apps.list(id))
    })
    .post('/migrations/:id/apps/:key/rerun', async (c) => {
      const { id, key } = c.req.param()
      await apps.rerun(id, key)
      return c.json(await apps.list(id), 202)
    })
    .post('/migrations/:id/apps/:key/cancel', async (c) => {
      const { id, key } = c.req.param()
      await apps.cancel(id, key)
      return c.json(await apps.list(id), 202)
    })
    .get('/migrations/:id/apps/:key/records', valid('query', RecordQuery), async (c) => {
      const { id, key } = c.req.param()
      const { trace } = await apps.one(id, key)
      const { verdict, after, limit } = c.req.valid('query')
      const asked = { verdict, after, limit: limit + 1 }
      const rows = await appRecords(db, { migrationId: id, key }, asked)
      const { page, next } = cut(rows, limit, (row) => row.n)
      const records = page.map((row) => {
        const { n, path, rows, verdict } = row
        const [label, reason] = [straight(row.label), row.reason && straight(row.reason)]
        return { n, path, label, rows, listed: listedOf(row, trace), verdict, reason }
      })
      return c.json({ records, next } satisfies AppRecordPage)
    })
    .get('/migrations/:id/apps/:key/tables/:table', valid('query', PageQuery), async (c) => {
      const { id, key, table } = c.req.param()
      const { after, limit } = c.req.valid('query')
      const { signal } = c.req.raw
      const rows = await apps.tableRows(id, key, { table, after, limit, signal })
      const { page, next } = cut(rows, limit, (row) => row.n)
      return c.json({ rows: page, next } satisfies AppTablePage)
    })
    .get('/migrations/:id/apps/:key/log', valid('query', LogQuery), async (c) => {
      const { id, key } = c.req.param()
      withLog(await apps.one(id, key))
      const row = await needApp(db, id, key)
      const { level, after, limit } = c.req.valid('query')
      const options = { now: now(), before: after ?? null, limit: limit + 1, level }
      const { page, next } = cut(await appLogPage(db, row, options), limit, (line) => line.n)
      const lines = page.map(({ n, at, level, event, message, transferId }) => ({
        n,
        at,
        level,
        event,
        message,
        transferId,
      }))
      const omitted = await omittedLines(db, row, now())
      return c.json({ lines, next, omitted } satisfies AppLogPage)
    })
    .get('/migrations/:id/apps/:key/log.csv', async (c) => {
      const { id, key } = c.req.param()
      withLog(await apps.one(id, key))
      const row = await needApp(db, id, key)
      c.header('Content-Type', 'text/csv; charset=utf-8')
      const name = key.replace(/[^\w.-]/g, '_')
      c.header('Content-Disposition', `attachment; filename="${name}-log.csv"`)
      const lines = Readable.from(appLogCsv(db, row, now()))
      return c.body(Readable.toWeb(lines) as ReadableStream<Uint8Array>)
    })
}

/** The four cases in which there is no log, each with its sentence. */
function withLog(app: AppView): void {
  if (app.log === null) return
  throw new Problem('not-now', app.log, { hint: 'Look at the list of apps again.' })
}

/** Where the rows that a record stands for are listed: those of a table, or all properties of an archive. */
function listedOf({ sourceId, rows }: AppRecordRow, trace: AppTrace): AppRecordView['listed'] {
  if (rows === 1) return null
  if (trace.tables.some(({ name }) => name === sourceId))
    return { list: 'appTable', table: sourceId }
  return sourceId === 'entity-properties' ? { list: 'property' } : null
}
