import * as v from 'valibot'
import type { ChecksView, CheckView, Offender } from '../../shared/api-checks.ts'
import type { PlannedList, PlannedRow } from '../../shared/api-planned.ts'
import type {
  CollisionsView,
  InspectionView,
  MeetingName,
  PersonView,
  Preview,
  SiteTestView,
  SourcesView,
  SourceTestView,
} from '../../shared/api-setup-views.ts'
import {
  type AppTablePage,
  type SourceRowPage,
  SourceRowPageSchema,
} from '../../shared/api-source.ts'
import {
  type CollisionKind,
  type CollisionRule,
  collisionKinds,
  type NameList,
} from '../../shared/setup.ts'
import type { SourceProjectsView } from '../../shared/source-projects.ts'
import { at } from './scenes.ts'

/** What an agent tells while a migration is set up: hostile names, long texts, and every state a step shows. */
export const sources: SourcesView = {
  folders: ['/srv/backups', '/home/jira/export'],
  levels: 2,
  unfinished: ['/home/jira/export'],
  backups: [
    {
      path: '/srv/backups/jira-2026-11-22.zip',
      name: 'jira-2026-11-22.zip',
      size: 1_234_567_890,
      time: at - 86_400_000,
      attachments: '/srv/backups/attachments',
    },
    {
      path: '/srv/backups/a-folder-with-a-long-name/and-another-one/קוד\u202e<script>alert(1)</script>.xml',
      name: 'קוד\u202e<script>alert(1)</script>.xml',
      size: 45_678,
      time: at - 30 * 86_400_000,
      attachments: null,
    },
  ],
}

export const projects: InspectionView['projects'] = [
  { key: 'PAY', name: 'Payments', issues: 58_910, attachments: 220, archived: false },
  {
    key: 'HR',
    name: '<img src=x onerror=alert(1)> People & Culture',
    issues: 41,
    attachments: 0,
    archived: false,
  },
  { key: 'OLD', name: `Old ${'x'.repeat(10_000)}`, issues: 7, attachments: 2, archived: true },
]
export const sourceProjects: SourceProjectsView = {
  state: 'done',
  problem: null,
  counted: 4,
  projects: [
    ...projects.map(({ key, name, archived, issues }) => ({
      ...{ key, name, archived },
      ...(archived
        ? { issues: null, withFiles: null }
        : { issues, withFiles: issues > 100 ? 80 : 0 }),
    })),
    { key: 'SEC', name: 'Secret', archived: false, issues: null, withFiles: null },
  ],
}
export const halted = { read: 12_300, total: 58_910 }
export const inspected: InspectionView = {
  state: 'done',
  progress: null,
  problem: null,
  projects,
  inspection: {
    label: 'jira-2026-11-22.zip',
    version: '9.12.4',
    build: '9120004',
    exportedAt: at - 86_400_000,
    timeZone: 'Europe/Berlin',
    timeZoneFrom: 'assumed, nothing tells it',
    zoneCertain: false,
    baseUrl: 'https://jira.acme.example',
    kept: [
      { table: 'user', rows: 214 },
      { table: 'issue', rows: 58_958 },
      { table: 'issueType', rows: 9 },
      { table: 'changeItem', rows: 812_004 },
      { table: 'attachment', rows: 222 },
      { table: 'vote', rows: 0 },
    ],
    entities: [
      { entity: 'Issue', found: 58_958, stated: 58_958, treatment: 'kept' },
      { entity: 'AO_60DB71_AUDITENTRY', found: 1200, stated: 1201, treatment: 'counted' },
      { entity: 'OSUserCredential', found: 214, stated: null, treatment: 'secret' },
    ],
    notes: [
      {
        code: 'illegal',
        text: 'Characters that XML forbids were kept out of <b>3</b> texts',
        items: 3,
        n: 1,
      },
    ],
  },
}

export const sourceTest: SourceTestView = {
  url: 'https://jira.acme.com/jira',
  version: '9.12.4',
  me: { name: 'fred', displayName: 'Fred \u202e<script>alert(1)</script> Flintstone' },
  projects: 212,
  issues: 1_234_567,
  admin: false,
  notes: [
    'This account does not administer Jira: projects, members of groups and people in roles that it does not see are not read.',
  ],
}

