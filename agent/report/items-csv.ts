import { type Kind, kinds, type Reason } from '../../shared/plan.ts'
import type { Difference } from '../../shared/report.ts'
import { differencesOf, lossesOf } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { type Outcome, outcomePages } from '../ledger/outcomes.ts'
import { type Cell, csvLines } from './csv.ts'
import type { Loss } from './facts.ts'

export const itemColumns = [
  'kind',
  'sourceId',
  'siteId',
  'label',
  'project',
  'issue',
  'verdict',
  'announcedLosses',
  'differences',
  'reasonCode',
  'reason',
  'hint',
]

/** Excel refuses cells over 32,767 characters; two values of a few differing fields stay below that. */
const longestValue = 5_000

/**
 * Every counted item, one line each, in the order of the kinds and of the plan.
 * @param losses is filled on the way: a second look at a million items would only repeat the first
 */
export async function* itemsCsv(
  db: LedgerDb,
  migrationId: string,
  losses: Map<string, Loss>,
): AsyncGenerator<string> {
  yield csvLines([itemColumns])
  for (const kind of kinds)
    for await (const page of outcomePages(db, migrationId, kind)) {
      for (const item of page) addLosses(losses, kind, lossesOf(item))
      yield csvLines(page.map(line))
    }
}

const line = (item: Outcome): Cell[] => [
  item.kind,
  item.sourceId,
  item.siteId,
  item.label,
  item.projectKey,
  item.issueKey,
  item.verdict,
  lossesOf(item)
    .map((loss) => `${loss.code}: ${loss.text}`)
    .join(' | '),
  differencesOf(item).map(difference).join(' | '),
  item.reasonCode,
  item.reasonText,
  item.hint,
]

const difference = ({ field, promised, found }: Difference) =>
  `${field}: ${cut(promised)} → ${cut(found)}`

const cut = (value: string) =>
  value.length <= longestValue
    ? value
    : `${value.slice(0, longestValue)}… (${value.length - longestValue} more characters)`

function addLosses(losses: Map<string, Loss>, kind: Kind, reasons: readonly Reason[]): void {
  // An item that names one loss twice is still one item.
  const seen = new Set<string>()
  for (const { code, text } of reasons) {
    const key = `${kind} ${code}`
    if (seen.has(key)) continue
    seen.add(key)
    const known = losses.get(key)
    if (known) {
      known.items++
      known.varies ||= known.text !== text
    } else losses.set(key, { code, kind, text, varies: false, items: 1 })
  }
}
