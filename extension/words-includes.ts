/** Text of what a migration includes and how it is configured. */
import type { ItemsOnly } from '../shared/api-watch.ts'
import type { Kind } from '../shared/plan.ts'
import type { Purpose, Scope } from '../shared/setup.ts'
import { count } from './words.ts'

/** Every kind under the heading where a person looks for it. */
export const kindGroups: { title: string; kinds: readonly Kind[] }[] = [
  { title: 'Users and groups', kinds: ['user', 'group', 'membership', 'role', 'roleActor'] },
  {
    title: 'Projects and their parts',
    kinds: ['project', 'projectCategory', 'component', 'version'],
  },
  {
    title: 'Issues and what belongs to them',
    kinds: [
      'issue',
      'comment',
      'worklog',
      'attachment',
      'link',
      'remoteLink',
      'watcher',
      'vote',
      'history',
      'fieldValue',
      'property',
    ],
  },
  { title: 'Filters, dashboards and boards', kinds: ['filter', 'dashboard', 'board', 'sprint'] },
  {
    title: 'Fields, types and statuses',
    kinds: ['customField', 'issueType', 'status', 'priority', 'resolution', 'linkType'],
  },
]

export const includesWords = {
  project: 'Project',
  notYet: 'Its name leads to the site as soon as its issues are in.',
  losses: (n: number) => `${count(n)} with a loss`,
  done: (done: number, total: number) => `${count(done)} of ${count(total)} done`,
}

export const itemsOnlyWords: Record<ItemsOnly, string> = {
  sent: 'sent to the site',
  loss: 'with an announced loss',
  moved: 'not left out',
  wanted: 'that were to be on the site',
  settled: 'sent or failed',
  checked: 'with a verdict',
  again: 'taken up again by the latest run',
  needing: 'that need others which failed',
}

const linked: Record<Scope['filters'], string> = {
  linked: 'those of the projects that move',
  all: 'all',
  none: 'none',
}
export const configWords = {
  title: 'Configuration',
  purpose: 'Purpose',
  purposes: { test: 'Test', production: 'Production', verify: 'Verification' } satisfies Record<
    Purpose,
    string
  >,
  projects: 'Projects',
  allProjects: 'all',
  archived: 'archived ones too',
  notArchived: 'without archived ones',
  files: 'Attachments',
  fileModes: {
    with: 'with the issues',
    without: 'left out',
    only: 'only attachments',
  } satisfies Record<Scope['attachments'], string>,
  filesFrom: (folder: string) => `from ${folder}`,
  filesLive: 'straight from the Jira that runs',
  zoneLive: 'told by the source with every time',
  noFolder: 'no folder given: attachments are left out and listed in the report',
  zone: 'Time zone',
  zoneFound: 'as found in the source',
  people: 'Users and groups',
  peopleScopes: { all: 'all', related: 'those that the projects name' } satisfies Record<
    Scope['people'],
    string
  >,
  memberships: 'with memberships',
  noMemberships: 'without memberships',
  filters: 'Filters',
  dashboards: 'Dashboards',
  boards: 'Boards',
  linked,
  names: 'Names that both have',
  reused: 'what the site has is used; filters and dashboards come beside it under another name',
  /** Beside the kinds for which somebody chose. */
  others:
    'All others: what the site has is used, or ours comes beside it where each owner has their own',
  account: 'Account',
  you: 'By a person',
  olderStages: (n: number) =>
    `All that people did stands here, with the newest stages; ${n === 1 ? '1 older stage is' : `${count(n)} older stages are`} left out.`,
  wholeLog: 'The whole log',
}
