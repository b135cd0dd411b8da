import type { MigrationView } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import { kinds } from '../../shared/plan.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { MissingPart } from '../../shared/setup.ts'
import type { Activity } from '../../shared/status.ts'
import { type AcceptanceRow, acceptanceKey, acceptancesOf } from '../ledger/acceptances.ts'
import { appsInNeed } from '../ledger/apps.ts'
import { blockingCounts } from '../ledger/checks.ts'
import { lacks, secretsOf } from '../ledger/drafts.ts'
import { forecastSizes } from '../ledger/forecasts.ts'
import { type MigrationRow, type NewMigration, pausedBy } from '../ledger/migrations.ts'
import type { TallyTable } from '../ledger/schema.ts'
import { countsOf, progressOf } from '../ledger/tally.ts'
import { totals } from '../ledger/totals.ts'
import { sourceLabel } from '../report/source-label.ts'
import { troubled } from '../report/strangers.ts'
import type { AppDeps } from './deps.ts'
import { knownFindings } from './known-findings.ts'
import { missingWords } from './view-setup.ts'

const counted = new Set<string>(kinds)

type Deps = Pick<AppDeps, 'ledger' | 'runner'>

/** What is told of a migration beside its row. */
interface Beside {
  tally: readonly TallyTable[]
  secrets: ReadonlySet<string>
  acceptances: readonly AcceptanceRow[]
  /** What the checks counted; until a run has planned, nothing else tells how much there is. */
  forecast: { projects: number; issues: number } | undefined
  /** Errors of checks that keep the next run from beginning. */
  blockedBy: number
  appsInNeed: number
}

/** A migration as the list shows it; its numbers come from the tally, never from counting items. */
export async function viewMigration(deps: Deps, row: MigrationRow): Promise<MigrationView> {
  const [view] = await viewMigrations(deps, [row])
  return must(view, row.id)
}

/** Many at once: what stands beside their rows is asked for once, not once a row. */
export async function viewMigrations(
  deps: Deps,
  rows: readonly MigrationRow[],
): Promise<MigrationView[]> {
  if (rows.length === 0) return []
  const { db } = deps.ledger
  const ids = rows.map((row) => row.id)
  const [tallies, secrets, accepted, forecasts, blocked, needy] = await Promise.all([
    totals(db, ids),
    secretsOf(db, ids),
    acceptancesOf(db, ...ids),
    forecastSizes(db, ids),
    blockingCounts(db, ids),
    appsInNeed(db, ids),
  ])
  const acceptances = Map.groupBy(accepted, (one) => one.migrationId)
  return Promise.all(
    rows.map((row) =>
      viewWith(deps, row, {
        tally: tallies.get(row.id) ?? [],
        secrets,
        acceptances: acceptances.get(row.id) ?? [],
        forecast: forecasts.get(row.id),
        blockedBy: blocked.get(row.id) ?? 0,
        appsInNeed: needy.get(row.id) ?? 0,
      }),
    ),
  )
}

async function viewWith(
  deps: Deps,
  row: MigrationRow,
  { tally, secrets, acceptances, forecast, blockedBy, appsInNeed }: Beside,
): Promise<MigrationView> {
  const counts = countsOf(tally)
  const missing = lacks(row, secrets)
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
    ...(tally.length === 0 && forecast
      ? forecast
      : { projects: moved(tally, 'project'), issues: moved(tally, 'issue') }),
    progress: {
      sentence: sentenceOf(row, missing),
      ...doneOf(row, tally),
      ...(deps.runner.running().includes(row.id)
        ? deps.runner.rate(row.id)
        : { perMinute: null, secondsLeft: null }),
    },
    totals: counts,
    setup: { purpose: row.purpose, step: row.step, missing },
    needsAttention:
      counts.different + counts.failed - (await acceptedItems(deps, row, counts, acceptances)),
    blockedBy,
    appsInNeed,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    // One whose clock was set back while an earlier Landfall counted may stand below nothing.
    workedMs: Math.max(0, row.workedMs),
    changedAt: row.changedAt,
  }
}

/** What is said of it in one sentence: one that was never run and lacks something is not ready to run. */
const sentenceOf = (row: MigrationRow, missing: readonly MissingPart[]): string =>
  row.status === 'saved' && row.step === null && missing.length > 0
    ? `Saved. It cannot run yet: ${missing.map((part) => missingWords[part]).join(', ')}.`
    : row.sentence

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
  acceptances: readonly AcceptanceRow[],
): Promise<number> {
  const { db } = deps.ledger
  if (!counts.different && !counts.failed) return 0
  const accepted = acceptances.filter((one) => one.verdict !== 'leftOut')
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
