/** Text of the stepper that sets a migration up. */
import type { PersonView } from '../shared/api-setup-views.ts'
import type {
  CollisionKind,
  CollisionRule,
  MissingPart,
  Purpose,
  Scope,
  SetupStep,
} from '../shared/setup.ts'
import { count, counted } from './words.ts'

export const stepWords: Record<SetupStep, { title: string; text: string }> = {
  name: { title: 'Name', text: 'What is it called, and is it a test or the real thing?' },
  source: { title: 'Source', text: 'Which backup is to be moved, and where are its files?' },
  inspection: { title: 'Inspection', text: 'What the backup holds, and what of it is not read.' },
  site: { title: 'Site', text: 'Where it goes. The practice site is a rehearsal on this machine.' },
  scope: { title: 'Scope', text: 'What of the source moves.' },
  people: { title: 'People', text: 'Which account each user of the source becomes.' },
  collisions: {
    title: 'Names',
    text: 'What becomes of names that the site has, too.',
  },
  checks: { title: 'Checks', text: 'Questions asked before a run. Errors keep it from starting.' },
  review: { title: 'Review', text: 'What a run will do, in numbers, before it writes anything.' },
}

export const setupWords = {
  titleNew: 'New migration',
  titleEdit: 'Edit',
  steps: 'Steps',
  stepOf: (n: number, all: number) => `Step ${n} of ${all}`,
  next: 'Next',
  back: 'Back',
  saving: 'Saving',
  saved: 'Saved',
  unsaved: 'Kept in this browser, not saved yet',
  save: 'Save',
  saveAndRun: 'Save and run',
  toDetail: 'To the migration',
  wrongAt: (step: string) => `Correct it at the step ${step}`,
  nameFirst: 'Give it a name and choose Next first.',
  willDo: 'What a run that begins now will do',
  fixed:
    'Items of this migration are on the site already, so this can no longer be changed. Copy the migration to begin another one with it.',
  copy: 'Copy the migration',
  copying: 'Copying',
  copyShort: 'Copy',
  edit: 'Edit',
  goOn: 'Go on setting up',
  badZone: 'A time zone looks like Europe/Berlin or UTC+02:00.',
  whyNot: {
    source: 'Choose a backup, or write where it is.',
    reading: 'The source is still being read; the next steps need what it holds.',
    unread: 'The source could not be read: see above what to do.',
    site: 'Choose the practice site, or say which site it is.',
    token: 'The API token is missing.',
    projects: 'Choose at least one project, or move all of them.',
    notRead: 'Read the source first: go back to the inspection.',
  },
  missing: {
    source: 'A source is missing.',
    site: 'A site is missing.',
    token: 'The API token of the site is missing.',
  } satisfies Record<MissingPart, string>,
}

export const nameWords = {
  name: 'Name',
  nameHint: 'As you want to find it in the list.',
  purpose: 'What is it for?',
  purposes: {
    test: ['Test', 'A rehearsal; what it writes can be thrown away.'],
    production: ['Production', 'The real one: people go on working with what it writes.'],
  } satisfies Record<Purpose, [string, string]>,
}

export const sourceWords = {
  found: 'Backups that the agent finds',
  none: 'The agent finds no backup in its folders. Write the path, or upload a small one.',
  looked: (folders: string) => `Looked in ${folders}.`,
  again: 'Look again',
  withFiles: 'with attachments beside it',
  path: 'Path of the backup',
  pathHint: 'On the agent’s machine: the zip or entities.xml that “Backup system” made.',
  upload: 'Upload a backup',
  uploadHint: 'Up to 200 MB. A larger one is read from where it lies.',
  uploading: 'Uploading',
  tooBig: (size: string) => `This file has ${size}; up to 200 MB can be uploaded. Write its path.`,
  attachments: 'Attachments folder',
  attachmentsHint: 'data/attachments of Jira’s home. Empty: files are left out, and said so.',
  timeZone: 'Time zone of the server',
  timeZoneHint: 'As Europe/Berlin. Empty: it is found from the backup, and you see how.',
}

