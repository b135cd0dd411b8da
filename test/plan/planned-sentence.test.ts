import { expect, test } from 'vitest'
import { plannedSentence } from '../../agent/plan/planned-sentence.ts'

test('what the site gets beside the items is told by what it is, and steps of an item are not', () => {
  expect(plannedSentence(1, new Map())).toBe('Planned 1 item.')
  expect(plannedSentence(1_736, new Map([['progress', 320] as const]))).toBe('Planned 1,736 items.')
  expect(
    plannedSentence(
      1_736,
      new Map([
        ['screens', 1],
        ['workflow', 4],
        ['workflowScheme', 4],
        ['filler', 45],
        ['fillerDelete', 45],
        ['note', 1],
      ]),
    ),
  ).toBe(
    'Planned 1,736 items. The site gets beside them: 9 schemes; 45 empty issues that keep numbers and are deleted at the end; 1 comment for what has no other place on the site.',
  )
})
