import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PageCountView } from '../../shared/api-pages.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LineParts } from '../line.ts'
import { addressInSource } from '../query/source-facts.ts'
import type { PageAsker } from '../routes/page-asker.ts'
import { countsOf } from './counts.ts'
import { createNames } from './names.ts'

/** Long enough for the largest list that is compared, at the site's pace; then a person has waited enough. */
const patienceMs = 120_000

/** Answers what the overlay asks about pages of a site, from snapshots and from the site itself; it only reads. */
export function createPages(parts: LineParts): PageAsker {
  const closing = new AbortController()
  const underWay = new Map<string, Promise<PageCountView>>()
  const addresses = new Map<string, { readAt: number; address: string | null }>()
  const patience = () => AbortSignal.any([closing.signal, AbortSignal.timeout(patienceMs)])
  const names = createNames(parts, patience)
  const snapshotOf = (row: MigrationRow) => join(parts.folder.snapshots, `${row.id}.sqlite`)
  return {
    counts(row, what) {
      // A page that is reloaded while its answer is on the way waits for the same one.
      const key = `${row.id} ${what.kind} ${what.siteId}`
      const known = underWay.get(key)
      if (known) return known
      const asked = countsOf(parts, row, snapshotOf(row), what, patience()).finally(() =>
        underWay.delete(key),
      )
      underWay.set(key, asked)
      return asked
    },
    jql: names,
    sourceAddress(row) {
      const path = snapshotOf(row)
      if (!existsSync(path)) return null
      const { mtimeMs } = statSync(path)
      const known = addresses.get(row.id)
      if (known?.readAt === mtimeMs) return known.address
      const address = addressInSource(path)
      addresses.set(row.id, { readAt: mtimeMs, address })
      return address
    },
    async leave() {
      closing.abort()
      await Promise.allSettled(underWay.values())
    },
  }
}
