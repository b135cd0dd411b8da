import type { ItemView, VerdictView } from '../../../shared/api.ts'
import type { Kind } from '../../../shared/plan.ts'
import type { Verdict } from '../../../shared/status.ts'
import { count, kindWords, onTheWay, verdictWords } from '../../words.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { Name, Said } from '../said.tsx'
import { Pair } from './pair.tsx'
import { issueWords } from './words.ts'

/** What differs, failed or is on its way, and what was announced before the run. */
export function Differences({ view }: { view: VerdictView }) {
  const telling = view.items.filter((item) => isTelling(item, view.verdict))
  const rest = view.items.length - telling.length
  return (
    <>
      {view.verdict === null && <p>{issueWords.onTheWayText}</p>}
      {telling.length === 0 && view.verdict === 'verified' && <p>{issueWords.allEqual}</p>}
      <ul>
        {telling.map((item) => (
          <Item key={item.seq} item={item} />
        ))}
      </ul>
      <Announced items={view.items} />
      {rest > 0 && <p class="quiet">{issueWords.rest(rest)}</p>}
    </>
  )
}

/**
 * Worth a line of its own: what differs, failed or is on its way. What was announced before the run is told
 * together below, unless the issue itself was left out.
 */
const isTelling = (item: ItemView, issue: Verdict | null): boolean =>
  item.verdict !== 'verified' && (item.verdict !== 'leftOut' || issue === 'leftOut')

/** The losses in words, each once with how many items it concerns: history is thousands of entries. */
function Announced({ items }: { items: ItemView[] }) {
  const said = new Map<string, Map<Kind, number>>()
  for (const item of items) {
    const left = item.verdict === 'leftOut' && item.reason ? [item.reason] : []
    if (item.verdict !== 'verified' && left.length === 0) continue
    for (const { text } of [...item.losses, ...left]) {
      const kinds = said.get(text) ?? new Map<Kind, number>()
      said.set(text, kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + 1))
    }
  }
  if (said.size === 0) return null
  return (
    <section class="group">
      <h3>{issueWords.announced}</h3>
      <ul>
        {[...said].map(([text, kinds]) => (
          <li key={text}>
            <Said text={text} />
            <p class="quiet">
              {[...kinds]
                .map(([kind, n]) => `${count(n)} ${kindWords[kind][n === 1 ? 0 : 1]}`)
                .join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Item({ item }: { item: ItemView }) {
  const { verdict, kind, label, differences, reason, hint, losses } = item
  return (
    <li>
      <p>
        <Mark shape={verdict === null ? 'dots' : shapeOf[verdict]} />{' '}
        {verdict === null ? onTheWay : verdictWords[verdict]}:{' '}
        <span class="quiet">{kindWords[kind][0]}</span> <Name text={label} />
      </p>
      {differences.map(({ field, promised, found }) => (
        <Pair key={field} field={field} source={promised} site={found} />
      ))}
      {reason && <Said text={reason.text} />}
      {hint !== null && <Said text={hint} />}
      {losses.map((loss) => (
        <Said key={`${loss.code} ${loss.text}`} text={loss.text} />
      ))}
    </li>
  )
}
