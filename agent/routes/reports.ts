import { createReadStream, existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { Problem } from '../../shared/problem.ts'
import { folderParts } from '../config.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { errorsZip, frozenPreReport, reportFiles, writeReport } from '../report/report.ts'
import type { AppDeps } from './deps.ts'

const types: Record<string, string> = {
  zip: 'application/zip',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}

/** The report as one zip or file by file, under /report/ or right under the migration. */
export const reportRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/report', async (c) => send(c, await fresh(deps, c.req.param('id'))))
    .get('/migrations/:id/report/:file', (c) => sendFile(deps, c, c.req.param('file')))
    .get('/migrations/:id/:file{[A-Za-z-]+\\.(?:html|csv|json|log|txt|zip)}', (c) =>
      sendFile(deps, c, c.req.param('file')),
    )

async function sendFile(deps: AppDeps, c: Context, asked: string): Promise<Response> {
  if (asked === frozenPreReport) return send(c, await frozen(deps, c.req.param('id') ?? ''))
  const file = [...reportFiles, errorsZip].find((one) => one === asked)
  if (!file)
    throw new Problem('not-found', 'A report has no such file.', {
      hint: `It has ${reportFiles.join(', ')}.`,
    })
  await fresh(deps, c.req.param('id') ?? '')
  return send(c, join(folderParts(deps.folder).report(c.req.param('id') ?? ''), file))
}

/** The path of what was said before the run. It is never written anew: that would be another report. */
async function frozen(deps: AppDeps, id: string): Promise<string> {
  const { id: known } = await getMigration(deps.ledger.db, id)
  const path = join(folderParts(deps.folder).report(known), frozenPreReport)
  if (existsSync(path)) return path
  throw new Problem('not-now', 'There is no report from before a run: none was planned yet.', {
    hint: 'Run the migration first; until then the pre-migration report tells what the latest checks found.',
  })
}

/** The path of the zip of a report that is about the migration as it is now; written first where it is not. */
async function fresh(deps: AppDeps, id: string): Promise<string> {
  const row = await getMigration(deps.ledger.db, id)
  if (row.stage === 'new' && row.startedAt === null)
    throw new Problem('not-now', 'There is no report yet: this migration has never run.', {
      hint: 'Run the migration first.',
    })
  const folder = folderParts(deps.folder).report(row.id)
  const there = deps.runner.running().includes(row.id) ? null : await upToDate(folder, row)
  if (there) return there
  const written = await writeReport({
    db: deps.ledger.db,
    migrationId: row.id,
    folder,
    now: deps.now(),
  })
  return written.zip
}

async function upToDate(folder: string, row: MigrationRow): Promise<string | null> {
  try {
    const run = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as {
      changed?: number
      zip?: string
    }
    if (run.changed !== row.changed || !run.zip) return null
    // A report of an earlier Landfall has no zip of the error log beside it.
    await stat(join(folder, errorsZip))
    const zip = join(folder, basename(run.zip))
    return (await stat(zip)).isFile() ? zip : null
  } catch {
    // Not there, or not whole: then it is written anew, and what stands in the way comes up there.
    return null
  }
}

async function send(c: Context, path: string): Promise<Response> {
  const name = basename(path)
  const { size } = await stat(path)
  const way = name.endsWith('.html') ? 'inline' : 'attachment'
  c.header('Content-Type', types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
  c.header('Content-Length', String(size))
  c.header('Content-Disposition', `${way}; filename="${name}"`)
  return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>)
}
