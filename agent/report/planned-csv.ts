import type { PlannedRow } from '../../shared/api-planned.ts'
import { bom, csvLines } from './csv.ts'

/**
 * The items of a plan, one line each, for people and spreadsheets; read page by page.
 * @param pageAfter the rows that follow the one of this number
 */
export async function* plannedCsv(
  pageAfter: (n: number) => Promise<PlannedRow[]>,
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder()
  yield bytes.encode(bom + csvLines([['kind', 'item', 'project', 'issue', 'code', 'reason']]))
  for (let after = 0; ; ) {
    const page = await pageAfter(after)
    const last = page.at(-1)
    if (!last) return
    yield bytes.encode(csvLines(page.map(line)))
    after = last.n
  }
}

const line = ({ kind, label, projectKey, issueKey, reasons }: PlannedRow) => [
  ...[kind, label, projectKey, issueKey],
  reasons.map(({ code }) => code).join(' '),
  reasons.map(({ text }) => text).join(' '),
]
