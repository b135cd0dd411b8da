import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as v from 'valibot'
import {
  type AfterCheckView,
  AfterRunBody,
  type AfterView,
  type PlacePage,
} from '../../shared/api-after.ts'
import { NoteBody } from '../../shared/api-checks.ts'
import { type CheckList, foundList } from '../../shared/check-lists.ts'
import { Problem } from '../../shared/problem.ts'
import type { RowCount } from '../../shared/row-counts.ts'
import { type AfterCheckRow, acceptAfter, afterRows, placesOf } from '../ledger/after.ts'
import { logEvent } from '../ledger/events.ts'
import { getMigration } from '../ledger/migrations.ts'
import { placesCsv } from '../report/places-csv.ts'
import type { KnownAfterCheck } from './after-checker.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

const listName = v.optional(v.pipe(v.string(), v.maxLength(100)), foundList)
const part = v.optional(v.pipe(v.string(), v.maxLength(12_000)))
const ListQuery = v.object({ list: listName, part })
const PlacesQuery = v.object({
  list: listName,
  part,
  project: v.optional(v.string()),
  ...PageQuery.entries,
})

/** Checks after a migration: what they said last, where, asking anew, and accepting what they found. */
export const afterRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/after', async (c) =>
      c.json(await viewAfter(deps, await known(deps, c.req.param('id')))),
    )
    .post('/migrations/:id/after/run', valid('json', AfterRunBody), async (c) => {
      const id = await known(deps, c.req.param('id'))
      await deps.after.start(id, c.req.valid('json').keys ?? [])
      return c.json(await viewAfter(deps, id), 202)
    })
    .delete('/migrations/:id/after/run', async (c) => {
      const id = await known(deps, c.req.param('id'))
      await deps.after.stop(id)
      return c.json(await viewAfter(deps, id))
    })
    .get('/migrations/:id/after/:key/places', valid('query', PlacesQuery), async (c) => {
      const id = await known(deps, c.req.param('id'))
      const { key } = knownCheck(deps, c.req.param('key'))
      const { after, limit, project, list, part } = c.req.valid('query')
      const of = { projectKey: project, list, partOf: part }
      const rows = await placesOf(deps.ledger.db, id, key, after, limit + 1, of)
      const { page, next } = cut(rows, limit, (row) => row.n)
      const places = page.map(({ n, subject, projectKey, issueKey, detail, url, countsJson }) => ({
        n,
        subject,
        projectKey,
        issueKey,
        detail,
        url,
        counts: countsJson === null ? [] : (JSON.parse(countsJson) as RowCount[]),
      }))
      return c.json({ places, next } satisfies PlacePage)
    })
    .get('/migrations/:id/after/:key/places.csv', valid('query', ListQuery), async (c) => {
      const id = await known(deps, c.req.param('id'))
      const { key } = knownCheck(deps, c.req.param('key'))
      c.header('Content-Type', 'text/csv; charset=utf-8')
      c.header('Content-Disposition', `attachment; filename="${key}.csv"`)
      const { list, part } = c.req.valid('query')
      const of = { list, partOf: part }
      const lines = Readable.from(placesCsv(deps.ledger.db, id, key, of))
      return c.body(Readable.toWeb(lines) as ReadableStream<Uint8Array>)
    })
    .post('/migrations/:id/after/:key/accept', valid('json', NoteBody), async (c) => {
      const id = await known(deps, c.req.param('id'))
      const check = knownCheck(deps, c.req.param('key'))
      const { note, who } = c.req.valid('json')
      await acceptAfter(deps.ledger.db, id, check.key, { note, who, at: deps.now() })
      await tell(deps, id, `"${check.title}" accepted by ${who}. ${note}`)
      return c.json(await viewAfter(deps, id))
    })
    .delete('/migrations/:id/after/:key/accept', async (c) => {
      const id = await known(deps, c.req.param('id'))
      const check = knownCheck(deps, c.req.param('key'))
      await acceptAfter(deps.ledger.db, id, check.key, null)
      await tell(deps, id, `"${check.title}" is no longer accepted.`)
      return c.json(await viewAfter(deps, id))
    })

const known = async (deps: AppDeps, id: string) => (await getMigration(deps.ledger.db, id)).id

const tell = (deps: AppDeps, migrationId: string, text: string) =>
  logEvent(deps.ledger.db, {
    migrationId,
    at: deps.now(),
    level: 'info',
    phase: 'stage:after',
    text,
  })

function knownCheck(deps: AppDeps, key: string): KnownAfterCheck {
  const check = deps.after.known.find((one) => one.key === key)
  if (check) return check
  throw new Problem('not-found', 'There is no such check.', {
    hint: 'Ask for the list of checks again; the extension and the agent may be of different versions.',
  })
}

/** Every check that can be asked of it, with what it said last. */
export async function viewAfter(deps: AppDeps, id: string): Promise<AfterView> {
  const rows = await afterRows(deps.ledger.db, id)
  const asked = deps.after.asks(await getMigration(deps.ledger.db, id))
  const checks = asked.map((check) => viewCheck(check, rows.get(check.key)))
  const progress = deps.after.progress(id)
  const isOpen = ({ status, accepted }: AfterCheckView) =>
    (status === 'warning' || status === 'error') && !accepted
  return {
    checks,
    running: progress !== null,
    sentence: progress?.sentence ?? null,
    done: progress?.done ?? checks.filter((one) => one.at !== null).length,
    total: progress?.total ?? checks.length,
    open: checks.filter(isOpen).length,
  }
}

function viewCheck({ key, group, title }: KnownAfterCheck, row?: AfterCheckRow): AfterCheckView {
  const none = { at: null, accepted: null, places: 0, lists: [], hint: '' }
  if (!row) return { key, group, title, status: 'pending', sentence: 'Not asked yet.', ...none }
  const { status, sentence, hint, places, at, note, who, notedAt } = row
  const lists = JSON.parse(row.listsJson) as CheckList[]
  const accepted = note === null ? null : { note, who: who ?? '', at: notedAt ?? at }
  return { key, group, title, status, sentence, hint, places, lists, at, accepted }
}
