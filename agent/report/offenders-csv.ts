import { offendersOf } from '../ledger/checks.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { bom, csvLines } from './csv.ts'

const pageSize = 1_000

/** All that a check concerns, or another list of it, one line each, for people and spreadsheets; read page by page. */
export async function* offendersCsv(
  db: LedgerDb,
  migrationId: string,
  key: string,
  of: { list: string; partOf?: string | undefined },
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  yield bytes.encode(bom + csvLines([['subject', 'project', 'detail']]))
  for (let after = 0; ; ) {
    const page = await offendersOf(db, migrationId, key, after, pageSize, of)
    const last = page.at(-1)
    if (!last) return
    yield bytes.encode(
      csvLines(page.map(({ subject, projectKey, detail }) => [subject, projectKey, detail])),
    )
    after = last.n
  }
}