export const siteTest: SiteTestView = {
  url: 'https://acme.atlassian.net',
  me: { accountId: '5b10a', displayName: 'Anna Admin <b>' },
  projects: 0,
  missing: [
    {
      key: 'ADMINISTER',
      name: 'Administer Jira',
      needed: 'making projects, issue types, statuses, screens and workflows',
      without: 'no project can be made, so a run does not begin',
    },
  ],
  projectsUntold: true,
  uploadLimit: 1_073_741_824,
  has: [
    { what: 'statuses', items: 3, names: ['To Do', '<b>In Progress</b>', 'x'.repeat(10_000)] },
    { what: 'groups', items: 0, names: [] },
  ],
}

const person = (change: Partial<PersonView> & { key: string }): PersonView => ({
  name: change.key,
  email: `${change.key}@acme.example`,
  active: true,
  addressed: true,
  state: 'email',
  how: 'email',
  account: { accountId: `acc-${change.key}`, displayName: change.key },
  problem: null,
  sharedWith: [],
  issues: 120,
  ...change,
})
export const people: PersonView[] = [
  person({ key: 'anna', name: 'Anna Old' }),
  person({
    key: 'bob',
    name: '\u202e<script>alert("bob")</script> בוב',
    state: 'placeholder',
    account: null,
    email: 'bob@acme',
    addressed: false,
    problem: 'invalid-email',
  }),
  person({
    key: 'carol',
    name: `Carol ${'long '.repeat(2000)}`,
    state: 'choice',
    how: 'account',
    issues: 4_112,
  }),
  person({
    key: 'dave',
    active: false,
    addressed: false,
    email: null,
    state: 'leftOut',
    how: 'leave',
    account: null,
  }),
  person({
    key: 'erin',
    email: 'team@acme.example',
    problem: 'duplicate-email',
    sharedWith: ['frank <b>'],
  }),
  person({
    key: 'frank <b>',
    email: 'team@acme.example',
    problem: 'duplicate-email',
    sharedWith: ['erin'],
    issues: 7,
  }),
  person({
    key: 'grace',
    addressed: false,
    email: null,
    state: 'placeholder',
    account: null,
    problem: 'no-email',
    issues: 0,
  }),
  person({ key: 'heidi', state: 'outOfScope', account: null, issues: 0 }),
]

const collisionWords: Record<CollisionKind, [one: string, many: string]> = {
  status: ['status', 'statuses'],
  issueType: ['issue type', 'issue types'],
  linkType: ['link type', 'link types'],
  priority: ['priority', 'priorities'],
  resolution: ['resolution', 'resolutions'],
  field: ['custom field', 'custom fields'],
  group: ['group', 'groups'],
  filter: ['filter', 'filters'],
  dashboard: ['dashboard', 'dashboards'],
}
/** In the agent's words. */
function collisionSentence(kind: CollisionKind, n: number, rule: CollisionRule): string {
  const [one, many] = collisionWords[kind]
  if (n === 0) return `The site has no ${one} of a name that comes from the source.`
  const some = n === 1 ? `1 ${one}` : `${n} ${many}`
  return rule === 'rename'
    ? `${some} ${n === 1 ? 'comes' : 'come'} beside what the site has under that name, numbered like "Name (2)".`
    : `${some} ${n === 1 ? 'is' : 'are'} on the site already and used as the site has it.`
}

/** A filter by each rule, as the agent tells it. */
const filterNames = (rule: CollisionRule): MeetingName[] => [
  {
    name: 'Open bugs',
    siteName: 'Open bugs',
    becomes: rule === 'stop' ? null : rule === 'reuse' ? 'Open bugs' : 'Open bugs (2)',
    note:
      rule === 'reuse'
        ? 'On the site: number 10012 of Ann Lee. The site\'s filter is used and asks "project = OTHER <b>"; the source\'s would ask "project = PAY AND resolution = Unresolved". The site\'s filter is used and keeps its owner: Ann Lee owns it there, Fred did at the source.'
        : 'On the site: number 10012 of Ann Lee.',
  },
]

