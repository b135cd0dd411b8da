import { Hono } from 'hono'
import * as v from 'valibot'
import type { MovedView } from '../../shared/api-pages.ts'
import type { Verdict } from '../../shared/status.ts'
import { promiseOf } from '../ledger/items.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'

const source = v.pipe(v.string(), v.url('The old server looks like https://jira.acme.com.'))
const key = v.pipe(v.string(), v.trim(), v.toUpperCase())
const Question = v.union(
  [
    v.object({
      source,
      issue: v.pipe(key, v.regex(/^[A-Z][A-Z0-9_]*-\d+$/, 'An issue key looks like PAY-12.')),
    }),
    v.object({
      source,
      project: v.pipe(key, v.regex(/^[A-Z][A-Z0-9_]*$/, 'A project key looks like PAY.')),
    }),
  ],
  'Ask with source and issue, or with source and project.',
)

const nowhere: MovedView = { migration: null, url: null, verdict: null }

/** Where an issue or a project of an old server went. */
export const movedRoutes = (deps: AppDeps) =>
  new Hono().get('/moved', valid('query', Question), async (c) => {
    const asked = c.req.valid('query')
    for (const row of await migrationsFrom(deps, asked.source)) {
      const found =
        'issue' in asked
          ? await issueMoved(deps, row, asked.issue)
          : await projectMoved(deps, row, asked.project)
      if (found) return c.json(found)
    }
    return c.json(nowhere)
  })

/**
 * The migrations in use whose source calls itself by this address, newest first. Old backups do not tell
 * their address: where no source has this one, those answer.
 */
async function migrationsFrom(deps: AppDeps, address: string): Promise<MigrationRow[]> {
  const rows = await deps.ledger.db
    .selectFrom('migration')
    .selectAll()
    .where('archived', '=', 0)
    .where('siteUrl', 'is not', null)
    .orderBy('createdAt', 'desc')
    .orderBy('changed', 'desc')
    .execute()
  const told = rows.map((row) => ({ row, at: deps.pages.sourceAddress(row) }))
  const same = told.filter(({ at }) => at !== null && placeOf(at) === placeOf(address))
  return (same.length ? same : told.filter(({ at }) => at === null)).map(({ row }) => row)
}

/** Host and path: a server is often reached by http and https, and knows itself by one of them. */
function placeOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { hostname, port, pathname } = new URL(address)
  return `${hostname}:${port === '443' || port === '80' ? '' : port}${pathname.replace(/\/+$/, '')}`
}

async function issueMoved(
  deps: AppDeps,
  row: MigrationRow,
  issueKey: string,
): Promise<MovedView | null> {
  const { db } = deps.ledger
  const own = await db
    .selectFrom('item')
    .select(['siteId', 'verdict'])
    .where('migrationId', '=', row.id)
    .where('issueKey', '=', issueKey)
    .where('kind', '=', 'issue')
    .executeTakeFirst()
  if (!own) return null
  const parts = await db
    .selectFrom('item')
    .select('verdict')
    .distinct()
    .where('migrationId', '=', row.id)
    .where('issueKey', '=', issueKey)
    .where('counted', '=', 1)
    .execute()
  const verdict = worst(own.verdict, new Set(parts.map((part) => part.verdict)))
  return view(row, own.siteId === null ? null : issueKey, verdict)
}

async function projectMoved(
  deps: AppDeps,
  row: MigrationRow,
  projectKey: string,
): Promise<MovedView | null> {
  const { db } = deps.ledger
  const own = await db
    .selectFrom('item')
    .select(['siteId', 'verdict', 'promiseJson'])
    .where('migrationId', '=', row.id)
    .where('projectKey', '=', projectKey)
    .where('kind', '=', 'project')
    .executeTakeFirst()
  if (!own) return null
  const parts = await db
    .selectFrom('tally')
    .select('verdict')
    .distinct()
    .where('migrationId', '=', row.id)
    .where('projectKey', '=', projectKey)
    .where('n', '>', 0)
    .execute()
  const verdict = worst(own.verdict, new Set(parts.map((part) => part.verdict || null)))
  const key = own.siteId === null ? null : (promiseOf(own, 'project')?.key ?? projectKey)
  return view(row, key, verdict)
}

/** What was left out of something verified was announced before the run; what is on its way has no verdict. */
function worst(own: Verdict | null, parts: ReadonlySet<Verdict | null>): Verdict | null {
  if (own === 'leftOut') return own
  if (parts.has('failed')) return 'failed'
  if (parts.has('different')) return 'different'
  return parts.has(null) ? null : own
}

function view(row: MigrationRow, key: string | null, verdict: Verdict | null): MovedView {
  const url =
    key === null || row.siteUrl === null ? null : `${new URL(row.siteUrl).origin}/browse/${key}`
  return { migration: { id: row.id, name: row.name }, url, verdict }
}