export const inspectionWords = {
  reading: 'Reading the backup',
  progress: (done: string, all: string, rows: number) =>
    `${done} of ${all}, ${counted(rows, 'row', 'rows')} found`,
  stop: 'Stop reading',
  again: 'Read again',
  begin: 'Read the source',
  notBegun: 'Not read yet',
  notBegunText: 'What the backup holds will stand here.',
  version: 'Jira',
  unknown: 'not told by the file',
  exported: 'Exported',
  zone: 'Time zone',
  zoneUnsure: 'The time zone is a guess',
  zoneUnsureText:
    'Nothing in the backup tells it for certain. A wrong one moves every date by hours. Write it at the step Source.',
  base: 'Address',
  kept: 'What was found',
  kind: 'Kind',
  rows: 'Rows',
  keptAll: (n: number) => `${counted(n, 'kind', 'kinds')} without rows`,
  notRead: 'What will not be read',
  notReadText: 'These rows are counted and left in the backup.',
  secret: 'Never stored: passwords, keys and licences',
  stated: (found: number, stated: number) =>
    `${count(found)} found, but the file says ${count(stated)}`,
  notes: 'What was noticed',
}

export const siteWords = {
  where: 'Where to',
  practice: 'Practice site',
  practiceHint: 'A Jira Cloud site in a box beside the agent: rehearse without touching yours.',
  cloud: 'Jira Cloud site',
  cloudHint: 'The token needs an account that administers the site.',
  url: 'Address',
  urlHint: 'As https://acme.atlassian.net',
  email: 'E-mail address',
  emailHint: 'Of the account that made the token.',
  token: 'API token',
  tokenHint: 'Goes to the agent, which keeps it encrypted. The browser does not keep it.',
  tokenStored: 'The agent has one. Leave this empty to keep it.',
  test: 'Test the connection',
  testing: 'Testing',
  testFirst: 'Fill in address, e-mail address and token first.',
  me: (name: string) => `The token belongs to ${name}.`,
  allThere: 'All permissions that Landfall needs are there.',
  missing: 'Missing permissions',
  missingText: 'Give them to this account on the site, then test again.',
  upload: (size: string) => `Files up to ${size} are taken.`,
  noUpload: 'This site takes no files.',
  has: 'It has now:',
}

export const scopeWords = {
  projects: 'Projects',
  all: (n: number) => `All ${count(n)}`,
  allUnread: 'All',
  chosen: 'Chosen ones',
  search: 'Search projects',
  none: 'No project matches.',
  tickShown: 'Tick these',
  clear: 'Untick all',
  more: (n: number) => `${count(n)} more: search for them.`,
  archivedMark: 'archived',
  sum: (projects: number, issues: number, files: number) =>
    `${counted(projects, 'project', 'projects')}, ${counted(issues, 'issue', 'issues')}, ${counted(files, 'attachment', 'attachments')}`,
  archived: 'Move archived projects, too',
  gone: (keys: string) => `Chosen, but not in this source: ${keys}.`,
  attachments: 'Attachments',
  modes: {
    with: ['With attachments', 'Issues first, files after them.'],
    without: ['Without attachments', 'Files are left out, and said so.'],
    only: ['Only attachments', 'The issues are on the site already; files are added to them.'],
  } satisfies Record<Scope['attachments'], [string, string]>,
  people: 'Users and groups',
  peopleModes: {
    all: ['All', 'Every user and group of the source.'],
    related: ['Only those related', 'Users and groups that the moved projects name.'],
  } satisfies Record<Scope['people'], [string, string]>,
  memberships: 'With memberships: who is in which group',
  linked: { linked: 'Those of the moved projects', all: 'All', none: 'None' },
  filters: 'Filters',
  dashboards: 'Dashboards',
  boards: 'Boards',
}

