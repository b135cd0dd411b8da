import type { AfterCheckView } from '../../../shared/api-after.ts'
import type { PageCountView } from '../../../shared/api-pages.ts'
import type { OverlayAnswer } from '../../sync/overlay-calls.ts'
import type { Pill } from '../pill.ts'
import { pageWords } from './words.ts'

export type PageAnswer = Extract<OverlayAnswer, { state: 'board' | 'filter' | 'people' | 'jql' }>

/** What the pill says on a board, a filter, an administration page or a search. */
export function pagePill(answer: PageAnswer): Pill | null {
  switch (answer.state) {
    case 'board':
    case 'filter':
      return countPill(answer.view)
    case 'people':
      return peoplePill(answer.view.checks)
    case 'jql': {
      const { length } = answer.view.names
      return length === 0 ? null : { shape: 'notEqual', words: pageWords.jql.pill(length) }
    }
  }
}

function countPill(view: PageCountView): Pill {
  const words = pageWords.thereHere(view.source, view.site)
  if (view.source === null || view.site === null) return { shape: 'question', words }
  const same = view.onlySourceCount === 0 && view.onlySiteCount === 0
  return { shape: same ? 'tick' : 'notEqual', words }
}

/** A check that needs a person: it found something, and nobody has accepted that. */
export const isOpen = ({ status, accepted }: AfterCheckView): boolean =>
  (status === 'warning' || status === 'error') && accepted === null

function peoplePill(checks: readonly AfterCheckView[]): Pill {
  const open = checks.filter(isOpen)
  if (open.length > 0) {
    const failed = open.some(({ status }) => status === 'error')
    return { shape: failed ? 'cross' : 'notEqual', words: pageWords.people.open(open.length) }
  }
  const asked = checks.length > 0 && checks.every(({ at }) => at !== null)
  return asked
    ? { shape: 'tick', words: pageWords.people.fine }
    : { shape: 'question', words: pageWords.people.pending }
}
