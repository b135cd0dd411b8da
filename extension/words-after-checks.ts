/** Text of the checks after a migration, the checklist of a project and its sign-off. */
import type { AfterGroup } from '../shared/api-after.ts'
import type { CheckStatus } from '../shared/api-checks.ts'
import { straight } from '../shared/straight.ts'
import { count, counted } from './words.ts'

export const afterGroupWords: Record<AfterGroup, string> = {
  people: 'People',
  names: 'Names',
  issues: 'Issues',
  files: 'Files',
  links: 'Texts and links',
  'boards and filters': 'Boards and filters',
  access: 'Who may see it',
  apps: 'Apps and other products',
}

export const afterMeanings: Record<CheckStatus, string> = {
  success: 'The site is as it should be.',
  warning: 'Something is other than people expect: look at it, or accept it.',
  error: 'Something is missing or wrong on the site.',
  incomplete: 'It could not be checked to the end: the sentence says why.',
  pending: 'Not checked yet.',
}

export const afterCheckWords = {
  title: 'Checks',
  tab: (open: number) => (open > 0 ? ` (${count(open)})` : ''),
  running: 'The site is being read; nothing is written to it.',
  progress: (done: number, total: number) =>
    `${count(done)} of ${counted(total, 'check', 'checks')}`,
  open: (n: number) => `${counted(n, 'check found', 'checks found')} something that needs a look.`,
  clean: 'No check found anything that nobody has accepted.',
  never: 'Not checked yet',
  neverText:
    'These checks read the site and compare it with the source: people, names, counts, files, links, boards, filters, and who may see what. They write nothing.',
  old: 'Some were checked before the last run ended: run them again.',
  runAll: 'Run all checks',
  runFirst: 'Run the checks',
  /** On the button that asks one of them, by how it stands. */
  ask: {
    success: 'Check again',
    warning: 'Check again',
    error: 'Check again',
    incomplete: 'Try again',
    pending: 'Check',
  } satisfies Record<CheckStatus, string>,
  stop: 'Stop',
  busy: 'Checks are running',
  fine: (n: number) => counted(n, 'check found nothing', 'checks found nothing'),
  pending: (n: number) => counted(n, 'check not run yet', 'checks not run yet'),
  places: (n: number) => `Where: ${counted(n, 'place', 'places')}`,
  columns: ['Where', 'Project', 'About it'],
  noPlaces: 'No place of this check concerns this project.',
  accept: 'Accept',
  acceptTitle: 'Why can you live with it?',
  acceptYes: 'Accept it',
  acceptedBy: (who: string) => `Accepted by ${straight(who)}:`,
  takeBack: 'Take back',
  away: 'The agent does not answer.',
  opens: 'opens in a new tab',
}

export const checklistWords = {
  title: 'Checklist and sign-off',
  project: 'Project',
  noProjects:
    'The checklist stands here, project by project, once the source was read and planned.',
  loading: 'The checklist is being read',
  done: (done: number, total: number) => `${count(done)} of ${count(total)} done`,
  byCheck: 'Answered by the checks',
  byHand: (who: string) => `Ticked by ${straight(who)}`,
  accepted: (who: string) => `Accepted by ${straight(who)}`,
  unticked: (who: string) => `Taken back by ${straight(who)}`,
  answeredBy: 'Ticked by itself once this check finds nothing here:',
  open: 'Where to do it',
  withNote: 'Tick with a note',
  signOff: 'Sign off',
  signTitle: (key: string) => `Sign off ${key}: this project is as it should be`,
  signYes: 'Sign off',
  signed: (key: string, who: string) => `${key} is signed off by ${straight(who)}.`,
  unsigned: (key: string) => `${key} is not signed off.`,
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw the sign-off',
  withdrawHint: 'The timeline keeps both.',
  note: 'Note (may stay empty)',
  who: 'Your name',
  whoHint: 'Stands in the timeline and in the report.',
  noWho: 'Say who you are.',
  tickTitle: (title: string) => `Tick "${title}"`,
  untickTitle: (title: string) => `Take the tick of "${title}" back`,
  tick: 'Tick',
  untick: 'Take back',
  cancel: 'Cancel',
}
