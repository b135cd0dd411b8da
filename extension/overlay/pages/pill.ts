import type { OverlayAnswer } from '../../sync/overlay-calls.ts'
import type { Pill } from '../pill.ts'

export type PageAnswer = Extract<OverlayAnswer, { state: 'board' | 'filter' | 'people' | 'jql' }>

/** What the pill says on a board, a filter, an administration page or a search. */
export function pagePill(_answer: PageAnswer): Pill | null {
  return null
}