/** Names on both sides by each rule. */
const bothNames = (rule: CollisionRule): MeetingName[] =>
  [
    { name: 'Done', siteName: 'Done', note: null },
    {
      name: 'in progress <b>',
      siteName: 'In Progress',
      note: 'One is for sub-tasks and the other is not, so they are never the same type.',
    },
    { name: 'Severity', siteName: 'Severity', note: null },
  ].map((one) => ({
    ...one,
    becomes: rule === 'stop' ? null : rule === 'reuse' ? one.siteName : `${one.siteName} (2)`,
  }))

const aloneNames = (n: number): MeetingName[] =>
  Array.from({ length: n }, (_, i) => ({
    ...{ name: `Own ${i + 1} <b>`, siteName: null, becomes: `Own ${i + 1} <b>`, note: null },
  }))

/** The names of a kind in one of its lists. */
export function namesOf(kind: CollisionKind, rule: CollisionRule, list: NameList): MeetingName[] {
  const i = collisionKinds.indexOf(kind)
  if (list === 'alone') return aloneNames(i === 3 ? 0 : 6 + i)
  const both = i < 2 ? bothNames(rule) : kind === 'filter' ? filterNames(rule) : []
  return both.filter(
    ({ siteName, becomes }) =>
      list === (becomes === null ? 'leftOut' : becomes === siteName ? 'used' : 'beside'),
  )
}

/** The names of a kind by a rule, as the agent counts them. */
export function collisionView(
  kind: CollisionKind,
  rule: CollisionRule,
): CollisionsView['kinds'][number] {
  const n = (list: NameList) => namesOf(kind, rule, list).length
  const lists = { used: n('used'), beside: n('beside'), leftOut: n('leftOut'), alone: n('alone') }
  const both = lists.used + lists.beside + lists.leftOut
  const names = both + lists.alone
  return { kind, rule, names, both, sentence: collisionSentence(kind, both, rule), lists }
}

export const preview: Preview = {
  at,
  kinds: [
    { kind: 'user', planned: 210, leftOut: 4 },
    { kind: 'issue', planned: 58_951, leftOut: 7 },
    { kind: 'vote', planned: 0, leftOut: 12 },
  ],
  losses: [
    {
      code: 'author-as-text',
      kind: 'comment',
      text: 'The author stands as text in the first line <b>of the comment</b>.',
      varies: true,
      items: 118,
      example: 'Comment of Bob on PAY-3',
    },
  ],
  leftOut: [
    {
      code: 'votes',
      kind: 'vote',
      text: 'The site only lets a person vote for themselves.',
      varies: false,
      items: 12,
      example: 'Vote of carol on PAY-5',
    },
  ],
  requests: { writes: 61_220, reads: 59_390 },
  estimate: { low: 1500, high: 4200 },
  perProject: [
    {
      key: 'PAY',
      name: 'Payments',
      issues: 58_910,
      files: 220,
      items: 59_130,
      leftOut: 12,
      withLoss: 118,
      requests: 120_290,
    },
    {
      key: '',
      name: '',
      issues: 0,
      files: 0,
      items: 31,
      leftOut: 11,
      withLoss: 0,
      requests: 320,
    },
  ],
}

export const planned: (PlannedRow & { what: PlannedList })[] = [
  ...Array.from({ length: 12 }, (_, i) => ({
    n: i + 1,
    what: 'leftOut' as const,
    kind: 'vote' as const,
    label:
      i === 0
        ? 'Vote of \u202e<script>alert(1)</script> קרול on PAY-5'
        : `Vote of carol on PAY-${i}`,
    projectKey: 'PAY',
    issueKey: i === 0 ? 'PAY-5' : `PAY-${i}`,
    reasons: [{ code: 'votes', text: 'The site only lets a person vote for themselves.' }],
  })),
  {
    n: 13,
    what: 'loss',
    kind: 'comment',
    label: `Comment of ${'x'.repeat(10_000)} on PAY-3`,
    projectKey: 'PAY',
    issueKey: 'PAY-3',
    reasons: [{ code: 'author-as-text', text: `The author stands as text: ${'y'.repeat(4000)}.` }],
  },
]

