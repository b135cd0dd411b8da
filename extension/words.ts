/** All text that the extension shows, in the words of the design. Sentences of the agent are not here. */
import type { Kind } from '../shared/plan.ts'
import type { Activity, MigrationStatus, PauseReason, Verdict } from '../shared/status.ts'
import { straight } from '../shared/straight.ts'

let numbers: Intl.NumberFormat | undefined
/** 58,910. Loading a language's numbers takes milliseconds, which a page under the overlay is not to wait for. */
export const count = (n: number): string => {
  if (Number.isInteger(n) && n >= 0 && n < 1000) return String(n)
  numbers ??= new Intl.NumberFormat('en')
  return numbers.format(n)
}
/** 1 item, 58,910 items */
export const counted = (n: number, one: string, many: string): string =>
  `${count(n)} ${n === 1 ? one : many}`

/** A migration's status and its meaning, as the dashboard of the Migration Assistant words it. */
export const statusWords: Record<MigrationStatus, { word: string; meaning: string }> = {
  saved: { word: 'Saved', meaning: 'Your migration is saved and ready to run.' },
  running: { word: 'Running', meaning: 'Your migration is currently in progress.' },
  finished: {
    word: 'Finished',
    meaning: 'Your migration has finished, with all the tasks completed.',
  },
  incomplete: {
    word: 'Incomplete',
    meaning:
      'Your migration has finished, but there are errors or things that couldn’t be migrated. Some data (users, groups, projects, etc.) has been migrated: running again goes on where it stopped and writes nothing twice. Only a copy or another migration of the same projects needs them deleted from your Cloud site first, also from its trash.',
  },
  failed: {
    word: 'Failed',
    meaning:
      'Your migration failed: a project key may already exist on the site, or it hit an unexpected error.',
  },
}

export const activityWords: Record<Activity, string> = {
  idle: 'Idle',
  reading: 'Reading the source',
  checking: 'Checking',
  planning: 'Planning',
  pushing: 'Sending',
  verifying: 'Verifying',
  reporting: 'Writing the report',
  paused: 'Paused',
  stopping: 'Stopping',
}
export const pauseWords: Record<PauseReason, string> = {
  'by you': 'by you',
  'rate limit': 'the site limits requests',
  'site unreachable': 'the site cannot be reached',
  'source unreachable': 'the source cannot be reached',
}

export const verdictWords: Record<Verdict, string> = {
  verified: 'verified',
  different: 'different',
  leftOut: 'left out',
  failed: 'failed',
}
export const onTheWay = 'on the way'
/** Between what is done and what there is: 3 of 9. */
export const ofWord = 'of'
export const withLossWords = (n: number): string => `${count(n)} with an announced loss`

export const kindWords: Record<Kind, [one: string, many: string]> = {
  user: ['user', 'users'],
  group: ['group', 'groups'],
  membership: ['group membership', 'group memberships'],
  issueType: ['issue type', 'issue types'],
  status: ['status', 'statuses'],
  priority: ['priority', 'priorities'],
  resolution: ['resolution', 'resolutions'],
  linkType: ['link type', 'link types'],
  projectCategory: ['project category', 'project categories'],
  role: ['role', 'roles'],
  project: ['project', 'projects'],
  roleActor: ['role member', 'role members'],
  component: ['component', 'components'],
  version: ['version', 'versions'],
  issue: ['issue', 'issues'],
  comment: ['comment', 'comments'],
  worklog: ['worklog', 'worklogs'],
  attachment: ['attachment', 'attachments'],
  link: ['link', 'links'],
  remoteLink: ['web link', 'web links'],
  watcher: ['watcher', 'watchers'],
  vote: ['vote', 'votes'],
  history: ['history entry', 'history entries'],
  customField: ['custom field', 'custom fields'],
  fieldValue: ['field value', 'field values'],
  property: ['property', 'properties'],
  filter: ['filter', 'filters'],
  dashboard: ['dashboard', 'dashboards'],
  board: ['board', 'boards'],
  sprint: ['sprint', 'sprints'],
}
/** The kind as the head of a list: Issue types. */
export const kindTitle = (kind: Kind): string => {
  const many = kindWords[kind][1]
  return many.charAt(0).toUpperCase() + many.slice(1)
}

export const badgeWords = {
  idle: 'Landfall',
  away: 'Landfall: the agent does not answer while a migration was running',
  running: (name: string, sentence: string) => `Landfall: ${straight(name)}. ${sentence}`,
  needs: (n: number) => `Landfall: ${counted(n, 'thing needs', 'things need')} you`,
}