export const peopleWords = {
  states: {
    email: 'By e-mail',
    choice: 'By choice',
    placeholder: 'Placeholder',
    leftOut: 'Left out',
  } satisfies Record<PersonView['state'], string>,
  all: 'All',
  show: 'Show',
  search: 'Search people',
  columns: ['Person', 'Issues', 'Now', 'Becomes'],
  hows: {
    email: 'The account with this e-mail address',
    account: 'Another account …',
    placeholder: 'A placeholder: the name as text',
    leave: 'Left out: the name as text',
  } satisfies Record<PersonView['how'], string>,
  becomes: (name: string) => `What ${name} becomes`,
  accountId: (name: string) => `Account id for ${name}`,
  accountHint: 'As the site’s user page shows it in its address.',
  use: 'Use it',
  accountMissing: 'Write the account id first.',
  problems: {
    'no-email': 'no e-mail address',
    'invalid-email': 'invalid e-mail address',
    'duplicate-email': 'e-mail address used twice',
    deleted: 'deleted at the source',
  } satisfies Record<NonNullable<PersonView['problem']>, string>,
  inactive: 'inactive',
  called: (n: number, what: string) => `${counted(n, 'person has', 'people have')} ${what}`,
  calledWords: {
    noEmail: 'no e-mail address',
    invalidEmail: 'an invalid e-mail address',
    duplicateEmail: 'an e-mail address that others have, too',
  },
  calledHint: 'They cannot be matched by e-mail: choose an account for them, or they stay as text.',
  empty: 'Nobody found',
  emptyText: 'No user of the source matches.',
  download: 'Download as CSV',
  upload: 'Upload the CSV',
  uploadHint: 'Columns how and account are read; nothing is changed when a line is wrong.',
  uploaded: (changed: number, same: number) =>
    `${counted(changed, 'person', 'people')} changed, ${count(same)} as before.`,
  refused: (n: number) => `Nothing was changed: ${counted(n, 'line is', 'lines are')} wrong.`,
  line: (n: number) => `Line ${count(n)}:`,
  busy: 'One moment',
}

export const collisionWords = {
  kinds: {
    status: 'Statuses',
    issueType: 'Issue types',
    linkType: 'Link types',
    priority: 'Priorities',
    resolution: 'Resolutions',
    field: 'Fields',
    group: 'Groups',
    filter: 'Filters',
  } satisfies Record<CollisionKind, string>,
  rules: {
    reuse: 'Reuse what the site has',
    rename: 'Rename ours to “Name (2)”',
    stop: 'Stop: leave it out and block the run',
  } satisfies Record<CollisionRule, string>,
  both: (both: number, names: number) =>
    `${count(both)} of ${counted(names, 'name', 'names')} on both`,
  noNames: 'none in the source',
  show: (n: number) => `Show ${counted(n, 'name', 'names')}`,
  first: (n: number) => `The first ${count(n)} are shown.`,
  columns: ['In the source', 'On the site', 'Arrives as'],
  leftOut: 'left out',
}

export const reviewWords = {
  planning: 'Planning dry: nothing is written',
  progress: (items: number, total: number | null) =>
    total === null
      ? `${counted(items, 'item', 'items')} planned`
      : `${count(items)} of ${counted(total, 'item', 'items')} planned`,
  stop: 'Stop planning',
  again: 'Plan again',
  stopped: 'Planning was stopped',
  stoppedText: 'The numbers of a run will stand here.',
  sum: (move: number, left: number) =>
    `${counted(move, 'item moves', 'items move')}, ${counted(left, 'is', 'are')} left out`,
  requests: (n: number) => counted(n, 'writing request', 'writing requests'),
  takes: (range: string) => `takes ${range}`,
  kinds: 'What moves',
  kindColumns: ['Kind', 'Moves', 'Left out'],
  projects: 'By project',
  projectColumns: ['Project', 'Issues', 'Files', 'Moves', 'With a loss', 'Left out', 'Requests'],
  losses: 'What moved items will not keep',
  lossesText: 'These losses are announced: they count as verified, with an announced loss.',
  noLosses: 'Everything that moves keeps all it has.',
  leftOut: 'What does not move, and why',
  noLeftOut: 'Nothing is left out.',
  example: (text: string) => `For example ${text}`,
  blocked: 'A check stands against it: see the step Checks.',
}