const check = (change: Partial<CheckView> & Pick<CheckView, 'key' | 'group'>): CheckView => ({
  title: change.key,
  status: 'success',
  sentence: 'Nothing was found.',
  hint: '',
  offenders: 0,
  lists: [],
  at: at - 240_000,
  canOverride: false,
  overridden: null,
  ...change,
})
export const checks: ChecksView = {
  running: false,
  progress: null,
  blocks: true,
  checks: [
    check({ key: 'disk', group: 'system', title: 'The agent’s disk' }),
    check({
      key: 'site-reachable',
      group: 'site',
      title: 'The site can be reached',
      status: 'incomplete',
      sentence: 'The site did not answer within 15 s.',
      hint: 'Try again when it is reachable.',
    }),
    check({
      key: 'project-taken',
      group: 'projects',
      title: 'Project keys are free',
      status: 'error',
      sentence: 'The site has a project with the key <b>OPS</b> already.',
      hint: 'Leave OPS out of the scope, or remove that project from the site.',
      offenders: 1,
    }),
    check({
      key: 'long-texts',
      group: 'issues',
      title: 'Texts are short enough',
      status: 'error',
      sentence: '72 texts are longer than 32,767 characters.',
      hint: 'They are cut and the whole text is attached as a file.',
      offenders: 72,
      canOverride: true,
    }),
    check({
      key: 'duplicate-fields',
      group: 'fields',
      title: 'Field names are unique',
      status: 'warning',
      sentence: 'Two fields are called “Severity”.',
      hint: 'Rename one of them at the source.',
      offenders: 2,
    }),
    check({
      key: 'app-fields',
      group: 'apps',
      title: 'Fields of apps',
      status: 'pending',
      at: null,
      sentence: '',
    }),
  ],
}
export const offenders: Offender[] = Array.from({ length: 72 }, (_, i) => ({
  n: i + 1,
  subject: i === 0 ? 'PAY-1 <script>alert("offender")</script>' : `PAY-${i + 1}`,
  projectKey: i === 1 ? null : 'PAY',
  ...rowOf(i),
}))

/** One with a list in the source, one with a list below it, and those with none. */
function rowOf(i: number): Pick<Offender, 'detail' | 'counts'> {
  if (i === 2)
    return {
      detail: '6,112 comments; the site takes 5,000.',
      counts: [{ at: 'source', words: '6,112 comments', list: 'comment', issue: 'PAY-3' }],
    }
  if (i === 3)
    return {
      detail:
        '701 custom fields: 11 new, 690 on the site already; a project on the site takes 700.',
      counts: [{ at: 'rows', words: '11 new', list: 'newFields', partOf: 'PAY-4' }],
    }
  return { detail: `${(48_112 + i).toLocaleString('en')} characters`, counts: [] }
}

export const accounts = [
  { accountId: 'acc-anna', displayName: 'Anna <b>New</b>', email: 'anna.new@acme.example' },
  { accountId: 'acc-annika', displayName: `Annika ${'Long'.repeat(40)}`, email: null },
]

/** Rows of the source: hostile, long, without a name, of an issue, of a project, of nothing. */
export function sourceRows(list: string): SourceRowPage {
  if (list === 'vote') return { rows: [], next: null, note: null }
  const rows = [
    {
      label: 'Done \u202e<script>alert("row")</script>',
      issueKey: 'PAY-12',
      detail: 'Fred, 2024-01-02',
    },
    { label: `קוד \u202e evil ${'x'.repeat(300)}`, issueKey: 'PAY-13', detail: null },
    { label: '', issueKey: null, detail: 'IssueProperty 10001' },
    { label: 'a word without a break '.repeat(12), issueKey: null, detail: 'y'.repeat(300) },
  ]
  return v.parse(SourceRowPageSchema, {
    rows: rows.map((row, i) => ({ ...row, n: i + 1, projectKey: row.issueKey ? 'PAY' : null })),
    next: 4,
  })
}

export const appTableRows: AppTablePage = {
  rows: [1, 2].map((n) => ({
    n,
    cells: [
      { column: 'ID', value: String(n), hidden: false },
      { column: 'TITLE', value: '<img src=x onerror=alert(1)>', hidden: false },
      { column: 'LONG', value: 'z'.repeat(300), hidden: false },
      { column: 'API_TOKEN', value: null, hidden: true },
      { column: 'NOTE', value: null, hidden: false },
    ],
  })),
  next: 2,
}
