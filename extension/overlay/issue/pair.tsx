import { useSignal } from '@preact/signals'
import { count } from '../../words.ts'
import { Name } from '../said.tsx'
import { overlayWords } from '../words.ts'
import { compareWords, type Piece } from './compare-words.ts'
import { issueWords } from './words.ts'

/** So much of each side is shown at first, and at most: a page is not made slow by a text of megabytes. */
const atFirst = 1_500
const atMost = 100_000

interface PairProps {
  field: string
  source: string
  site: string
  /** What the sides are called, where they are not source and site. */
  labels?: readonly [string, string]
}

/** One field: the source's text at the left, the site's at the right, with the words marked that differ. */
export function Pair({ field, source, site, labels = issueWords.sides }: PairProps) {
  const whole = useSignal(false)
  const limit = whole.value ? atMost : atFirst
  const { left, right, skipped, leftMore, rightMore } = compareWords(source, site, limit)
  const more = Math.max(leftMore, rightMore) + skipped
  return (
    <div class="pair">
      <p class="quiet" data-wide>
        <Name text={field} />
      </p>
      <Side label={labels[0]} pieces={left} mark="del" cut={leftMore > 0} late={skipped > 0} />
      <Side label={labels[1]} pieces={right} mark="ins" cut={rightMore > 0} late={skipped > 0} />
      {more > 0 && (
        <p class="quiet" data-wide>
          {overlayWords.notShown(count(more))}{' '}
          {!whole.value && (
            <button
              type="button"
              class="link"
              onClick={() => {
                whole.value = true
              }}
            >
              {overlayWords.showMore}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

interface SideProps {
  label: string
  pieces: Piece[]
  mark: 'del' | 'ins'
  cut: boolean
  late: boolean
}

function Side({ label, pieces, mark: Mark, cut, late }: SideProps) {
  return (
    <div class={`side ${Mark}`}>
      <span class="quiet">{label}</span>
      <p class="said">
        {late && '… '}
        {pieces.length === 0 && issueWords.nothing}
        {pieces.map(({ text, changed }) => (changed ? <Mark>{text}</Mark> : text))}
        {cut && ' …'}
      </p>
    </div>
  )
}
