import { placesOf } from '../ledger/after.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { bom, csvLines } from './csv.ts'

const pageSize = 1_000

/** All places where a check after a migration found something, or another list of it, for people and spreadsheets; read page by page. */
export async function* placesCsv(
  db: LedgerDb,
  migrationId: string,
  key: string,
  of: { list: string; partOf?: string | undefined },
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  yield bytes.encode(bom + csvLines([['subject', 'project', 'issue', 'detail', 'url']]))
  for (let after = 0; ; ) {
    const page = await placesOf(db, migrationId, key, after, pageSize, of)
    const last = page.at(-1)
    if (!last) return
    yield bytes.encode(
      csvLines(
        page.map(({ subject, projectKey, issueKey, detail, url }) => [
          subject,
          projectKey,
          issueKey,
          detail,
          url,
        ]),
      ),
    )
    after = last.n
  }
}
