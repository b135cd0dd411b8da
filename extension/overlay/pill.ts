import type { OverlayAnswer } from '../sync/calls.ts'
import { overlayWords } from './words.ts'

export type PillShape = 'tick' | 'tickDot' | 'notEqual' | 'dash' | 'cross' | 'dots' | 'question'
export interface Pill {
  shape: PillShape
  words: string
}

/** What the pill says to an answer; null when it is not to be shown at all. */
export function pillOf(answer: OverlayAnswer): Pill | null {
  switch (answer.state) {
    case 'off':
      return null
    case 'away':
      return { shape: 'question', words: overlayWords.away }
    case 'project':
      return projectPill(answer.view)
    case 'issue':
      return issuePill(answer.view)
  }
}

type IssueView = Extract<OverlayAnswer, { state: 'issue' }>['view']
type ProjectView = Extract<OverlayAnswer, { state: 'project' }>['view']

function issuePill(view: IssueView): Pill {
  if (view.migration === null) return { shape: 'dash', words: overlayWords.unknown }
  if (view.verdict === null) return { shape: 'dots', words: overlayWords.onTheWay }
  if (view.verdict === 'failed') return { shape: 'cross', words: overlayWords.failed }
  if (view.verdict === 'leftOut') return { shape: 'dash', words: overlayWords.leftOut }
  if (view.verdict === 'different') {
    const n = view.items.reduce((sum, item) => sum + item.differences.length, 0)
    return { shape: 'notEqual', words: overlayWords.differences(Math.max(1, n)) }
  }
  return view.withLoss
    ? { shape: 'tickDot', words: overlayWords.withLoss }
    : { shape: 'tick', words: overlayWords.verified }
}

/** The share verified, with the shape of the worst that happened. */
function projectPill(view: ProjectView): Pill {
  if (view.migration === null || view.project === null)
    return { shape: 'dash', words: overlayWords.unknown }
  const { source, verified, verifiedWithLoss, different, failed } = view.project.totals
  // 100 is said only when it is so.
  const words = overlayWords.share(source === 0 ? 0 : Math.floor((100 * verified) / source))
  if (failed > 0) return { shape: 'cross', words }
  if (different > 0) return { shape: 'notEqual', words }
  if (verified < source) return { shape: 'dots', words }
  return { shape: verifiedWithLoss > 0 ? 'tickDot' : 'tick', words }
}
