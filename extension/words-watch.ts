/** Text of what is watched: notices, progress, log, options of watching. */
import type { Purpose } from '../shared/setup.ts'
import type { MigrationStatus } from '../shared/status.ts'
import type { NoticeKind } from './settings.ts'
import { count, counted } from './words.ts'
import { statusOf } from './words-status.ts'

interface Told {
  name: string
  kind: NoticeKind
  status: MigrationStatus
  reason: string | null
  purpose?: Purpose | undefined
}

/** What a notification says under the migration's name. */
export function noticeText({ kind, status, reason, purpose }: Told): string {
  const of = (status: MigrationStatus) =>
    statusOf({ status, setup: purpose === undefined ? undefined : { purpose } })
  if (kind === 'waiting') return reason === null ? 'It waits for you.' : `It waits: ${reason}`
  if (kind === 'started') return of('running').meaning
  const { word, meaning } = of(status)
  return reason === null ? meaning : `${word}: ${reason}`
}

const noticeShort: Record<NoticeKind, string> = {
  started: 'started',
  finished: 'finished',
  incomplete: 'incomplete',
  failed: 'failed',
  waiting: 'waits for you',
  appFinished: 'finished',
  appFailed: 'did not finish',
  appWaiting: 'apps wait for you',
}
/** One notification for many migrations. */
export const noticesWords = {
  title: (n: number) => `${count(n)} changes since you last looked`,
  text: (all: Told[]) => all.map(({ name, kind }) => `${name}: ${noticeShort[kind]}`).join('\n'),
}

export const noticeKindWords: Record<NoticeKind, [label: string, hint: string]> = {
  started: ['Started', 'A run began, here or elsewhere.'],
  finished: ['Finished', 'All that was planned has been done and read back.'],
  incomplete: ['Incomplete', 'A run ended, or was stopped, with something for you to look at.'],
  failed: ['Failed', 'A run could not go on at all.'],
  waiting: [
    'Waiting for a person',
    'Somebody paused it, or source or site cannot be reached. Rate limits pass by themselves and are not told.',
  ],
  appFinished: ['App finished', 'All data of an app has been moved and read back.'],
  appFailed: [
    'App failed',
    'An app migration failed, timed out, or left some data behind. You may be able to re-run it.',
  ],
  appWaiting: ['Apps wait for a decision', 'Apps with data about which nobody has decided yet.'],
}

export const agentsWords = {
  title: 'Agents',
  hint: 'Landfall shows one agent at a time, and tells what ends at the others. Each needs to be paired once.',
  use: 'Use this one',
  inUse: 'In use',
  name: 'Name',
  address: 'Address',
  addressHint: 'The agent listens on this machine only; it prints its address when it starts.',
  save: 'Save',
  saved: 'Saved.',
  paired: 'paired',
  notPaired: 'not paired',
  add: 'Add an agent',
  forget: 'Forget',
  others: 'Other agents',
  newName: (n: number) => `agent ${n}`,
}
export const settingWords = {
  density: 'Density',
  densities: { roomy: 'Roomy', compact: 'Compact' },
  notices: 'Notifications',
  appNotices: 'About apps',
  overlay: 'On Jira Cloud pages',
  cache: 'What this browser keeps',
  cacheText: (migrations: number, size: string) =>
    `The last known state of ${counted(migrations, 'migration', 'migrations')}, ${size}. All of it can be asked for again.`,
  cacheTextOnly: (migrations: number) =>
    `The last known state of ${counted(migrations, 'migration', 'migrations')}. All of it can be asked for again.`,
  clear: 'Clear',
  cleared: 'Cleared, and asked for again.',
}

export const progressWords = {
  none: 'No run yet',
  noneText: 'How fast items and requests went is drawn here while a run goes on.',
  items: 'Items sent or read back, a second',
  requests: 'Requests to the site, a second',
  share: 'Share of the rate limit used',
  mostShare: (most: string, mean: string) => `at most ${most}, ${mean} on average`,
  moment: 'Point in time',
  at: (clock: string, items: string, requests: string, share: string, doing: string) =>
    `${clock}: ${items} items/s, ${requests} requests/s, ${share} of the rate limit. ${doing}`,
  held: (why: string) => `Held: ${why}`,
  heldNote: 'Shaded: paused or waiting.',
  breakNote: 'Dotted: nothing ran in between.',
  most: (n: string) => `at most ${n}/s`,
  mean: (n: string) => `${n}/s on average`,
  table: 'As a table',
  columns: ['From', 'Stage', 'Items/s', 'Requests/s', 'Rate limit', 'Held'],
  span: (from: string, to: string) => `${from} to ${to}`,
}

export const logWords = {
  person: 'by a person',
  title: 'Log',
  level: 'Show',
  levels: { info: 'Everything', warn: 'Warnings and errors', error: 'Errors only' },
  search: 'Search the log',
  searchHint: 'Text, stage or project',
  pause: 'Pause',
  goOn: 'Resume',
  lines: (n: number) => (n === 1 ? '1 line' : `${count(n)} lines`),
  unseen: (n: number) => (n === 1 ? '1 new line' : `${count(n)} new lines`),
  newest: 'To the newest line',
  none: 'No line fits.',
  empty: 'The log of the run will stand here.',
  asking: '…',
  region: 'Lines of the log',
}

export const filesWords = {
  before: 'Before the run',
  after: 'After the run',
  names: {
    'pre-report.html': [
      'Pre-migration report',
      'what will move, what will not and why, checks, estimate; as the latest checks say',
    ],
    'mappings.csv': ['Mappings', 'who becomes whom, and which name which'],
    'planned-report.html': [
      'Pre-migration report of the run',
      'the same as it was when the run was planned',
    ],
  },
  unchecked: 'It is made from the checks: run them first, on the tab Checks.',
  unplanned: 'It is kept when a run is planned, and no run has come that far.',
} as const
