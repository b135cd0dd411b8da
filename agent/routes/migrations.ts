import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { ActParam, type acts, MigrationBody, type MigrationInput } from '../../shared/api.ts'
import { Problem } from '../../shared/problem.ts'
import {
  addMigration,
  changeMigration,
  deleteMigration,
  getMigration,
  type MigrationRow,
  type NewMigration,
} from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { viewDetail } from './view-detail.ts'
import { viewMigration } from './view-migration.ts'

type Act = (typeof acts)[number]

/** Saves, shows, moves and deletes migrations. */
export const migrationRoutes = (deps: AppDeps) =>
  new Hono()
    .post('/migrations', valid('json', MigrationBody), async (c) => {
      const input = newMigration(c.req.valid('json'), deps.now())
      const asked = c.req.valid('json').site
      // The token first: a migration without it could never run, a token without one is only sealed bytes.
      if (asked.kind === 'cloud') await deps.vault.put(`site:${input.id}`, asked.token)
      const row = await addMigration(deps.ledger.db, input)
      return c.json(await viewMigration(deps, row), 201)
    })
    .get('/migrations/:id', async (c) =>
      c.json(await viewDetail(deps, await getMigration(deps.ledger.db, c.req.param('id')))),
    )
    .post('/migrations/:id/:act', valid('param', ActParam), async (c) => {
      const { id, act } = c.req.valid('param')
      await carryOut(deps, await getMigration(deps.ledger.db, id), act)
      return c.json(await viewMigration(deps, await getMigration(deps.ledger.db, id)))
    })
    .delete('/migrations/:id', async (c) => {
      const row = await getMigration(deps.ledger.db, c.req.param('id'))
      if (atWork(deps, row))
        throw notNow(
          'A running migration cannot be deleted.',
          'Stop it first; what it wrote stays on the site.',
        )
      await deleteMigration(deps.ledger.db, row.id)
      return c.body(null, 204)
    })

function newMigration(input: MigrationInput, at: number): NewMigration {
  const { source, site } = input
  return {
    // 80 random bits: never meets another one, and short enough for a file name and the command line.
    id: randomBytes(10).toString('hex'),
    name: input.name,
    source: {
      kind: 'backup',
      path: source.path,
      attachments: source.attachments ?? null,
      timeZone: source.timeZone ?? null,
    },
    site:
      site.kind === 'practice'
        ? { kind: 'practice' }
        : { kind: 'cloud', url: siteOrigin(site.url), email: site.email },
    scope: input.scope,
    mode: 'move',
    at,
  }
}

/** Site addresses are kept as origins; a token goes over https only, but for a site on this machine. */
function siteOrigin(url: string): string {
  const { protocol, hostname, origin } = new URL(url)
  if (protocol === 'https:') return origin
  if (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return origin
  throw new Problem('usage', 'The site must be reached over https.', {
    hint: 'Write it as https://acme.atlassian.net.',
  })
}

async function carryOut(deps: AppDeps, row: MigrationRow, act: Act): Promise<void> {
  const { runner, ledger, now } = deps
  const busy = atWork(deps, row)
  if (act === 'pause' || act === 'resume' || act === 'stop') {
    if (!busy)
      throw notNow(
        `A migration that is ${row.status} cannot be ${past[act]}.`,
        'Only a running one can.',
      )
    return runner[act](row.id)
  }
  if (act === 'run') {
    if (busy)
      throw notNow('This migration is running already.', 'Follow it, or stop it before a new run.')
    if (row.archived)
      throw notNow('An archived migration cannot be run.', 'Take it out of the archive first.')
    return runner.start(row.id)
  }
  if (act === 'archive' && busy)
    throw notNow('A running migration cannot be archived.', 'Wait for its end, or stop it first.')
  await changeMigration(ledger.db, row.id, now(), { archived: act === 'archive' ? 1 : 0 })
}

const past = { pause: 'paused', resume: 'resumed', stop: 'stopped' } as const

const atWork = (deps: AppDeps, row: MigrationRow) =>
  row.status === 'running' || deps.runner.running().includes(row.id)

const notNow = (sentence: string, hint: string) => new Problem('not-now', sentence, { hint })
