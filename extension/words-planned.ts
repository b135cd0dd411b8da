/** Text of the list of what a plan will do. */
import type { PlannedList } from '../shared/api-planned.ts'
import type { Kind } from '../shared/plan.ts'
import { counted, kindTitle } from './words.ts'

const whatWords: Record<PlannedList, string> = {
  moves: 'that move',
  withLoss: 'that move with a loss',
  leftOut: 'left out',
  loss: 'with what they lose',
}

export const plannedWords = {
  title: (kind: Kind | null, what: PlannedList): string =>
    `${kind === null ? 'Items' : kindTitle(kind)} ${whatWords[what]}`,
  noProject: 'in no project',
  text: 'As it was planned last; nothing is written yet.',
  total: (n: number) => counted(n, 'row', 'rows'),
  what: 'Show',
  lists: {
    moves: 'What moves',
    withLoss: 'What moves with a loss',
    leftOut: 'What is left out',
    loss: 'Each loss',
  } satisfies Record<PlannedList, string>,
  empty: 'No such items',
  emptyText: 'Nothing in this plan has this kind and reason.',
  onlyReason: 'Only those with one reason are shown.',
  allReasons: 'Show all reasons',
  csv: 'Download as CSV',
}
