import type { IssueTab } from '../../models/overlay-issue.ts'
import { count, counted } from '../../words.ts'
import type { Sight } from './sight.ts'

/** Text of the issue part of the overlay. */
export const issueWords = {
  notKnown: 'not known',
  notKnownText: 'No migration of this agent knows this issue or its project.',
  outside: 'not in this migration',
  outsideText: (migration: string) =>
    `“${migration}” moved this project, but not this issue: it was not in the source, or not chosen.`,
  onTheWay: 'on the way',
  onTheWayText: 'It is still being moved or read back. Ask again in a while.',
  differences: (n: number) => counted(n, 'difference', 'differences'),
  missing: (n: number) => counted(n, 'part missing', 'parts missing'),
  failed: 'failed',
  leftOut: 'left out',
  verified: 'verified',
  withLoss: 'verified, with an announced loss',
  tabs: {
    differences: 'Differences',
    original: 'Original',
    history: 'History',
    files: 'Files',
  } satisfies Record<IssueTab, string>,
  tabList: 'About this issue',
  announced: 'Announced before the run',
  allEqual: 'All that was promised has been read back and is equal.',
  sides: ['Source', 'Site'] as const,
  times: ['Before', 'After'] as const,
  nothing: '(empty)',
  rest: (n: number) => `${count(n)} more without a difference`,
  again: 'Try again',
  asking: 'Asking the agent',
  noOriginal:
    'The snapshot of this source is not on this agent. Read the source again, or ask the agent that ran the migration.',
  nobody: 'Anonymous',
  description: 'Description',
  noDescription: 'The source has no description.',
  asWritten: 'as written',
  fields: 'Fields',
  comments: 'Comments',
  worklogs: 'Work logged',
  onlyFor: 'Only for',
  only: (shown: string, of: string) => `The first ${shown} of ${of}.`,
  oldLinks: 'Links to the old server',
  isNow: 'now:',
  notMoved: 'It was not moved.',
  noHistory: 'The source has no history of this issue.',
  historyText: 'As the source recorded it, oldest first.',
  later: 'Show later changes',
  files: 'Files',
  noFiles: 'The source has no files on this issue.',
  spent: (seconds: number) => {
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60)]
    return [hours > 0 && `${count(hours)} h`, (minutes > 0 || hours === 0) && `${minutes} min`]
      .filter(Boolean)
      .join(' ')
  },
  bytes: (n: number) =>
    n < 1000 ? `${n} bytes` : n < 1e6 ? `${(n / 1e3).toFixed(1)} kB` : `${(n / 1e6).toFixed(1)} MB`,
  sights: {
    'logged out': 'You are logged out of this site. Log in to compare with what it shows.',
    'not visible':
      'Your login does not see this issue on the site. Ask an administrator for permission to browse it, or look whether it was deleted.',
    limited: 'The site asks to wait before it shows more. Reload the page in a minute.',
    unreachable: 'The site does not answer at the moment. Reload the page to try again.',
  } satisfies Record<Exclude<Sight, 'seen'>, string>,
}
