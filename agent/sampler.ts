import type { MigrationRow } from './ledger/migrations.ts'
import { pausedBy } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import { addSample } from './ledger/samples.ts'

/** Fine enough to see a rate limit of some seconds, coarse enough for a run of a day. */
const everyMs = 3_000

export interface Sampler {
  /** A site was connected: this tells how many requests went to it; null when it is closed. */
  site(requests: (() => number) | null): void
  /** Keeps a sample where one is due; `last` keeps one whenever it comes. */
  take(row: MigrationRow, sent: number, checked: number, last?: boolean): Promise<void>
}

/** Writes down every few seconds of a run how far it is, for the chart of its progress. */
export function createSampler(db: LedgerDb, now: () => number): Sampler {
  let asked: (() => number) | null = null
  let before: number | null = null
  return {
    site(requests) {
      asked = requests
    },
    async take(row, sent, checked, last = false) {
      const at = now()
      // A clock that was set back must not silence the chart until it has caught up.
      if (!last && before !== null && at >= before && at - before < everyMs) return
      before = at
      await addSample(db, row.id, {
        at,
        activity: row.activity,
        sent,
        checked,
        requests: row.requests + (asked?.() ?? 0),
        held: pausedBy(row),
      })
    },
  }
}
