import type { ComponentChildren } from 'preact'
import type { MigrationView } from '../../shared/api.ts'
import type { Counts } from '../../shared/report.ts'
import { type Verdict, verdicts } from '../../shared/status.ts'
import { itemsHash } from '../models/place.ts'
import { count, ofWord, verdictWords, withLossWords } from '../words.ts'
import { ofWords } from '../words-time.ts'
import { left, percent, rate } from './format.ts'
import { VerdictMark } from './marks.tsx'

interface ProgressBarProps {
  row: MigrationView
  /** Whether the numbers lead to the items that they count. */
  linked?: boolean
  /** When this was heard, while nobody knows how far it is now. */
  asOf?: number | null
}

/** 41,203 of 58,910, nothing while it is not known of how many; each number leads to its items where it is linked. */
function Done({ row, linked }: Required<Pick<ProgressBarProps, 'row' | 'linked'>>) {
  const { done, total, of = 'settled' } = row.progress
  if (total === 0) return null
  if (!linked) return <>{ofWords(count(done), count(total))}</>
  return (
    <>
      <a href={itemsHash(row.id, { only: of })}>{count(done)}</a> {ofWord}{' '}
      <a href={itemsHash(row.id, { only: 'moved' })}>{count(total)}</a>
    </>
  )
}

/** How far a run is: bar, numbers, rate and time left. A run that stands still, or is out of sight, has neither. */
export function ProgressBar({ row, linked = false, asOf = null }: ProgressBarProps) {
  const { done, total, perMinute, secondsLeft, sentence } = row.progress
  const moves = asOf === null && row.activity !== 'paused'
  const rest = [
    ...(!moves || perMinute === null ? [] : [rate(perMinute)]),
    ...(!moves || secondsLeft === null ? [] : [left(secondsLeft)]),
  ].join(' · ')
  return (
    <div class="stack tight">
      <div
        class="meter"
        role="progressbar"
        aria-label={sentence}
        aria-valuenow={percent(done, total)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ width: `${total === 0 ? 0 : (100 * done) / total}%` }} />
      </div>
      <div class="bar quiet numbers progress-line">
        <span>
          <Done row={row} linked={linked} />
        </span>
        {rest !== '' && <span class="push">{rest}</span>}
      </div>
    </div>
  )
}

/**
 * The four numbers as one bar with counts; a count is a link to its items where `href` gives one.
 * Numbers that are zero are not shown, but verified always is.
 */
export function FourNumbers({ counts, href, lossHref, brief = false }: FourNumbersProps) {
  const shown = verdicts.filter((verdict) => verdict === 'verified' || counts[verdict] > 0)
  return (
    <div class="stack tight">
      <div class="meter four" aria-hidden="true">
        {verdicts.map((verdict) =>
          counts[verdict] === 0 ? null : (
            <span
              key={verdict}
              class={verdict}
              style={{ width: `${(100 * counts[verdict]) / Math.max(1, counts.source)}%` }}
            />
          ),
        )}
      </div>
      <div class="numbers">
        {shown.map((verdict) => {
          const words = `${count(counts[verdict])} ${verdictWords[verdict]}`
          return (
            <span key={verdict}>
              <VerdictMark
                verdict={verdict}
                loss={brief && verdict === 'verified' && counts.verifiedWithLoss > 0}
              />
              {brief ? (
                <Brief words={words} href={href?.(verdict)}>
                  {count(counts[verdict])}
                  <span class="hidden"> {verdictWords[verdict]}</span>
                </Brief>
              ) : href ? (
                <a href={href(verdict)}>{words}</a>
              ) : (
                words
              )}
              {verdict === 'verified' && counts.verifiedWithLoss > 0 && !brief && (
                <span class="quiet">
                  (
                  {lossHref ? (
                    <a href={lossHref}>{withLossWords(counts.verifiedWithLoss)}</a>
                  ) : (
                    withLossWords(counts.verifiedWithLoss)
                  )}
                  )
                </span>
              )}
            </span>
          )
        })}
      </div>
    </div>
  )
}

function Brief(props: { words: string; href: string | undefined; children: ComponentChildren }) {
  const { words, href, children } = props
  return href === undefined ? (
    <span title={words}>{children}</span>
  ) : (
    <a title={words} href={href}>
      {children}
    </a>
  )
}

interface FourNumbersProps {
  counts: Counts
  href?: (v: Verdict) => string
  /** Leads to those verified with an announced loss. */
  lossHref?: string
  /** Without the words, for a narrow column: they are on hover and for readers. */
  brief?: boolean
}

/** The numbers without the bar and the words, for one line; the words are there for readers and on hover. */
export function BriefNumbers({ counts, href }: Pick<FourNumbersProps, 'counts' | 'href'>) {
  // What was left out was announced; only these two are news.
  const bad = (['failed', 'different'] as const).filter((verdict) => counts[verdict] > 0)
  const shown: Verdict[] = bad.length === 0 ? ['verified'] : bad
  return (
    <>
      {shown.map((verdict) => (
        <Brief key={verdict} words={verdictWords[verdict]} href={href?.(verdict)}>
          {count(counts[verdict])} <VerdictMark verdict={verdict} />
          <span class="hidden">{verdictWords[verdict]}</span>
        </Brief>
      ))}
    </>
  )
}
