import type { MigrationView } from '../../shared/api.ts'
import { kinds } from '../../shared/plan.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { Activity } from '../../shared/status.ts'
import { acceptanceKey, acceptancesOf } from '../ledger/acceptances.ts'
import { missingOf } from '../ledger/drafts.ts'
import { type MigrationRow, type NewMigration, pausedBy } from '../ledger/migrations.ts'
import type { TallyTable } from '../ledger/schema.ts'
import { countsOf, progressOf } from '../ledger/tally.ts'
import { totals } from '../ledger/totals.ts'
import { sourceLabel } from '../report/source-label.ts'
import { troubled } from '../report/strangers.ts'
import type { AppDeps } from './deps.ts'
import { knownFindings } from './known-findings.ts'

const counted = new Set<string>(kinds)

/** A migration as the list shows it; its numbers come from the tally, never from counting items. */
export async function viewMigration(
  deps: Pick<AppDeps, 'ledger' | 'runner'>,
  row: MigrationRow,
): Promise<MigrationView> {
  const tally = await totals(deps.ledger.db, row.id)
  const counts = countsOf(tally)
  const source = JSON.parse(row.sourceJson) as NewMigration['source']
  const site = JSON.parse(row.siteJson) as NewMigration['site']
  return {
    id: row.id,
    changed: row.changed,
    name: row.name,
    status: row.status,
    activity: activityOf(row),
    pausedBy: pausedBy(row),
    reason: row.reason,
    problem: row.problemJson ? (JSON.parse(row.problemJson) as ProblemView) : null,
    archived: row.archived === 1,
    source: { kind: source.kind, label: sourceLabel(source.path), version: row.sourceVersion },
    site: { kind: site.kind, url: row.siteUrl },
    projects: moved(tally, 'project'),
    issues: moved(tally, 'issue'),
    progress: {
      sentence: row.sentence,
      ...doneOf(row, tally),
      ...(deps.runner.running().includes(row.id)
        ? deps.runner.rate(row.id)
        : { perMinute: null, secondsLeft: null }),
    },
    totals: counts,
    setup: { purpose: row.purpose, step: row.step, missing: await missingOf(deps.ledger.db, row) },
    needsAttention: counts.different + counts.failed - (await acceptedItems(deps, row, counts)),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    changedAt: row.changedAt,
  }
}

/**
 * What is going on; what holds a run stands before what it was doing. A person's pause holds it between batches
 * only: until the first one it goes on reading and planning, which writes nothing.
 */
function activityOf(row: MigrationRow): Activity {
  const reasons = pausedBy(row)
  if (row.status !== 'running' || row.activity === 'stopping' || reasons.length === 0)
    return row.activity
  const atBatches = row.activity === 'pushing' || row.activity === 'verifying'
  return atBatches || reasons.some((reason) => reason !== 'by you') ? 'paused' : row.activity
}

/** How many of the items that would need attention somebody has accepted; asked only where there are such items. */
async function acceptedItems(
  deps: Pick<AppDeps, 'ledger'>,
  row: MigrationRow,
  counts: { different: number; failed: number },
): Promise<number> {
  const { db } = deps.ledger
  if (!counts.different && !counts.failed) return 0
  const accepted = (await acceptancesOf(db, row.id)).filter((one) => one.verdict !== 'leftOut')
  if (!accepted.length) return 0
  const keys = new Set(accepted.map(acceptanceKey))
  const known = troubled(
    (await knownFindings(db, row)).filter((one) => keys.has(acceptanceKey(one))),
  )
  // Of a running migration the findings are some seconds old: a retry may have taken up what they still hold.
  return Math.min(known, counts.different + counts.failed)
}

const moved = (rows: readonly TallyTable[], kind: string) =>
  rows
    .filter((row) => row.kind === kind && row.state !== 'leftOut')
    .reduce((sum, row) => sum + row.n, 0)

/**
 * While it is verified, what was read back counts; else what was sent. Helpers are in neither: the numbers are
 * those of the source, before and after.
 */
function doneOf(row: MigrationRow, tally: readonly TallyTable[]) {
  const { sent, checked, total } = progressOf(tally.filter((one) => counted.has(one.kind)))
  return row.activity === 'verifying' || row.mode === 'verify'
    ? { done: checked, total, of: 'checked' as const }
    : { done: sent, total, of: 'settled' as const }
}
