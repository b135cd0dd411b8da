import type { OverlayAnswer } from '../sync/overlay-calls.ts'
import { issuePill } from './issue/pill.ts'
import { pagePill } from './pages/pill.ts'
import { projectPill } from './project/pill.ts'
import { problemPills } from './words.ts'

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
    case 'problem':
      return { shape: 'question', words: problemPills(answer.problem.code) }
    case 'project':
      return projectPill(answer.view)
    case 'issue':
      return issuePill(answer.view)
    default:
      return pagePill(answer)
  }
}
