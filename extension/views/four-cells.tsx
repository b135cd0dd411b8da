import type { Counts } from '../../shared/report.ts'
import type { ItemsAsk } from '../models/place.ts'
import { count, withLossWords } from '../words.ts'
import { includesWords } from '../words-includes.ts'
import { VerdictMark } from './marks.tsx'

const four = ['verified', 'different', 'leftOut', 'failed'] as const

interface FourCellsProps {
  counts: Counts
  labels: string[]
  href: (ask: ItemsAsk) => string
}

/** The four numbers as cells; a zero is quiet, everything else leads to its items. */
export function FourCells({ counts, labels, href }: FourCellsProps) {
  return (
    <>
      {four.map((verdict, i) => {
        const losses = verdict === 'verified' ? counts.verifiedWithLoss : 0
        return (
          <td
            key={verdict}
            class={`number ${counts[verdict] === 0 ? 'empty' : ''}`}
            data-label={labels[i]}
          >
            {counts[verdict] === 0 ? (
              <span class="quiet">0</span>
            ) : (
              <span>
                <VerdictMark verdict={verdict} loss={losses > 0} />{' '}
                <a href={href({ verdict })}>{count(counts[verdict])}</a>
                {losses > 0 && (
                  <a
                    class="losses"
                    href={href({ verdict, only: 'loss' })}
                    title={withLossWords(losses)}
                  >
                    {includesWords.losses(losses)}
                  </a>
                )}
              </span>
            )}
          </td>
        )
      })}
    </>
  )
}

/** The heads of a table. numbersFrom: the first column of numbers; absent, there is none. */
export function Titles({
  titles,
  numbersFrom = titles.length,
}: {
  titles: readonly string[]
  numbersFrom?: number
}) {
  return (
    <thead>
      <tr>
        {titles.map((title, i) => (
          <th key={title} scope="col" class={i >= numbersFrom ? 'number' : ''}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  )
}
