import type { MigrationRow } from './ledger/migrations.ts'
import { pausedBy } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import { addSample } from './ledger/samples.ts'

/** Fine enough to see a rate limit of some seconds, coarse enough for a run of a day. */
const everyMs = 3_000

/** What a connected site is asked while a run is watched. */
export interface WatchedSite {
  /** How many requests went to it so far. */
  requests(): number
  /** The share of its documented rate that was used since this was last asked. */
  share(): number
}

export interface Sampler {
  /** A site was connected; null when it is closed. */
  site(site: WatchedSite | null): void
  /** Keeps a sample where one is due; `last` keeps one whenever it comes. */
  take(row: MigrationRow, sent: number, checked: number, last?: boolean): Promise<void>
}

/** Writes down every few seconds of a run how far it is, for the chart of its progress. */
export function createSampler(db: LedgerDb, now: () => number): Sampler {
  let asked: WatchedSite | null = null
  let before: number | null = null
  /** What the run did when it was looked at last: after its end it does nothing, and the site is closed. */
  let working: { activity: MigrationRow['activity']; share: number } | null = null
  return {
    site(site) {
      asked = site
    },
    async take(row, sent, checked, last = false) {
      const at = now()
      // The row is idle a moment before its last sample is taken.
      if (!last && row.activity !== 'idle')
        working = { activity: row.activity, share: working?.share ?? 0 }
      // A clock that was set back must not silence the chart until it has caught up.
      if (!last && before !== null && at >= before && at - before < everyMs) return
      before = at
      const share = asked?.share() ?? working?.share ?? 0
      if (working) working.share = share
      await addSample(db, row.id, {
        at,
        activity: working?.activity ?? row.activity,
        sent,
        checked,
        requests: row.requests + (asked?.requests() ?? 0),
        share,
        held: pausedBy(row),
      })
    },
  }
}
