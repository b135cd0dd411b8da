import type { Preview } from '../../../shared/api-setup-views.ts'
import { count, kindTitle } from '../../words.ts'
import { reviewWords } from '../../words-setup.ts'

type Reason = Preview['losses'][number]

interface ReasonsProps {
  title: string
  text: string
  none: string
  reasons: Reason[]
  hrefOf: (reason: Reason) => string
}

/** More than a person reads at a glance; the rest is folded away. */
const shown = 10

/** Reasons as sentences, biggest first, each number a link to the items. */
export function Reasons({ title, text, none, reasons, hrefOf }: ReasonsProps) {
  const sorted = reasons.toSorted((a, b) => b.items - a.items)
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      {sorted.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <>
          {text !== '' && <p class="quiet">{text}</p>}
          <List reasons={sorted.slice(0, shown)} hrefOf={hrefOf} />
          {sorted.length > shown && (
            <details>
              <summary>
                {reviewWords.more(sorted.length - shown)}
                <span class="hidden"> {title}</span>
              </summary>
              <List reasons={sorted.slice(shown)} hrefOf={hrefOf} />
            </details>
          )}
        </>
      )}
    </section>
  )
}

function List({ reasons, hrefOf }: Pick<ReasonsProps, 'reasons' | 'hrefOf'>) {
  return (
    <ul class="reasons">
      {reasons.map((one) => (
        <li key={`${one.kind} ${one.code}`}>
          <a class="number" href={hrefOf(one)}>
            {count(one.items)}
            <span class="hidden"> {kindTitle(one.kind)}</span>
          </a>
          <span class="grow">
            {kindTitle(one.kind)}:{' '}
            {one.varies && <span class="quiet">{reviewWords.oneOfThem} </span>}
            <bdi>{one.text}</bdi>
            {one.example !== '' && (
              <span class="quiet line">
                <bdi>{reviewWords.example(one.example)}</bdi>
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
