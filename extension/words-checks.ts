/** Text of the checks before a run, and of the answers to findings. */
import type { CheckGroup, CheckStatus } from '../shared/api-checks.ts'
import { count, counted } from './words.ts'

export const checkWords = {
  statuses: {
    success: 'Success',
    warning: 'Warning',
    error: 'Error',
    incomplete: 'Incomplete',
    pending: 'Not checked yet',
  } satisfies Record<CheckStatus, string>,
  meanings: {
    success: 'Nothing stands in the way.',
    warning: 'Something will be other than people expect; the run can go on.',
    error: 'This keeps a run from starting.',
    incomplete: 'It could not be checked: try again.',
    pending: 'Not checked yet.',
  } satisfies Record<CheckStatus, string>,
  groups: {
    system: 'System',
    site: 'Site',
    people: 'People',
    projects: 'Projects',
    issues: 'Issues',
    fields: 'Fields',
    files: 'Files',
    'boards and filters': 'Boards and filters',
    apps: 'Apps',
  } satisfies Record<CheckGroup, string>,
  runAll: 'Run all checks',
  /** On the button that asks one of them, by how it stands. */
  askWords: {
    success: 'Check again',
    warning: 'Check again',
    error: 'Check again',
    incomplete: 'Try again',
    pending: 'Check',
  } satisfies Record<CheckStatus, string>,
  running: 'Checks are running',
  blocks: (n: number) =>
    n === 1
      ? '1 error blocks the run. Fix it, or override it with a note.'
      : `${count(n)} errors block the run. Fix them, or override them with a note.`,
  free: 'No check blocks the run.',
  none: 'No checks yet',
  noneText: 'What could go wrong is checked before a run, and stands here by group.',
  fine: (n: number) => counted(n, 'check found nothing', 'checks found nothing'),
  offenders: (n: number) => counted(n, 'affected item', 'affected items'),
  columns: ['What', 'Project', 'About it'],
  csv: 'Download as CSV',
  asked: 'checked',
  override: 'Override',
  overrideTitle: 'Why may a run begin all the same?',
  overridden: (who: string) => `Overridden by ${who}:`,
  takeBack: 'Take back',
  cannot: 'This error cannot be overridden: data could be lost by it.',
}

export const noteWords = {
  note: 'Note',
  noteHint: 'Stands in the report, with your name and the time.',
  who: 'Your name',
  noNote: 'Say why.',
  noWho: 'Say who decides this.',
  cancel: 'Cancel',
}

export const findingWords = {
  took: {
    failed: 'took down',
    different: 'made different',
    leftOut: 'keeps back',
    verified: 'concerns',
  },
  retry: 'Retry these',
  retrying: 'Back into the queue',
  notFailed: 'Only what failed can be retried.',
  running: 'The migration is running: wait for its end, or stop it first.',
  retried: (n: number) => `${counted(n, 'item', 'items')} went back into the queue; a run began.`,
  accept: 'Accept',
  acceptTitle: 'Why can you live with it?',
  acceptYes: 'Accept it',
  accepted: (n: number) => `${count(n)} accepted`,
  acceptedBy: (who: string) => `Accepted by ${who}:`,
  takeBack: 'Take back',
  leftOut: (causes: number, items: number) =>
    `Left out as announced before the run: ${counted(items, 'item', 'items')}, ${counted(causes, 'cause', 'causes')}`,
  allAccepted: 'Everything was looked at',
  allAcceptedText: 'All findings are accepted; they stand folded below.',
  away: 'The agent does not answer.',
}
