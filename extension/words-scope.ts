/** Text of choosing what of the source moves. */
import type { Scope } from '../shared/setup.ts'
import { count, counted } from './words.ts'

export const scopeWords = {
  projects: 'Projects',
  all: (n: number) => `All ${count(n)}`,
  chosen: 'Chosen ones',
  search: 'Search projects',
  none: 'No project matches.',
  tickShown: 'Tick these',
  clear: 'Untick all',
  more: (n: number) => `${count(n)} more: search for them.`,
  archivedMark: 'archived',
  unreadMark: 'not read',
  sumProjects: (n: number) => counted(n, 'project', 'projects'),
  sumIssues: (n: number) => counted(n, 'issue', 'issues'),
  sumFiles: (n: number) => counted(n, 'attachment', 'attachments'),
  archived: 'Move archived projects, too',
  gone: (keys: string) => `Chosen, but not in this source: ${keys}.`,
  attachments: 'Attachments',
  modes: {
    with: ['With attachments', 'Issues first, files after them.'],
    without: ['Without attachments', 'Attachments are left out and listed in the report.'],
    only: ['Only attachments', 'The issues are on the site already; files are added to them.'],
  } satisfies Record<Scope['attachments'], [string, string]>,
  onlyFiles:
    'Only attachments move: users, groups, filters, dashboards and boards stay as they are.',
  people: 'Users and groups',
  peopleModes: {
    all: ['All', 'Every user and group of the source.'],
    related: ['Only those related', 'Users and groups that the moved projects name.'],
  } satisfies Record<Scope['people'], [string, string]>,
  memberships: 'With memberships: who is in which group',
  linked: { linked: 'Those of the moved projects', all: 'All', none: 'None' },
  filters: 'Filters',
  dashboards: 'Dashboards',
  gadgets:
    'Dashboards move with the gadgets that the site has, in two columns. Which gadgets stay behind is told in the report, dashboard by dashboard. Dashboards of a live source stay, since its API does not tell what stands on them.',
  boards: 'Boards',
}
