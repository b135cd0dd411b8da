import type {
  ItemView,
  LogLine,
  MigrationDetail,
  MigrationView,
  ProjectVerdictView,
  VerdictView,
} from '../../shared/api.ts'
import type { BesideRow } from '../../shared/api-beside.ts'
import { type Stranger, strangerCode } from '../../shared/api-strangers.ts'
import { noCounts } from '../../shared/report.ts'

/** Migrations as an agent tells them, in every state a screen must show. */
export const at = Date.parse('2026-11-23T14:02:00Z')
const acme = { kind: 'cloud', url: 'https://acme.atlassian.net' } as const

/** A saved migration with the given parts changed. */
export function migration(change: Partial<MigrationView> & { id: string }): MigrationView {
  return {
    changed: 1,
    name: `Migration ${change.id}`,
    status: 'saved',
    activity: 'idle',
    pausedBy: [],
    reason: null,
    problem: null,
    archived: false,
    source: { kind: 'backup', label: '/srv/backups/jira-2026-11-22.zip', version: '9.12.4' },
    site: acme,
    projects: 3,
    issues: 58_910,
    progress: {
      sentence: 'Saved and ready to run',
      done: 0,
      total: 0,
      perMinute: null,
      secondsLeft: null,
    },
    totals: noCounts(),
    needsAttention: 0,
    createdAt: at - 86_400_000,
    startedAt: null,
    finishedAt: null,
    changedAt: at,
    ...change,
  }
}

export const running = migration({
  id: 'pay',
  changed: 7,
  name: 'Payments to acme',
  status: 'running',
  activity: 'pushing',
  progress: {
    sentence: 'Sending issues of PAY; files start when they are in',
    done: 41_203,
    total: 58_910,
    perMinute: 2140,
    secondsLeft: [480, 720],
  },
  totals: { ...noCounts(), source: 58_910, verified: 30_000, verifiedWithLoss: 12 },
  startedAt: at - 1_200_000,
})
export const paused = migration({
  id: 'slow',
  changed: 3,
  name: 'Service desk',
  status: 'running',
  activity: 'paused',
  pausedBy: ['rate limit'],
  reason: 'The site asks for fewer requests; going on at 14:05.',
  progress: { ...running.progress, done: 12, total: 700, perMinute: null, secondsLeft: null },
  startedAt: at - 600_000,
})
export const finished = migration({
  id: 'hr',
  changed: 4,
  name: 'HR archive',
  status: 'finished',
  reason: 'All 9,120 items were read back and are equal.',
  totals: { ...noCounts(), source: 9120, verified: 9120, verifiedWithLoss: 310 },
  startedAt: at - 4_000_000,
  finishedAt: at - 3_240_000,
})
export const incomplete = migration({
  id: 'legacy',
  changed: 5,
  name: 'Legacy apps',
  status: 'incomplete',
  reason: 'Something needs a person.',
  totals: {
    source: 58_910,
    verified: 58_702,
    verifiedWithLoss: 310,
    different: 121,
    leftOut: 80,
    failed: 7,
  },
  needsAttention: 3,
  startedAt: at - 9_000_000,
  finishedAt: at - 8_000_000,
})
export const failed = migration({
  id: 'broken',
  changed: 6,
  name: 'קוד \u202e<script>alert("name")</script> بيانات قديمة',
  status: 'failed',
  problem: {
    code: 'project-taken',
    sentence: 'The site has a project with the key OPS already.',
    hint: 'Leave OPS out of the scope, or remove that project from the site.',
    again: false,
  },
  source: {
    kind: 'backup',
    label:
      '/mnt/archive/a-very-long-folder-name/with/many/parts/and-still-more/jira-export-of-everything-2019.zip',
    version: null,
  },
  site: { kind: 'practice', url: null },
  startedAt: at - 60_000,
  finishedAt: at - 50_000,
})
export const archived = migration({
  id: 'old',
  changed: 2,
  name: 'Rehearsal of the spring with a name that goes on and on until it fits no column any more',
  status: 'finished',
  archived: true,
  totals: { ...noCounts(), source: 12, verified: 12 },
})
/** What others may write: a name that turns the direction and never ends, a reason of one word. */
export const hostile = migration({
  id: 'evil',
  changed: 1,
  name: `\u202eevil ${'long'.repeat(48)}`,
  status: 'incomplete',
  reason: `Stopped at ${'x'.repeat(5000)}`,
  startedAt: at - 90_000_000,
  finishedAt: at - 80_000_000,
  changedAt: at - 80_000_000,
})
export const everything = [hostile, running, paused, finished, incomplete, failed, archived]

