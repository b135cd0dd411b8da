/** Text of the checks before a run, and of the answers to findings. */
import type { CheckGroup, CheckStatus } from '../shared/api-checks.ts'
import { straight } from '../shared/straight.ts'
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
  only: (status: CheckStatus): string => `Show only: ${checkWords.statuses[status]}`,
  showAll: 'Show all checks',
  /** On the button that asks one of them, by how it stands. */
  askWords: {
    success: 'Check again',
    warning: 'Check again',
    error: 'Check again',
    incomplete: 'Try again',
    pending: 'Check',
  } satisfies Record<CheckStatus, string>,
  running: 'Checks are running',
  /** some: whether one of them at least can be overridden. */
  blocks: (n: number, some: boolean) => {
    const [head, it] = n === 1 ? ['1 error blocks', 'it'] : [`${count(n)} errors block`, 'them']
    return `${head} the run. Fix ${it}${some ? `, or override ${it} with a note` : ''}.`
  },
  free: 'No check blocks the run.',
  progress: (done: number, total: number) => `${count(done)} of ${count(total)} checks answered`,
  stop: 'Stop',
  none: 'No checks yet',
  noneText: 'What could go wrong is checked before a run, and stands here by group.',
  fine: (n: number) => counted(n, 'check found nothing', 'checks found nothing'),
  offenders: (n: number) => counted(n, 'affected item', 'affected items'),
  columns: ['What', 'Project', 'About it'],
  eachName: 'Decide what becomes of each name',
  eachApp: 'Show each app, and what it left in the source',
  csv: 'Download as CSV',
  asked: 'checked',
  override: 'Override',
  overrideTitle: 'Why may a run begin all the same?',
  overridden: (who: string) => `Overridden by ${straight(who)}:`,
  takeBack: 'Take back',
  cannot:
    'This one cannot be overridden: a run would fail by it for certain, or could lose something. Remove the cause.',
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
  running: 'The migration is running: wait for its end, or stop it first.',
  items: (n: number) => counted(n, 'item', 'items'),
  retried: 'went back into the queue; a run began.',
  /** Where nothing had to be sent again. */
  readBack: 'A run began: it reads them back anew.',
  accept: 'Accept',
  acceptTitle: 'Why can you live with it?',
  acceptYes: 'Accept it',
  /** Before a sentence that is told otherwise for others of the same cause. */
  oneOf: 'For one of them:',
  example: 'For example',
  /** After the number of those that a cause took down by itself. */
  and: ', and',
  needing: (n: number, own: number) =>
    `${counted(n, 'item that needs', 'items that need')} ${own > 1 ? 'them' : 'it'}`,
  accepted: (n: number) => `${count(n)} accepted`,
  acceptedBy: (who: string) => `Accepted by ${straight(who)}:`,
  takeBack: 'Take back',
  /** After the number of what was left out; of a verification nothing was to be moved. */
  leftOut: (n: number, verified: boolean) =>
    verified
      ? `${n === 1 ? 'was' : 'were'} not compared, each with its reason.`
      : `${n === 1 ? 'was' : 'were'} left out, as announced before the run.`,
  causes: (n: number, accepted: number) =>
    `By ${counted(n, 'cause', 'causes')}${accepted === 0 ? '' : ', beside those that are accepted'}`,
  apps: (n: number) =>
    n === 1
      ? '1 app waits for you: for a decision, or for what to do about its end.'
      : `${count(n)} apps wait for you: for a decision, or for what to do about their end.`,
  none: {
    title: 'Nothing needs you',
    titleItems: 'No item needs you',
    titleSoFar: 'Nothing needs you so far',
    soFar: 'Whatever is different, left out or failed will stand here, grouped by its cause.',
    accepted:
      'What failed, differs or was found beyond the source is accepted, and stands folded below.',
    leftOut: 'Nothing failed and nothing differs. Some was left out: see below.',
    all: 'Nothing failed, nothing differs, and nothing was left out.',
  },
  away: 'The agent does not answer.',
}
