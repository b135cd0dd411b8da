import type { MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { Finding } from '../report/findings.ts'
import { allFindings } from '../report/strangers.ts'

interface Known {
  changed: number
  at: number
  tookMs: number
  findings: Finding[]
}

const known = new WeakMap<LedgerDb, Map<string, Known>>()

/** At most a twentieth of the agent's time goes into grouping what a running migration has found. */
const restFactor = 20

/**
 * The findings of a migration. Grouping goes over every item that is not verified (0.7 s for 350,000),
 * and a running migration changes twice a second: while it runs an answer may be some seconds old, of
 * one that does not run it is always that of its last change.
 */
export async function knownFindings(
  db: LedgerDb,
  row: Pick<MigrationRow, 'id' | 'changed' | 'status'>,
  now: () => number = () => performance.now(),
): Promise<Finding[]> {
  const ofDb = known.get(db) ?? new Map<string, Known>()
  known.set(db, ofDb)
  const before = ofDb.get(row.id)
  const rested = before && now() - before.at < before.tookMs * restFactor
  if (before && (row.status === 'running' ? rested : before.changed === row.changed))
    return before.findings
  const from = now()
  const findings = await allFindings(db, row.id)
  ofDb.set(row.id, { changed: row.changed, at: now(), tookMs: now() - from, findings })
  return findings
}
