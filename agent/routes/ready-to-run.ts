import { Problem } from '../../shared/problem.ts'
import { missingOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { AppDeps } from './deps.ts'
import { missingWords } from './view-setup.ts'

export const notNow = (sentence: string, hint: string) => new Problem('not-now', sentence, { hint })

/** Whether a run of it, or the move of an app's data, is under way. */
export const atWork = (deps: AppDeps, row: MigrationRow) =>
  row.status === 'running' || deps.runner.running().includes(row.id) || deps.apps.atWork(row.id)

/** Throws a Problem not-now where it cannot be run; else ends what of its setup goes on, which a run does itself. */
export async function readyToRun(deps: AppDeps, row: MigrationRow): Promise<void> {
  if (atWork(deps, row))
    throw notNow('This migration is running already.', 'Follow it, or stop it before a new run.')
  if (row.archived)
    throw notNow('An archived migration cannot be run.', 'Take it out of the archive first.')
  const [missing] = await missingOf(deps.ledger.db, row)
  if (missing)
    throw notNow(
      `This draft cannot be run: ${missingWords[missing]}.`,
      'Edit it and complete its setup.',
    )
  await deps.setup.stopInspection(row.id)
  await deps.setup.stopPreview(row.id)
}
