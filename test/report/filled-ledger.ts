import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addRecords, recordsOf, settleRecords } from '../../agent/ledger/app-records.ts'
import { changeApp, moveApp, noteApps } from '../../agent/ledger/apps.ts'
import { logEvent } from '../../agent/ledger/events.ts'
import { addItems, eachItem, settleVerdicts } from '../../agent/ledger/items.ts'
import { addMigration, changeMigration, moveMigration } from '../../agent/ledger/migrations.ts'
import { type Ledger, type LedgerDb, openLedger } from '../../agent/ledger/open.ts'
import type { Origin, PlannedItem, PlannedKind, Promises, Reason } from '../../shared/plan.ts'

export const noon = Date.UTC(2026, 10, 23, 12, 0, 0)

/** What a summary can hold when somebody means harm, or is only unlucky. */
export const hostile = {
  formula: '=HYPERLINK("http://evil.example","Click")',
  spacedFormula: ' \t=1+1',
  brokenFormula: '=1+\n1',
  html: '<img src=x onerror=alert(1)></style><script>alert(2)</script> & "quoted"',
  turned: 'invoice \u202egnp.exe, "quoted"; semi\r\nsecond line',
}

export function tempLedger(): { ledger: Ledger; folder: string; remove(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-door-'))
  const ledger = openLedger(join(folder, 'ledger.sqlite'))
  return {
    ledger,
    folder,
    async remove() {
      await ledger.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const origin: Origin = { v: 1, source: 'abc', kind: 'issue', id: '1' }

export function planned<K extends PlannedKind>(
  kind: K,
  sourceId: string,
  promise: Promises[K],
  more: Partial<PlannedItem> = {},
): PlannedItem {
  return {
    kind,
    sourceId,
    label: sourceId,
    projectKey: null,
    issueKey: null,
    phase: 'issues',
    lane: 'x',
    losses: [],
    leftOut: null,
    ...more,
    promise,
  } as PlannedItem
}

const project = (key: string, name: string) =>
  planned(
    'project',
    `1${key}`,
    {
      key,
      name,
      description: '',
      url: null,
      leadAccountId: 'a',
      assigneeType: 'UNASSIGNED',
      projectTypeKey: 'software',
    },
    { projectKey: key, label: key, phase: 'projects' },
  )

export const issue = (key: string, label: string, losses: Reason[] = []) =>
  planned(
    'issue',
    `id-${key}`,
    {
      key,
      number: Number(key.split('-')[1]),
      issueType: 'Task',
      parentKey: null,
      summary: label,
      description: null,
      environment: null,
      priority: null,
      reporterAccountId: null,
      assigneeAccountId: null,
      labels: [],
      components: [],
      fixVersions: [],
      versions: [],
      duedate: null,
      originalEstimateSeconds: null,
      remainingEstimateSeconds: null,
      status: 'To Do',
      resolution: null,
      origin,
    },
    { projectKey: key.split('-')[0] ?? '', issueKey: key, label, losses },
  )

const comment = (id: string, issueKey: string, losses: Reason[] = []) =>
  planned(
    'comment',
    id,
    { issueKey, body: { type: 'doc', version: 1, content: [] }, visibility: null, origin },
    {
      projectKey: issueKey.split('-')[0] ?? '',
      issueKey,
      label: `Comment ${id} on ${issueKey}`,
      phase: 'content',
      losses,
    },
  )

const authorLost: Reason = { code: 'author-as-text', text: 'The author stands in a header line.' }
const noHistory: Reason = { code: 'history-no-way', text: 'The site takes no history over REST.' }

/** The items of a small migration: two projects, people, and one of every way in which an item can end. */
export const samplePlan = (): PlannedItem[] => [
  planned(
    'user',
    'fred',
    { accountId: 'acc-1', displayName: 'Fred', email: 'fred@example.com' },
    { phase: 'people', label: 'Fred' },
  ),
  planned(
    'user',
    'zoe',
    { accountId: 'acc-2', displayName: 'Zoë Müller', email: null },
    { phase: 'people', label: 'Zoë Müller' },
  ),
  project('PAY', 'Payments & <b>Billing</b>'),
  project('HR', '人事 – Personal'),
  issue('PAY-1', hostile.formula),
  issue('PAY-2', hostile.html),
  issue('PAY-3', hostile.turned),
  issue('PAY-4', hostile.spacedFormula),
  issue('HR-1', hostile.brokenFormula, [authorLost, authorLost]),
  comment('100', 'PAY-1', [authorLost]),
  comment('101', 'PAY-1', [authorLost]),
  comment('102', 'HR-1'),
  planned(
    'attachment',
    '900',
    { issueKey: 'PAY-1', filename: 'a.png', size: 3, mimetype: null, path: '/nowhere/a.png' },
    { projectKey: 'PAY', issueKey: 'PAY-1', label: 'a.png on PAY-1', phase: 'files' },
  ),
  planned('history', 'h1', null, {
    projectKey: 'PAY',
    issueKey: 'PAY-1',
    label: 'History of PAY-1',
    leftOut: noHistory,
  }),
  planned(
    'filler',
    'PAY-5',
    { key: 'PAY-5', number: 5, issueType: 'Task', origin },
    {
      projectKey: 'PAY',
      issueKey: 'PAY-5',
      label: 'PAY-5',
    },
  ),
]

/** A migration of the sample plan, saved and planned, nothing sent. */
export async function addSample(ledger: Ledger, id: string, siteUrl: string | null = null) {
  const { db } = ledger
  await addMigration(db, {
    id,
    name: 'Payments to acme',
    source: {
      kind: 'backup',
      path: '/backups/jira-2024.zip',
      attachments: null,
      timeZone: null,
    },
    site: siteUrl ? { kind: 'cloud', url: siteUrl, email: 'a@example.com' } : { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: noon,
  })
  await addItems(
    db,
    id,
    samplePlan().map((item) => ({ item, batchId: null })),
  )
}

/** Runs the sample to its end on paper: sends all but one, and gives each item its verdict. */
export async function finishSample(ledger: Ledger, id: string) {
  const { db } = ledger
  await moveMigration(db, id, 'run', noon + 1000, {
    startedAt: noon + 1000,
    stage: 'planned',
    runs: 1,
  })
  await db
    .updateTable('item')
    .set({ state: 'sent' })
    .where('migrationId', '=', id)
    .where('state', '=', 'planned')
    .execute()
  await db
    .updateTable('item')
    .set({
      state: 'failed',
      verdict: 'failed',
      reasonCode: 'file-missing',
      reasonText: 'The file is not in the attachments folder.',
      hint: 'Put it there and run again.',
      again: 1,
    })
    .where('migrationId', '=', id)
    .where('kind', '=', 'attachment')
    .execute()
  let site = 10_000
  for await (const item of eachItem(db, id, { state: 'sent', counted: true }))
    await settleVerdicts(db, [
      item.issueKey === 'PAY-2' && item.kind === 'issue'
        ? {
            seq: item.seq,
            verdict: 'different',
            differences: [{ field: 'summary', promised: hostile.html, found: '=cut "off"' }],
            siteId: String(++site),
          }
        : { seq: item.seq, verdict: 'verified', differences: [], siteId: String(++site) },
    ])
  await changeMigration(db, id, noon + 2000, {
    siteUrl: 'http://127.0.0.1:8099',
    stage: 'verified',
  })
  await logEvent(db, {
    migrationId: id,
    at: noon + 1500,
    level: 'info',
    phase: 'stage:issues',
    text: 'Sending issues.',
  })
  await logEvent(db, {
    migrationId: id,
    at: noon + 1600,
    level: 'warn',
    code: 'site-rate-limit',
    phase: 'issues',
    text: 'A forged\n2026-11-23 12:00:00.000 ERROR PAY issues line',
    projectKey: 'PAY',
  })
  await moveMigration(db, id, 'finishIncomplete', noon + 134_000, {
    finishedAt: noon + 134_000,
    workedMs: 133_000,
    requests: 4321,
    stage: 'reported',
    reason: 'Some items need you: see Needs attention.',
  })
}

/** An app that ended incomplete, with a name that means harm, and one that nobody has decided about. */
export async function addApps(db: LedgerDb, id: string): Promise<void> {
  await noteApps(db, id, noon, [
    { key: 'com.acme', name: hostile.formula, path: 'Entity properties, Archive' },
    { key: 'org.globex', name: `Globex ${hostile.html}`, path: '' },
  ])
  await changeApp(db, id, 'com.acme', noon, {
    decision: 'needed',
    percent: 66.7,
    message: hostile.turned,
    firstStartedAt: noon,
  })
  await moveApp(db, id, 'com.acme', 'start', noon)
  await moveApp(db, id, 'com.acme', 'endIncomplete', noon)
  const place = { migrationId: id, key: 'com.acme', path: 'archive' }
  const record = (sourceId: string, rows: number, leftOut: string | null) => ({
    sourceId,
    label: sourceId,
    rows,
    leftOut,
  })
  await addRecords(db, place, [
    record('a', 5, null),
    record('b', 2, null),
    record('c', 3, 'Not JSON.'),
  ])
  const found = await recordsOf(db, place, ['a', 'b'])
  await settleRecords(
    db,
    place,
    found.map(({ n, sourceId }) => ({ n, verdict: sourceId === 'a' ? 'verified' : 'failed' })),
  )
}
