import { appLimits } from '../../shared/app-status.ts'
import { appLogPage, omittedLines } from '../ledger/app-log.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { bom, csvLines } from './csv.ts'

const pageSize = 1_000

/**
 * An app's log for people and spreadsheets: newest first, at most the newest 4,000 events of the last 30 days,
 * with a last line that says how many older ones were left out.
 */
export async function* appLogCsv(
  db: LedgerDb,
  app: { migrationId: string; key: string; omitted: number },
  now: number,
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  yield bytes.encode(bom + csvLines([['time', 'level', 'event', 'message', 'transfer']]))
  let left: number = appLimits.logEvents
  for (let before: number | null = null; left > 0; ) {
    const limit = Math.min(pageSize, left)
    const page = await appLogPage(db, app, { now, before, limit })
    const last = page.at(-1)
    if (!last) break
    before = last.n
    left -= page.length
    yield bytes.encode(
      csvLines(
        page.map(({ at, level, event, message, transferId }) => [
          new Date(at).toISOString(),
          level,
          event,
          message,
          transferId ?? '',
        ]),
      ),
    )
  }
  const omitted = await omittedLines(db, app, now)
  if (omitted)
    yield bytes.encode(
      csvLines([
        ['', '', 'omitted', `Older logs have been omitted: ${omitted.toLocaleString('en')}.`, ''],
      ]),
    )
}