export const agentWords = {
  here: (name: string) => `agent: ${name}`,
  away: 'agent away',
  awayTitle: 'The agent does not answer',
  awayText: 'Start it on the machine that holds the source, in the folder of Landfall:',
  /** port: of the agent that is missed; null = the usual one. */
  startCommand: (port: string | null) =>
    `npm run landfall -- serve${port === null ? '' : ` --port ${port}`}`,
  sameFolder: 'If it was started with --folder or LANDFALL_FOLDER, name the same folder again.',
  unpaired: 'not paired',
  asOf: (clock: string) => `as of ${clock}`,
  asking: 'asking the agent',
  older: (clock: string) => `Part of what stands on this page is as of ${clock}.`,
  elsewhere: 'On another port?',
}
export const pairWords = {
  elsewhere:
    'Agent on another port? It prints its address when it starts: enter it in the options.',
  toOptions: 'Open options',
  title: 'Pair this browser with the agent',
  text: 'The agent prints a pairing code in its terminal when it starts. It is good once, for ten minutes.',
  label: 'Pairing code',
  placeholder: 'K7QM-4XRT',
  submit: 'Pair',
  busy: 'Pairing',
}
export const popupWords = {
  needYou: (n: number) => `${counted(n, 'thing needs', 'things need')} you`,
  newMigration: 'New migration',
  openPanel: 'Open side panel',
  open: 'Open',
  more: (n: number) => `${count(n)} more in the side panel`,
}
export const listWords = {
  title: 'Migrations',
  archivedTitle: 'Archived migrations',
  back: 'Migrations',
  empty: 'No migration yet',
  emptyText:
    'A migration moves projects from a Jira backup, or a Jira that runs, to a site and proves what arrived. Saved ones stay here.',
  emptyArchived: 'Nothing is archived',
  emptyArchivedText: 'Archived migrations leave the list and keep their reports.',
  needs: (n: number) => `${counted(n, 'thing needs', 'things need')} you`,
  from: 'from',
  to: 'to',
  practice: 'practice site',
  options: 'Options',
}
export const detailWords = {
  tabs: {
    overview: 'Overview',
    includes: 'This migration includes',
    apps: 'Apps',
    checks: 'Checks',
    attention: 'Needs attention',
    after: 'After you migrate',
    progress: 'Progress',
    logs: 'Logs and reports',
  },
  gone: 'This migration is no longer there',
  goneText: 'It was deleted, or belongs to another agent.',
  source: 'Source',
  site: 'Site',
  scope: 'Scope',
  created: 'Created',
  started: 'Started',
  ended: 'Finished',
  took: 'Took',
  worked: (all: string, worked: string) =>
    `${all} from start to end, ${worked} of it at work; the rest it was paused, stopped or cut off`,
  version: (version: string) => `Jira ${version}`,
  timeline: 'What happened',
  noTimeline: 'What happens in a run is told here, step by step.',
  projects: 'Projects',
  noProjects: 'Projects show here once the source has been read.',
  kinds: 'Items',
  noKinds: 'Kinds of items show here once the source has been read.',
  kindColumns: ['Kind', 'In the source', 'Sent', 'Verified', 'Different', 'Left out', 'Failed'],
  people: 'People',
  issues: 'Issues',
  files: 'Files',
  openOnSite: 'Open on the site',
  showItems: 'Show items',
  affected: (n: number, kind: Kind) => counted(n, kindWords[kind][0], kindWords[kind][1]),
  source1: (n: number) => counted(n, 'item', 'items'),
}
export const reportWords = {
  title: 'Reports',
  log: 'Log',
  later: 'There is nothing to report before it has run.',
  soFar: 'The run goes on: each file tells how far things are at the moment when it is downloaded.',
  columns: ['Time', 'Level', 'Project', 'Phase', 'Message'],
  files: {
    report: ['Post-migration report (.zip)', 'all files below in one'],
    'report.html': ['Report to read', 'for people, prints well'],
    'summary.csv': ['Summary', 'what was and was not migrated, by project and kind'],
    'requires-attention.csv': ['Requires attention', 'grouped by cause'],
    'items.csv': ['All items', 'one line for each with its verdict'],
    'id-mappings.csv': ['Id mappings', 'server id to cloud id'],
    'run.json': ['Run as JSON', 'for scripts'],
    'errors.zip': ['Error log (.zip)', 'errors related to this migration, and what its lines mean'],
  },
  download: 'Download',
  downloading: 'Downloading',
} as const
export const itemsWords = {
  title: (kind: Kind | null, verdict: Verdict | null): string =>
    `${kind === null ? 'Items' : kindTitle(kind)}${verdict === null ? '' : `, ${verdictWords[verdict]}`}`,
  empty: 'No such items',
  emptyText: 'Nothing in this migration has this kind and verdict.',
  allKinds: 'All kinds',
  allVerdicts: 'All verdicts',
  kind: 'Kind',
  verdict: 'Verdict',
  promised: 'promised',
  found: 'on the site',
  nothing: '(empty)',
  next: 'Next',
  first: 'First',
  loss: 'Announced loss:',
}