/** The detail page of any migration, with projects, kinds, findings and a timeline. */
export function detailOf(row: MigrationView): MigrationDetail {
  const none = row.status === 'saved'
  return {
    migration: row,
    kinds: none
      ? []
      : [
          {
            kind: 'user',
            sent: 210,
            counts: { ...noCounts(), source: 214, verified: 210, leftOut: 4 },
          },
          { kind: 'issue', sent: 58_830, counts: { ...row.totals } },
          {
            kind: 'comment',
            sent: 120,
            counts: {
              source: 120,
              verified: 118,
              verifiedWithLoss: 5,
              different: 1,
              leftOut: 0,
              failed: 1,
            },
          },
          { kind: 'vote', sent: 0, counts: { ...noCounts(), source: 12, leftOut: 12 } },
        ],
    projects: none
      ? []
      : [
          {
            key: 'PAY',
            name: 'Payments',
            url: 'https://acme.atlassian.net/browse/PAY',
            people: { done: 14, total: 14 },
            issues: { done: 41_203, total: 58_910 },
            files: { done: 0, total: 220 },
            totals: row.totals,
          },
          {
            key: 'HR',
            name: '<img src=x onerror=alert(1)> People & Culture',
            url: null,
            people: { done: 3, total: 9 },
            issues: { done: 0, total: 41 },
            files: { done: 0, total: 0 },
            totals: { ...noCounts(), source: 41 },
          },
        ],
    findings:
      row.needsAttention === 0
        ? []
        : [
            {
              code: 'no-account',
              verdict: 'leftOut',
              kind: 'user',
              text: 'No account on the site has the e-mail address old@example.com',
              hint: 'Invite the person, or choose whom to use instead.',
              items: 4,
              varies: true,
              example: 'Old, Anna <old@example.com>',
            },
            {
              code: 'option-missing',
              verdict: 'failed',
              kind: 'issue',
              text: 'Field "Severity" has no option "S0 - outage <b>now</b>"',
              hint: 'Add the option on the site, or map it.',
              items: 4112,
              dependents: 20_377,
              example: 'PAY-1 The till is down',
            },
            {
              code: strangerCode('version'),
              verdict: 'different',
              kind: 'version',
              text: 'The site has 2 versions that the source does not have: 1.0, 2.0 (migrated).',
              hint: 'People may have made it since, or the migration made it twice: strangers.csv of the report lists all.',
              items: 2,
              example: '1.0',
            },
            {
              code: 'different',
              verdict: 'different',
              kind: 'comment',
              text: 'The text of a comment is not what was promised',
              hint: 'Open the issue and compare both.',
              items: 1,
            },
          ],
    olderStages: row.id === 'legacy' ? 1234 : 0,
    reports: { checked: !none, planned: !none },
    timeline: none
      ? []
      : [
          { at: at - 1_200_000, stage: 'read', text: 'Read 58,910 issues from the backup' },
          {
            at: at - 1_100_000,
            stage: 'plan',
            text: 'Planned 71,220 items. The site gets beside them: 13 schemes; 297 empty issues that keep numbers and are deleted at the end.',
          },
          { at: at - 900_000, stage: 'push', text: 'Began to send' },
        ],
  }
}

