/** Text of app migrations, in the words of the Cloud Migration Assistant's page where it has them. */
import type { AppDecision } from '../shared/api-apps.ts'
import type { AppStatus } from '../shared/app-status.ts'
import { straight } from '../shared/straight.ts'
import { count, counted } from './words.ts'

/** An app migration's status and its meaning. */
export const appStatusWords: Record<AppStatus, { word: string; meaning: string }> = {
  ready: { word: 'Ready', meaning: 'The app data migration is ready to run.' },
  'in progress': { word: 'In progress', meaning: 'The app data migration is in progress.' },
  success: { word: 'Success', meaning: 'The app data migration has finished successfully.' },
  incomplete: {
    word: 'Incomplete',
    meaning:
      'The app data migration has finished, but some data wasn’t migrated. Select Re-run to retry an incomplete app migration. If the app’s migration continues to be unsuccessful, contact your Marketplace Partner (app vendor) for support.',
  },
  failed: {
    word: 'Failed',
    meaning:
      'The app data migration has failed. Select Re-run to retry a failed app migration. If the app’s migration continues to fail, contact your Marketplace Partner (app vendor) for support.',
  },
  'timed out': {
    word: 'Timed out',
    meaning:
      'The migration timed out. This is because the app has exceeded the permitted time period to migrate data. You can contact the respective app vendor for information on how to proceed with migrating data for the app.',
  },
  canceling: {
    word: 'Canceling',
    meaning: 'The app data migration is being canceled. This cannot be reversed.',
  },
  canceled: {
    word: 'Canceled',
    meaning:
      'The app data migration was canceled. What had reached the site by then, if anything, was read back and is counted here.',
  },
}

export const decisionWords: Record<AppDecision | 'none', string> = {
  none: 'Not decided',
  needed: 'Needed in cloud',
  'not needed': 'Not needed',
  archive: 'Keep an archive',
}

export const appsWords = {
  title: 'Apps',
  progress: 'App migration progress',
  columns: [
    'App',
    'Needed?',
    'Path',
    'Status',
    'Progress',
    'Last update',
    'Activity logs',
    'Actions',
  ],
  includes: ['App', 'Needed?', 'Items', 'Status', 'Progress', 'Verdicts', 'Activity logs'],
  explain: (word: string, meaning: string) => `${word}: ${meaning}`,
  legend: 'What the statuses mean',
  none: 'No apps',
  noneOwn: 'No app has data that could move',
  noneText: 'No app has left a trace in this source.',
  onlyFolded: 'Those without data, and those that belong to Jira itself, stand below.',
  unheard: 'Nothing is known of the apps here',
  unheardText: 'They are shown as soon as the agent answers.',
  notYet: 'Apps are known once the source has been read',
  notYetText: 'Ask the checks, or run the migration; both read the source.',
  undecided: (n: number) =>
    `${counted(n, 'app with data waits', 'apps with data wait')} for your decision: needed in cloud, not needed, or kept as an archive.`,
  undecidedHint: 'Until then their data is not moved. The next run obeys what you decide.',
  vendorAll:
    'If you have issues with any app for non-completion or failure to migrate, contact the Marketplace Partner (the app vendor) directly for support.',
  rerunLimits:
    'Re-run an app migration within 12 days of when you first started the original one. Re-run is only available for apps that display the failed or incomplete status, and not for apps without an automated path.',
  contact: (vendor: string | null) => `Contact ${vendor ?? 'the vendor'}`,
  noContact: 'No address of the vendor is known',
  version: (version: string) => `version ${version}`,
  noPath: 'No automated path',
  notMoved: 'Not moved, as decided',
  noData: 'No data of its own',
  never: 'not yet',
  untold: 'not told',
  decision: (name: string) => `Is ${straight(name)} needed in cloud?`,
  fixed: 'It has begun: what was decided stays.',
  system: (n: number) =>
    `${counted(n, 'part', 'parts')} of Jira and Atlassian products: nothing is asked of them`,
  quietApps: (n: number) => `${counted(n, 'app', 'apps')} without data of their own`,
  all: 'Show all about these apps',
  backToAll: 'All apps',
  gone: 'This source has no such app',
  goneText: 'The migration may have another source now.',
  percent: (n: number) => `${n}%`,
}

export const appActWords = {
  log: 'View logs',
  loading: 'Downloading',
  rerun: 'Re-run',
  cancel: 'Cancel',
  working: 'Asking the agent.',
  rerunning: (name: string) => `${straight(name)} is run again, from where it stopped.`,
  canceling: (name: string) => `${straight(name)} is being canceled. The other apps go on.`,
  until: (when: string) => `Re-run possible until ${when}`,
  logHint:
    'The file begins with the most recent events: at most the latest 4,000, of the last 30 days since the app’s migration started. Download it again for the newest.',
}

