import { Hono } from 'hono'
import { ActParam, type acts } from '../../shared/api.ts'
import { ArchiveBody, type ArchivedView } from '../../shared/api-deeds.ts'
import {
  archiveMigrations,
  changeMigration,
  deleteMigration,
  getMigration,
  type MigrationRow,
} from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { atWork, notNow, readyToRun } from './ready-to-run.ts'
import { viewDetail } from './view-detail.ts'
import { viewMigration } from './view-migration.ts'

type Act = (typeof acts)[number]

/** Shows, moves and deletes migrations. */
export const migrationRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id', async (c) =>
      c.json(await viewDetail(deps, await getMigration(deps.ledger.db, c.req.param('id')))),
    )
    .post('/migrations/:id/:act', valid('param', ActParam), async (c) => {
      const { id, act } = c.req.valid('param')
      await carryOut(deps, await getMigration(deps.ledger.db, id), act)
      return c.json(await viewMigration(deps, await getMigration(deps.ledger.db, id)))
    })
    .post('/archive', valid('json', ArchiveBody), async (c) => {
      const { ids, archived } = c.req.valid('json')
      return c.json(await archiveMany(deps, ids, archived))
    })
    .delete('/migrations/:id', async (c) => {
      const row = await getMigration(deps.ledger.db, c.req.param('id'))
      if (atWork(deps, row))
        throw notNow(
          'A running migration cannot be deleted.',
          'Stop it first; what it wrote stays on the site.',
        )
      if (deps.repairs.progress(row.id).running)
        throw notNow(
          'Items of this migration are being repaired.',
          'Wait for the end of the repair, or stop it first; what it wrote stays on the site.',
        )
      await deps.checker.stop(row.id)
      await deps.after.stop(row.id)
      await deps.setup.forget(row.id)
      await deleteMigration(deps.ledger.db, row.id)
      return c.body(null, 204)
    })

/** Archives those that can be, all in one transaction, and says of the others why not. */
async function archiveMany(
  deps: AppDeps,
  ids: readonly string[],
  archived: boolean,
): Promise<ArchivedView> {
  const { db } = deps.ledger
  const rows = await db.selectFrom('migration').selectAll().where('id', 'in', ids).execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  const why = (id: string): string | null => {
    const row = known.get(id)
    if (!row) return 'There is no such migration.'
    return archived && atWork(deps, row) ? runningNotArchived : null
  }
  const refused = ids.flatMap((id) => {
    const reason = why(id)
    return reason === null ? [] : [{ id, why: reason }]
  })
  const done = ids.filter((id) => why(id) === null)
  await archiveMigrations(db, done, archived ? 1 : 0, deps.now())
  return { done, refused }
}

const runningNotArchived = 'A running migration cannot be archived.'

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
    await readyToRun(deps, row)
    // Whoever runs it is done with setting it up.
    if (row.step !== null) await changeMigration(ledger.db, row.id, now(), { step: null })
    return runner.start(row.id)
  }
  if (act === 'archive' && busy)
    throw notNow(runningNotArchived, 'Wait for its end, or stop it first.')
  await changeMigration(ledger.db, row.id, now(), { archived: act === 'archive' ? 1 : 0 })
}

const past = { pause: 'paused', resume: 'resumed', stop: 'stopped' } as const
