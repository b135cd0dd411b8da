import { Hono } from 'hono'
import {
  AcceptBody,
  AcceptQuery,
  type FindingsView,
  type RetriedView,
  RetryBody,
} from '../../shared/api-checks.ts'
import { Problem } from '../../shared/problem.ts'
import { accept, acceptancesOf } from '../ledger/acceptances.ts'
import { getMigration } from '../ledger/migrations.ts'
import { countFailed } from '../ledger/retry.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { knownFindings } from './known-findings.ts'
import { readyToRun } from './ready-to-run.ts'
import { viewMigration } from './view-migration.ts'

/** What a person answers to findings: try these again, or live with them. */
export const findingRoutes = (deps: AppDeps) =>
  new Hono()
    .post('/migrations/:id/findings/retry', valid('json', RetryBody), async (c) => {
      const asked = c.req.valid('json')
      const row = await getMigration(deps.ledger.db, c.req.param('id'))
      const found = (await knownFindings(deps.ledger.db, row)).find(
        (one) => one.code === asked.code && one.kind === asked.kind && one.verdict === 'failed',
      )
      const cause = found && { kind: found.cause.kind, code: found.cause.reasonCode ?? 'failed' }
      const count = cause && (await countFailed(deps.ledger.db, row.id, cause))
      if (!cause || !count?.failed)
        throw new Problem('not-now', 'Nothing of this cause has failed any more.', {
          hint: 'Look at the list again; a later run may have sent them.',
        })
      await readyToRun(deps, row)
      await deps.runner.start(row.id, cause)
      return c.json({ items: count.again } satisfies RetriedView, 202)
    })
    .post('/migrations/:id/findings/accept', valid('json', AcceptBody), async (c) => {
      const { note, who, ...which } = c.req.valid('json')
      const row = await getMigration(deps.ledger.db, c.req.param('id'))
      const there = (await knownFindings(deps.ledger.db, row)).some(
        (one) =>
          one.code === which.code && one.kind === which.kind && one.verdict === which.verdict,
      )
      if (!there)
        throw new Problem('not-found', 'This migration has no such finding.', {
          hint: 'Look at the list again; a later run may have fixed it.',
        })
      await accept(deps.ledger.db, row.id, which, { note, who, at: deps.now() })
      return c.json(await viewAccepted(deps, row.id))
    })
    .delete('/migrations/:id/findings/accept', valid('query', AcceptQuery), async (c) => {
      const row = await getMigration(deps.ledger.db, c.req.param('id'))
      await accept(deps.ledger.db, row.id, c.req.valid('query'), null)
      return c.json(await viewAccepted(deps, row.id))
    })

async function viewAccepted(deps: AppDeps, id: string): Promise<FindingsView> {
  const row = await getMigration(deps.ledger.db, id)
  const { needsAttention } = await viewMigration(deps, row)
  const accepted = await acceptancesOf(deps.ledger.db, id)
  return {
    accepted: accepted.flatMap(({ migrationId: _id, verdict, ...rest }) =>
      verdict === 'verified' ? [] : [{ verdict, ...rest }],
    ),
    needsAttention,
  }
}
