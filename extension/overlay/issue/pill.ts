import type { VerdictView } from '../../../shared/api.ts'
import type { Pill } from '../pill.ts'
import { issueWords } from './words.ts'

/** What the badge says of an issue. */
export function issuePill(view: VerdictView): Pill {
  if (view.migration === null) {
    const words = view.inProjectOf ? issueWords.outside : issueWords.notKnown
    return { shape: view.inProjectOf ? 'dash' : 'question', words }
  }
  if (view.verdict === null) return { shape: 'dots', words: issueWords.onTheWay }
  if (view.verdict === 'leftOut') return { shape: 'dash', words: issueWords.leftOut }
  if (view.verdict === 'failed') {
    const missing = view.items.filter((item) => item.verdict === 'failed')
    // Where the issue itself failed, its parts have nowhere to be.
    const whole = missing.length === 0 || missing.some((item) => item.kind === 'issue')
    return { shape: 'cross', words: whole ? issueWords.failed : issueWords.missing(missing.length) }
  }
  if (view.verdict === 'different') {
    const n = view.items.reduce((sum, item) => sum + item.differences.length, 0)
    return { shape: 'notEqual', words: issueWords.differences(Math.max(1, n)) }
  }
  return view.withLoss
    ? { shape: 'tickDot', words: issueWords.withLoss }
    : { shape: 'tick', words: issueWords.verified }
}
