import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as v from 'valibot'
import {
  ChecksRunBody,
  type ChecksView,
  type CheckView,
  NoteBody,
  type OffenderPage,
} from '../../shared/api-checks.ts'
import { type CheckList, foundList } from '../../shared/check-lists.ts'
import { Problem } from '../../shared/problem.ts'
import type { RowCount } from '../../shared/row-counts.ts'
import {
  blockingCounts,
  type CheckRow,
  checkRows,
  offendersOf,
  overrideCheck,
} from '../ledger/checks.ts'
import { getMigration } from '../ledger/migrations.ts'
import { offendersCsv } from '../report/offenders-csv.ts'
import { valid } from './answers.ts'
import type { KnownCheck } from './checker.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

const listName = v.optional(v.pipe(v.string(), v.maxLength(100)), foundList)
const partName = v.optional(v.pipe(v.string(), v.maxLength(12_000)))
const ListQuery = v.object({ list: listName, part: partName })
const OffendersQuery = v.object({ list: listName, part: partName, ...PageQuery.entries })

/** Checks before a run: what they said last, whom it concerns, asking anew, and setting an error aside. */
export const checkRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/checks', async (c) =>
      c.json(await viewChecks(deps, await known(deps, c.req.param('id')))),
    )
    .post('/migrations/:id/checks/run', valid('json', ChecksRunBody), async (c) => {
      const id = await known(deps, c.req.param('id'))
      await deps.checker.start(id, c.req.valid('json').keys ?? [])
      return c.json(await viewChecks(deps, id), 202)
    })
    .delete('/migrations/:id/checks/run', async (c) => {
      const id = await known(deps, c.req.param('id'))
      await deps.checker.stop(id)
      return c.json(await viewChecks(deps, id))
    })
    .get('/migrations/:id/checks/:key/offenders', valid('query', OffendersQuery), async (c) => {
      const id = await known(deps, c.req.param('id'))
      const { key } = knownCheck(deps, c.req.param('key'))
      const { list, part, after, limit } = c.req.valid('query')
      const of = { list, partOf: part }
      const rows = await offendersOf(deps.ledger.db, id, key, after, limit + 1, of)
      const { page, next } = cut(rows, limit, (row) => row.n)
      const offenders = page.map(({ n, subject, projectKey, detail, countsJson }) => ({
        n,
        subject,
        projectKey,
        detail,
        counts: countsJson === null ? [] : (JSON.parse(countsJson) as RowCount[]),
      }))
      return c.json({ offenders, next } satisfies OffenderPage)
    })
    .get('/migrations/:id/checks/:key/offenders.csv', valid('query', ListQuery), async (c) => {
      const id = await known(deps, c.req.param('id'))
      const { key } = knownCheck(deps, c.req.param('key'))
      c.header('Content-Type', 'text/csv; charset=utf-8')
      c.header('Content-Disposition', `attachment; filename="${key}.csv"`)
      const { list, part } = c.req.valid('query')
      const of = { list, partOf: part }
      const lines = Readable.from(offendersCsv(deps.ledger.db, id, key, of))
      return c.body(Readable.toWeb(lines) as ReadableStream<Uint8Array>)
    })
    .post('/migrations/:id/checks/:key/override', valid('json', NoteBody), async (c) => {
      const id = await known(deps, c.req.param('id'))
      const check = knownCheck(deps, c.req.param('key'))
      if (!check.canOverride)
        throw new Problem('not-now', `"${check.title}" cannot be overridden.`, {
          hint: 'A run would fail by it for certain, or could lose something: remove the cause.',
        })
      const note = { ...c.req.valid('json'), at: deps.now() }
      await overrideCheck(deps.ledger.db, id, check.key, note)
      return c.json(await viewChecks(deps, id))
    })
    .delete('/migrations/:id/checks/:key/override', async (c) => {
      const id = await known(deps, c.req.param('id'))
      await overrideCheck(deps.ledger.db, id, knownCheck(deps, c.req.param('key')).key, null)
      return c.json(await viewChecks(deps, id))
    })

const known = async (deps: AppDeps, id: string) => (await getMigration(deps.ledger.db, id)).id

function knownCheck(deps: AppDeps, key: string): KnownCheck {
  const check = deps.checker.known.find((one) => one.key === key)
  if (check) return check
  throw new Problem('not-found', 'There is no such check.', {
    hint: 'Ask for the list of checks again; the extension and the agent may be of different versions.',
  })
}

/** Every check there is, with what it said last. */
async function viewChecks(deps: AppDeps, id: string): Promise<ChecksView> {
  const rows = await checkRows(deps.ledger.db, id)
  const checks = deps.checker.known.map((check) => viewCheck(check, rows.get(check.key)))
  const progress = deps.checker.progress(id)
  return {
    checks,
    running: progress !== null,
    progress,
    blocks: (await blockingCounts(deps.ledger.db, [id])).has(id),
  }
}

function viewCheck({ key, group, title, canOverride }: KnownCheck, row?: CheckRow): CheckView {
  if (!row)
    return {
      key,
      group,
      title,
      status: 'pending',
      // The status says that it was not asked yet.
      sentence: '',
      hint: '',
      offenders: 0,
      lists: [],
      at: null,
      canOverride,
      overridden: null,
    }
  const { status, sentence, hint, offenders, listsJson, at, note, who, notedAt } = row
  return {
    key,
    group,
    title,
    status,
    sentence,
    hint,
    offenders,
    lists: JSON.parse(listsJson) as CheckList[],
    at,
    canOverride,
    overridden: note === null ? null : { note, who: who ?? '', at: notedAt ?? 0 },
  }
}