const item = (change: Partial<ItemView> & { seq: number }): ItemView => ({
  kind: 'issue',
  sourceId: String(10_000 + change.seq),
  siteId: String(20_000 + change.seq),
  label: `PAY-${change.seq} Card is refused at the till`,
  projectKey: 'PAY',
  issueKey: `PAY-${change.seq}`,
  verdict: 'verified',
  losses: [],
  differences: [],
  reason: null,
  hint: null,
  ...change,
})
export const items: ItemView[] = [
  item({ seq: 1 }),
  item({
    seq: 2,
    losses: [
      { code: 'author-as-text', text: 'The author Anna Old stands as text in the header line.' },
    ],
  }),
  item({
    seq: 3,
    verdict: 'different',
    label: 'PAY-3 \u202e<script>alert("label")</script> שלום',
    differences: [
      { field: 'summary', promised: 'Refund is late', found: 'Refund is  late…' },
      { field: 'priority', promised: 'Blocker', found: '' },
    ],
  }),
  item({
    seq: 4,
    kind: 'comment',
    verdict: 'failed',
    siteId: null,
    label: 'Comment of Bob, 2019-03-02',
    reason: {
      code: 'too-long',
      text: 'The site takes at most 32,767 characters; this has 40,112.',
    },
    hint: 'Shorten the text at the source and run again.',
  }),
  item({
    seq: 5,
    kind: 'vote',
    verdict: 'leftOut',
    siteId: null,
    label: 'Vote of carol',
    reason: { code: 'no-api', text: 'The site lets nobody vote for another person.' },
  }),
  item({ seq: 6, verdict: null, siteId: null }),
]
export const log: LogLine[] = [
  { n: 1, at: at - 5000, level: 'info', project: null, phase: 'read', text: 'Opened the backup' },
  {
    n: 2,
    at: at - 4000,
    level: 'warn',
    project: 'PAY',
    phase: 'content',
    text: 'Paused: rate limit',
  },
  {
    n: 3,
    at: at - 3000,
    level: 'error',
    project: 'PAY',
    phase: 'content',
    text: 'HTTP 400 <b>x</b>',
  },
]

export const beside: BesideRow[] = [
  {
    ...{ n: 1, label: 'Screens of Landfall', projectKey: null, issueKey: null },
    ...{ state: 'made', reason: null },
  },
  {
    ...{ n: 2, label: `PAY workflow \u202e<b>x</b> ${'long '.repeat(80)}`, projectKey: 'PAY' },
    ...{ issueKey: null, state: 'failed', reason: 'The site refused it: <i>no</i> such status.' },
  },
  {
    ...{ n: 3, label: 'PAY-12', projectKey: 'PAY', issueKey: 'PAY-12' },
    ...{ state: 'waiting', reason: null },
  },
]

export const strangers: Stranger[] = [
  { n: 1, kind: 'version', siteId: '10001', label: '1.0', projectKey: 'PAY', issueKey: null },
  {
    n: 2,
    kind: 'version',
    siteId: '10002',
    label: `2.0 (migrated) \u202e<script>alert("stranger")</script> ${'long '.repeat(200)}`,
    projectKey: null,
    issueKey: null,
  },
]

/** The verdict on an issue: PAY-3 differs, PAY-1 is verified, others are not known. */
export function issueVerdict(key: string): VerdictView {
  const own = items.filter((one) => one.issueKey === key)
  const known = own.length > 0
  return {
    migration: known ? { id: 'legacy', name: incomplete.name } : null,
    issueKey: key,
    verdict: own[0]?.verdict ?? null,
    withLoss: own.some((one) => one.losses.length > 0),
    items: own,
  }
}
export function projectVerdict(key: string): ProjectVerdictView {
  const { projects, kinds } = detailOf(incomplete)
  const project = projects.find((one) => one.key === key) ?? null
  const known = project !== null
  return {
    migration: known ? { id: 'legacy', name: incomplete.name } : null,
    projectKey: key,
    project,
    kinds: known ? kinds : [],
  }
}
