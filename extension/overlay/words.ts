import type { Subject } from '../sync/overlay-calls.ts'

/** What a page about all people is called; there are several of them. */
const people = 'People'

/** Text of the overlay's frame; kinds, verdicts and numbers are worded as everywhere else. */
export const overlayWords = {
  unknown: 'not migrated',
  unknownProject: 'No migration of this agent knows this project.',
  share: (percent: number) => `${percent}% verified`,
  label: (subject: string, words: string) => `Landfall: ${subject} ${words}. Show more.`,
  title: (subject: string) =>
    subject === people ? 'People here and at the source' : `${subject} and its source`,
  from: (migration: string) => `Moved by “${migration}”.`,
  close: 'Close',
  notShown: (n: string) => `${n} characters are not shown.`,
  showMore: 'Show more',
  again: 'Ask again',
  asking: 'Asking the agent',
  off: 'There is nothing to tell about this page.',
  reload: 'Reload this page',
  open: 'Open this migration',
}

/** What the pill says when the agent's answer is a problem, by its code. */
export const problemPills = (code: string): string => problemWords.get(code) ?? 'cannot tell'
const problemWords = new Map([
  ['agent-away', 'agent away'],
  ['not-paired', 'not paired'],
  ['site-rate-limit', 'site limits requests'],
  ['extension-updated', 'reload this page'],
])

/** What the drawer is about, for its title. */
export function subjectName(subject: Subject): string {
  switch (subject.kind) {
    case 'issue':
      return subject.issue
    case 'project':
      return subject.project
    case 'board':
      return 'This board'
    case 'filter':
      return 'This filter'
    case 'people':
      return people
    case 'jql':
      return 'This search'
  }
}