export const cancelAppWords = {
  title: (name: string) => `Cancel the app migration of “${straight(name)}”?`,
  text: 'Canceling this app does not affect the progress of any other apps in the migration. After an app has started canceling, this action cannot be reversed.',
  recommend: 'We recommend that you:',
  recommendations: [
    'Contact your Marketplace Partner before canceling an app migration to check the migration progress, to avoid canceling an otherwise smoothly running migration.',
    'Check the progress logs to understand the status of your app data migration.',
    'Contact your Marketplace Partner after canceling an app migration to verify if any app data was migrated to cloud, and for any further guidance they may provide.',
  ],
  now: (percent: number, sign: string) => `It stands at ${percent}%; its last sign came ${sign}.`,
  begins: 'It has not begun yet.',
  yes: 'Cancel this app migration',
  no: 'Keep it going',
}

export const appPageWords = {
  found: 'Found in the source',
  tables: 'Tables',
  table: (name: string, size: string) => `${straight(name)} (${size})`,
  rows: (n: number) => counted(n, 'row', 'rows'),
  tiny: 'under 1 KB',
  properties: 'Entity properties',
  fields: 'Custom fields',
  onIssues: (n: number) => `on ${counted(n, 'issue', 'issues')}`,
  workflows: 'Workflows with its functions',
  workflowCount: (n: number) => counted(n, 'workflow', 'workflows'),
  dashboards: 'Dashboards with its gadgets',
  dashboardCount: (n: number) => counted(n, 'dashboard', 'dashboards'),
  filters: 'Filters by its fields',
  filterCount: (n: number) => counted(n, 'filter', 'filters'),
  usedBy: 'Used by',
  issues: (n: number) => counted(n, 'issue', 'issues'),
  inProjects: 'in',
  projects: (n: number) => counted(n, 'project', 'projects'),
  nothing: 'nothing beyond its installation',
  more: (n: number) => `and ${count(n)} more`,
  vendor: 'Vendor',
  unknown: 'not known',
  path: 'Path',
  started: 'First started',
  settled: 'Finished',
  rerunUntil: 'Re-run possible until',
  transfer: 'Transfer ID',
  message: 'Last message',
  records: 'Records',
  handler: 'The app’s own handler',
  handlerHint:
    'Where the vendor runs a service that moves the data: it is called as the app migration platform calls it, and is this app’s path from then on.',
  url: 'Address of the handler',
  urlHint: 'Like https://app.example.com/migration',
  secret: 'Secret',
  secretHint: 'At least 16 characters, shared with the vendor. The agent keeps it encrypted.',
  signs: 'It promises a sign of life every 15 minutes',
  use: 'Use this handler',
  inUse: (url: string) => `In use: ${url}`,
  remove: 'Do without the handler',
  allowed: 'Permitted time in hours',
  allowedHint: 'From its first start until it counts as timed out; at most 336 hours (14 days).',
  saveAllowed: 'Save',
  needUrl: 'Enter the address first.',
  needSecret: 'The secret has at least 16 characters.',
  needHours: 'Between 1 and 336 hours.',
}

export const appRecordWords = {
  title: 'Records',
  none: 'No such records.',
  more: 'More records',
  rows: (n: number) => counted(n, 'row', 'rows'),
}

export const appLogWords = {
  title: 'Live log',
  order: 'Newest first',
  search: 'Search the log of this app',
  searchHint: 'Event, message or transfer ID',
  events: (shown: number) => counted(shown, 'event', 'events'),
  omitted: (n: number) =>
    `${counted(n, 'older event was', 'older events were')} left out: at most 4,000 of the last 30 days are kept here.`,
  older: 'Older events',
  none: 'No event fits.',
  empty: 'Events of the app migration will stand here.',
  region: 'Events of the log, newest first',
}

interface AppNewsTold {
  name: string | null
  status: AppStatus | null
  undecided: number
}
/** Head of a notification about apps. */
export const appNoticeTitle = ({ name }: AppNewsTold, migration: string): string =>
  name === null ? migration : `${name} · ${migration}`
/** What a notification says of an app, or of those that wait for a decision. */
export const appNoticeText = ({ status, undecided }: AppNewsTold): string =>
  status === null ? appsWords.undecided(undecided) : appStatusWords[status].meaning

/**
 * The apps of a migration in a line, the bad news first; '' where there is nothing to say.
 * @param outOfSight nobody knows whether what ran when it was heard last still does
 */
export function appsBrief(
  of: Record<AppStatus, number>,
  undecided: number,
  outOfSight = false,
): string {
  const was = (n: number) => (n === 1 ? 'was' : 'were')
  const [running, canceling] = [of['in progress'], of.canceling]
  const said = (n: number, text: string) => (n === 0 ? [] : [`${count(n)} ${text}`])
  const parts = [
    ...said(of.failed, 'failed'),
    ...said(of['timed out'], 'timed out'),
    ...said(of.incomplete, 'incomplete'),
    ...said(undecided, undecided === 1 ? 'waits for a decision' : 'wait for a decision'),
    ...said(running, outOfSight ? `${was(running)} running` : 'in progress'),
    ...said(canceling, outOfSight ? `${was(canceling)} being canceled` : 'canceling'),
    ...said(of.success, 'finished'),
  ]
  return parts.length === 0 ? '' : `Apps: ${parts.join(', ')}`
}
