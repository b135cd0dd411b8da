import type { AppLogLine, AppRecordPage, AppsView, AppView } from '../../shared/api-apps.ts'
import {
  type AppStatus,
  appLimits,
  rerunUntil,
  whyNoCancel,
  whyNoLog,
  whyNoRerun,
} from '../../shared/app-status.ts'
import { at } from './scenes.ts'

const day = 86_400_000
const trace: AppView['trace'] = {
  tables: [{ name: 'AO_13E1B2_ITEM', rows: 48_201, bytes: 7_340_032 }],
  properties: [{ entity: 'IssueProperty', count: 812 }],
  fields: [{ id: '10200', name: 'Risk <i>now</i>', type: 'org.globex.risk:score', issues: 4112 }],
  workflows: ['Software \u202e<script>alert("workflow")</script> workflow'],
  dashboards: ['10400'],
  filters: 3,
  issues: 4500,
  projects: 2,
}
const noTrace: AppView['trace'] = {
  tables: [],
  properties: [],
  fields: [],
  workflows: [],
  dashboards: [],
  filters: 0,
  issues: 0,
  projects: 0,
}

/** An app with the given parts changed; what can be done to it follows from the rules that the agent obeys. */
export function app(change: Partial<AppView> & { key: string }): AppView {
  const made: AppView = {
    name: change.key,
    version: '3.1',
    vendor: 'Globex',
    contact: 'https://support.example.com/globex',
    system: false,
    trace,
    decision: 'needed',
    paths: ['Entity properties', 'Archive of its tables as files'],
    handler: null,
    allowedHours: 336,
    status: 'ready',
    percent: 0,
    message: '',
    transferId: null,
    firstStartedAt: null,
    settledAt: null,
    updatedAt: null,
    counts: { source: 0, verified: 0, different: 0, leftOut: 0, failed: 0 },
    rerun: null,
    rerunUntil: null,
    cancel: null,
    log: null,
    ...change,
  }
  const { status, firstStartedAt } = made
  const times = { status, firstStartedAt, lastSignAt: null, silenceMs: null }
  const hasPath = made.paths.length > 0
  return {
    ...made,
    rerun: whyNoRerun({ ...times, allowedMs: appLimits.allowedMs }, at, hasPath),
    rerunUntil: hasPath ? rerunUntil(made) : null,
    cancel: whyNoCancel(made),
    log: whyNoLog({ firstStartedAt }, at, hasPath),
    ...('log' in change ? { log: change.log ?? null } : {}),
  }
}

const begun = (key: string, name: string, status: AppStatus, percent: number, message = '') =>
  app({
    key,
    name,
    status,
    percent,
    message,
    transferId: `t-${key}`,
    firstStartedAt: at - 3_600_000,
    updatedAt: at - 120_000,
    settledAt: percent === 100 ? at - 120_000 : null,
    counts: { source: 49_013, verified: percent * 400, different: 12, leftOut: 7, failed: 3 },
  })

/** Apps in all eight states, some undecided, some without a path, one with a hostile name, parts of Jira. */
export function appsScene(): AppsView {
  const apps = [
    app({ key: 'com.acme.checklist', name: 'Acme Checklist', decision: null }),
    app({ key: 'com.acme.ready', name: 'Acme Calendar' }),
    begun('org.globex.progress', 'Globex Risk Register', 'in progress', 41, 'Sending row 20,001.'),
    begun('org.globex.success', 'Globex Time Sheets', 'success', 100),
    begun('org.globex.incomplete', 'Initech Test Reports', 'incomplete', 100, '3 records failed.'),
    begun('org.globex.failed', 'Initech Diagrams', 'failed', 12, 'The handler answered with 500.'),
    begun('org.globex.timedout', 'Umbrella Assets', 'timed out', 67),
    begun('org.globex.canceling', 'Umbrella Contracts', 'canceling', 30),
    begun('org.globex.canceled', 'Umbrella Labels', 'canceled', 30),
    app({ key: 'com.none', name: 'Hooli Poker', paths: [], vendor: null, contact: null }),
    app({ key: 'com.notneeded', name: 'Hooli Themes', decision: 'not needed', paths: [] }),
    app({
      key: 'com.late',
      name: 'Vandelay Imports',
      status: 'failed',
      percent: 5,
      firstStartedAt: at - 31 * day,
      updatedAt: at - 30 * day,
    }),
    app({
      key: 'com.lost',
      name: 'Vandelay Exports',
      status: 'failed',
      firstStartedAt: at - 13 * day,
      updatedAt: at - 12 * day,
      log: whyNoLog(null, at, true),
    }),
    app({
      key: 'com.hostile',
      name: `\u202e<script>alert("app")</script>\u202Eاسم طويل ${'x'.repeat(10_000)}`,
      vendor: '<img src=x onerror=alert(1)>',
      contact: 'javascript:alert(1)',
      message: `<b>bold</b> ${'y'.repeat(480)}`,
      status: 'failed',
      percent: 1,
      firstStartedAt: at - 60_000,
      updatedAt: at - 50_000,
    }),
    app({
      key: 'com.installed',
      name: 'Only installed',
      trace: noTrace,
      decision: null,
      paths: [],
    }),
    app({
      key: 'com.atlassian.jira',
      name: 'Jira itself',
      system: true,
      decision: null,
      paths: [],
    }),
  ]
  return { apps, undecided: 1 }
}

/** So many events of an app's log, newest first. */
export function appLogLines(n: number): AppLogLine[] {
  return Array.from({ length: n }, (_, i) => ({
    n: n - i,
    at: at - i * 1000,
    level: i % 50 === 3 ? ('error' as const) : i % 20 === 2 ? ('warn' as const) : ('info' as const),
    event: i === 0 ? 'progress' : 'sent',
    message:
      i === 1 ? '\u202e<script>alert("log")</script> \u202Eمرحبا' : `Record ${n - i} of the app`,
    transferId: 't-org.globex.progress',
  }))
}

/** Records of an app in pages of three, with a hostile label and a reason. */
export function appRecordsScene(query: URLSearchParams): AppRecordPage {
  const verdict = query.get('verdict')
  const after = Number(query.get('after') ?? 0)
  const all: AppRecordPage['records'] = [
    {
      n: 1,
      path: 'properties',
      label: 'issue PAY-1',
      rows: 1,
      listed: null,
      verdict: 'verified',
      reason: null,
    },
    {
      n: 2,
      path: 'properties',
      label: '\u202e<script>alert("record")</script> issue PAY-2',
      rows: 1,
      listed: null,
      verdict: 'failed',
      reason: 'The site takes at most 32,768 characters; this has 40,112.',
    },
    {
      n: 3,
      path: 'archive',
      label: 'AO_13E1B2_ITEM',
      rows: 48_201,
      listed: null,
      verdict: 'verified',
      reason: null,
    },
    {
      n: 4,
      path: 'archive',
      label: 'AO_13E1B2_NOTE',
      rows: 12,
      listed: null,
      verdict: null,
      reason: null,
    },
  ]
  const fitting = all.filter((one) => one.n > after && (!verdict || one.verdict === verdict))
  const records = fitting.slice(0, 3)
  return { records, next: fitting.length > 3 ? (records.at(-1)?.n ?? null) : null }
}
