import { Hono } from 'hono'
import * as v from 'valibot'
import {
  PageTurnBody,
  RepairBody,
  type RepairLinks,
  RepairLinksBody,
  RepairPreviewBody,
  type RepairsView,
  type RepairView,
  UndoBody,
} from '../../shared/api-repair.ts'
import { Problem } from '../../shared/problem.ts'
import { straight } from '../../shared/straight.ts'
import { getMigration } from '../ledger/migrations.ts'
import { type RepairRow, repairPage } from '../ledger/repairs.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { migrationsOn } from './page-owner.ts'
import { undoable } from './repair-service.ts'

const whole = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}$/, 'It is a whole number.'),
  v.transform(Number),
)
const ListQuery = v.object({
  seq: v.optional(whole),
  after: v.optional(whole),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(500)), '100'),
  site: v.optional(v.pipe(v.string(), v.url())),
})
const SiteQuery = v.object({ site: ListQuery.entries.site })
const FileQuery = v.object({ from: v.optional(whole, '0') })

/** Putting right what differs on the site: preview, doing it, undoing it, and the way through a page. */
export const repairRoutes = (deps: AppDeps) => {
  const { repairs } = deps
  const { db } = deps.ledger

  /** A page may ask about migrations of its own site only. */
  async function checked(id: string, site: string | undefined): Promise<void> {
    await getMigration(db, id)
    if (site === undefined) return
    const rows = await migrationsOn(deps, site)
    if (!rows.some((row) => row.id === id))
      throw new Problem('not-found', 'This migration did not go to this site.', {
        hint: 'Open the page of the site that it went to.',
      })
  }

  async function view(id: string, question: v.InferOutput<typeof ListQuery>) {
    const { seq, after, limit } = question
    const rows = await repairPage(db, id, { seq, before: after ?? null }, limit + 1)
    const page = rows.slice(0, limit)
    return {
      ...repairs.progress(id),
      repairs: page.map(viewRepair),
      next: rows.length > limit ? (page.at(-1)?.n ?? null) : null,
    } satisfies RepairsView
  }
  const newest = { limit: 100 }

  return new Hono()
    .post('/migrations/:id/repairs/preview', valid('json', RepairPreviewBody), async (c) => {
      const id = c.req.param('id')
      const { items, via, site } = c.req.valid('json')
      await checked(id, site)
      return c.json(await repairs.preview(id, items, via))
    })
    .post('/migrations/:id/repairs/links', valid('json', RepairLinksBody), async (c) => {
      const id = c.req.param('id')
      const { issues, site } = c.req.valid('json')
      await checked(id, site)
      return c.json({ items: await repairs.withLinks(id, issues) } satisfies RepairLinks)
    })
    .get('/migrations/:id/repairs', valid('query', ListQuery), async (c) => {
      const id = c.req.param('id')
      const question = c.req.valid('query')
      await checked(id, question.site)
      return c.json(await view(id, question))
    })
    .post('/migrations/:id/repairs', valid('json', RepairBody), async (c) => {
      const id = c.req.param('id')
      const { items, via, who, site } = c.req.valid('json')
      await checked(id, site)
      await repairs.start(id, items, { via, who })
      return c.json(await view(id, newest), 202)
    })
    .delete('/migrations/:id/repairs/run', valid('query', SiteQuery), async (c) => {
      const id = c.req.param('id')
      await checked(id, c.req.valid('query').site)
      await repairs.stop(id)
      return c.json(await view(id, newest))
    })
    .post('/migrations/:id/repairs/:n/undo', valid('json', UndoBody), async (c) => {
      const { id, n } = c.req.param()
      const { via, who, site } = c.req.valid('json')
      await checked(id, site)
      await repairs.undo(id, v.parse(whole, n), { via, who })
      return c.json(await view(id, newest), 202)
    })
    .post('/migrations/:id/page/turn', valid('json', PageTurnBody), async (c) => {
      const id = c.req.param('id')
      await getMigration(db, id)
      return c.json(await repairs.turn(id, c.req.valid('json').answer))
    })
    .get('/migrations/:id/page/file/:request', valid('query', FileQuery), async (c) => {
      const { id, request } = c.req.param()
      const bytes = await repairs.file(id, v.parse(whole, request), c.req.valid('query').from)
      if (bytes) return c.body(bytes.buffer as ArrayBuffer, 200, { 'Content-Type': octets })
      throw new Problem('not-found', 'No such file is being sent.', { hint: 'Begin again.' })
    })
}

const octets = 'application/octet-stream'

function viewRepair(row: RepairRow): RepairView {
  const { n, seq, kind, label, issueKey, state, via, who, at, undoneBy, undoneAt } = row
  return {
    n,
    seq,
    kind,
    label: straight(label),
    issueKey,
    state,
    via,
    who,
    at,
    parts: JSON.parse(row.partsJson),
    requests: JSON.parse(row.requestsJson),
    problem: row.problemJson === null ? null : JSON.parse(row.problemJson),
    undoable: row.undoJson !== null && undoable.has(state),
    undoneBy: undoneBy !== null && undoneAt !== null ? { who: undoneBy, at: undoneAt } : null,
  }
}
