import type { PageAnswer } from './pill.ts'

/** What is known on a board, a filter, an administration page or a search. */
export function PageBody(_props: { answer: PageAnswer }) {
  return null
}
