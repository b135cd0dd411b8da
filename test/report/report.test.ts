import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import JSZip from 'jszip'
import { sql } from 'kysely'
import papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleCheck } from '../../agent/ledger/checks.ts'
import { logEvent } from '../../agent/ledger/events.ts'
import { keysPreserved } from '../../agent/ledger/findings.ts'
import { eachItem, itemPage, settleVerdicts } from '../../agent/ledger/items.ts'
import { errorsLog } from '../../agent/report/errors-log.ts'
import { gatherFacts } from '../../agent/report/facts.ts'
import { hintFor } from '../../agent/report/findings.ts'
import { reportHtml } from '../../agent/report/html.ts'
import {
  errorsZip,
  frozenPreReport,
  type ReportFiles,
  reportFiles,
  writeReport,
} from '../../agent/report/report.ts'
import { attentionCsv } from '../../agent/report/tables.ts'

import type { Counts } from '../../shared/report.ts'
import {
  addApps,
  addSample,
  finishSample,
  hostile,
  noon,
  samplePlan,
  tempLedger,
} from './filled-ledger.ts'

const place = tempLedger()
let report: ReportFiles
const text = (name: string) => readFileSync(join(report.folder, name), 'utf8')
const rows = (name: string) => {
  const read = papa.parse<Record<string, string>>(text(name), {
    header: true,
    skipEmptyLines: true,
  })
  expect(read.errors).toEqual([])
  return read.data
}

/** The ledger writes down the time at which it happens; here it happened that day. */
const settledAt = (kind: 'attachment' | 'issue', at: number) =>
  place.ledger.db
    .updateTable('item')
    .set({ settledAt: at })
    .where('migrationId', '=', 'm1')
    .where('kind', '=', kind)
    .execute()

beforeAll(async () => {
  await addSample(place.ledger, 'm1')
  await finishSample(place.ledger, 'm1')
  await settledAt('attachment', noon + 60_000)
  await settledAt('issue', noon + 120_000)
  await addApps(place.ledger.db, 'm1')
  report = await writeReport({
    db: place.ledger.db,
    migrationId: 'm1',
    folder: join(place.folder, 'out'),
    now: noon + 200_000,
  })
})
afterAll(() => place.remove())

describe('the files', () => {
  test('are all in one zip that other tools can read, byte for byte', async () => {
    expect(basename(report.zip)).toBe('landfall-report-payments-to-acme-2026-11-23.zip')
    execFileSync('unzip', ['-tq', report.zip])
    const zip = await JSZip.loadAsync(readFileSync(report.zip))
    expect(Object.keys(zip.files).sort()).toEqual([...reportFiles].sort())
    for (const file of reportFiles)
      expect(await zip.file(file)?.async('string'), file).toBe(text(file))
  })

  test('summary.csv has a line a kind, and every line adds up', () => {
    const counts = rows('summary.csv')
    expect(counts.map((row) => row.kind)).toEqual([
      'user',
      'project',
      'issue',
      'comment',
      'attachment',
      'history',
    ])
    for (const row of counts) {
      const n = (column: string) => Number(row[column])
      expect(n('verified') + n('different') + n('leftOut') + n('failed') + n('onTheWay')).toBe(
        n('source'),
      )
    }
    const all = (name: string) => rows(name).reduce((sum, row) => sum + Number(row.source), 0)
    expect(all('summary.csv')).toBe(14)
    expect(all('summary-by-project.csv')).toBe(14)
  })

  test('items.csv has each item of the source once, and no means', () => {
    const items = rows('items.csv')
    const plan = samplePlan().filter((item) => item.kind !== 'filler')
    expect(items.map((row) => `${row.kind} ${row.sourceId}`).sort()).toEqual(
      plan.map((item) => `${item.kind} ${item.sourceId}`).sort(),
    )
    const counted = papa.parse<Record<string, string>>(text('summary.csv'), { header: true }).data
    for (const { kind, verified, different, leftOut, failed } of counted)
      for (const [verdict, n] of Object.entries({ verified, different, leftOut, failed }))
        if (kind)
          expect(
            items.filter((row) => row.kind === kind && row.verdict === verdict).length,
            `${kind} ${verdict}`,
          ).toBe(Number(n))
  })

  test('items.csv says what differs, what was announced and why', () => {
    const items = rows('items.csv')
    const of = (kind: string, sourceId: string) =>
      items.find((row) => row.kind === kind && row.sourceId === sourceId)
    expect(of('issue', 'id-PAY-2')?.differences).toBe(`summary: ${hostile.html} → =cut "off"`)
    expect(of('comment', '100')?.announcedLosses).toBe(
      'author-as-text: The author stands in a header line.',
    )
    expect(of('attachment', '900')).toMatchObject({
      verdict: 'failed',
      reasonCode: 'file-missing',
      hint: 'Put it there and run again.',
    })
    expect(of('history', 'h1')?.reason).toBe('The site takes no history over REST.')
  })

  test('no cell of a spreadsheet file is a formula, and text comes back whole but for what turns it', () => {
    for (const file of reportFiles.filter((name) => name.endsWith('.csv')))
      for (const row of papa.parse<string[]>(text(file)).data)
        for (const cell of row) expect(cell, file).not.toMatch(/^\s*[=+\-@]/)
    const labels = rows('items.csv').map((row) => row.label)
    for (const label of [hostile.formula, hostile.spacedFormula, hostile.brokenFormula])
      expect(labels).toContain(`'${label}`)
    expect(labels).toContain(hostile.turned.replace('\u202e', '\ufffd'))
    expect(labels).toContain('Zoë Müller')
  })

  test('requires-attention.csv groups by cause, the gravest first', () => {
    const causes = rows('requires-attention.csv')
    expect(causes.map((row) => [row.Verdict, row.Items, row.Code])).toEqual([
      ['failed', '1', 'file-missing'],
      ['different', '1', 'different-summary'],
      ['left out', '1', 'history-no-way'],
    ])
    expect(causes[0]).toMatchObject({
      Problem: 'The file is not in the attachments folder.',
      'What to do': 'Put it there and run again.',
      'Trying again alone can help': 'yes',
    })
    for (const cause of causes) expect(cause['What to do']).toMatch(/\S/)
    expect(text('requires-attention.csv').startsWith('\ufeffProblem,')).toBe(true)
    expect(text('requires-attention.csv')).toMatch(/\r\n$/)
  })

  test('apps.csv has a line an app, undecided ones too, and its numbers add up', () => {
    const apps = rows('apps.csv')
    expect(apps.map((row) => [row.key, row.decision, row.status])).toEqual([
      ['com.acme', 'needed', 'incomplete'],
      ['org.globex', 'undecided', 'ready'],
    ])
    const [acme, globex] = apps
    const n = (column: string) => Number(acme?.[column])
    expect(n('items')).toBe(10)
    expect(n('verified') + n('different') + n('left out') + n('failed')).toBe(n('items'))
    expect(acme).toMatchObject({
      app: `'${hostile.formula}`,
      path: 'Entity properties, Archive',
      percent: '66',
      'first start': '2026-11-23T12:00:00.000Z',
    })
    expect(globex).toMatchObject({ items: '0', 'first start': '', 'last update': '' })
    expect(text('apps.csv').startsWith('\ufeffapp,key,path,')).toBe(true)
    expect(text('report.html')).toContain('<h2>Apps</h2>')
    expect(JSON.parse(text('run.json')).apps[0]).toMatchObject({
      key: 'com.acme',
      counts: { source: 10, verified: 5, different: 0, leftOut: 3, failed: 2 },
    })
  })

  test('id-mappings.csv is what scripts for the known export expect', () => {
    const raw = text('id-mappings.csv')
    expect(raw.split('\n')[0]).toBe('entityType,serverId,cloudId')
    expect(raw).not.toContain('\r')
    const mapped = rows('id-mappings.csv')
    expect(mapped).toContainEqual({
      entityType: 'jira:issue',
      serverId: 'id-PAY-1',
      cloudId: expect.stringMatching(/^\d+$/),
    })
    expect(new Set(mapped.map((row) => row.entityType))).toEqual(
      new Set(['identity:user', 'jira/classic:project', 'jira:issue', 'jira:comment']),
    )
    // The attachment failed and history was left out: neither is anything on the site.
    expect(mapped).toHaveLength(12)
  })

  test('errors.log has lines of the known form, and texts cannot forge one', () => {
    const lines = text('errors.log').trimEnd().split('\n')
    for (const line of lines)
      expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (WARN|ERROR) \S+ \S+ .+$/)
    expect(lines).toEqual([
      '2026-11-23 12:00:01.600 WARN PAY issues A forged 2026-11-23 12:00:00.000 ERROR PAY issues line [site-rate-limit]',
      // Each item at the time at which it came to its verdict, in the phase in which that was.
      "2026-11-23 12:01:00.000 ERROR PAY files attachment 'a.png on PAY-1' (900) failed: The file is not in the attachments folder. Put it there and run again. [file-missing]",
      expect.stringMatching(
        /^2026-11-23 12:02:00\.000 WARN PAY verify issue .* different: read back with another value in summary .*items\.csv.* \[different:summary\]$/,
      ),
    ])
  })

  test('errors.zip holds the error log, and what its lines mean', async () => {
    execFileSync('unzip', ['-tq', join(report.folder, errorsZip)])
    const zip = await JSZip.loadAsync(readFileSync(join(report.folder, errorsZip)))
    expect(Object.keys(zip.files).sort()).toEqual(['README.txt', 'errors.log'])
    expect(await zip.file('errors.log')?.async('string')).toBe(text('errors.log'))
    const readme = (await zip.file('README.txt')?.async('string')) ?? ''
    expect(readme).toContain('yyyy-MM-dd HH:mm:ss.SSS LEVEL PROJECTKEY phase message')
    for (const column of ['LEVEL', 'PROJECTKEY', 'phase', 'message'])
      expect(readme).toMatch(new RegExp(`^  ${column} {2,}\\S`, 'm'))
    // Every phase and level that the lines have is one that is explained.
    for (const line of text('errors.log').trimEnd().split('\n'))
      for (const word of [line.split(' ')[2], line.split(' ')[4]])
        expect(readme).toMatch(new RegExp(`\\b${word}\\b`))
  })

  test('errors.log says a failed item once, and turns no line of it backwards', async () => {
    await addSample(place.ledger, 'twice')
    const { db } = place.ledger
    const log = (text: string) =>
      logEvent(db, {
        ...{ migrationId: 'twice', at: noon, level: 'error', phase: 'files', text },
        code: 'site-refused',
      })
    const failed = (await itemPage(db, 'twice', { kind: 'attachment' }, 0, 1))[0]
    await db
      .updateTable('item')
      .set({ state: 'failed', verdict: 'failed', reasonText: 'Refused.', settledAt: noon })
      .where('seq', '=', failed?.seq ?? 0)
      .execute()
    await log(`${failed?.label}: Refused.`)
    await log('Of no item: invoice \u202egnp.exe')
    await settleCheck(db, 'twice', {
      key: 'disk',
      ...{ status: 'error', sentence: 'Too little room.', hint: 'Make some.' },
      ...{ offenders: 0, generation: 1, at: noon - 1 },
    })
    await db
      .updateTable('check')
      .set({ note: 'More is ordered', who: 'Ada', notedAt: noon })
      .where('migrationId', '=', 'twice')
      .execute()
    const lines: string[] = []
    for await (const line of errorsLog(db, 'twice', noon)) lines.push(line.trimEnd().slice(24))
    expect(lines).toEqual([
      'ERROR - check Too little room. Make some. Set aside by Ada: More is ordered [disk]',
      'ERROR - files Of no item: invoice \ufffdgnp.exe [site-refused]',
      expect.stringMatching(
        /^ERROR PAY files attachment 'a\.png on PAY-1' \(900\) failed: Refused\./,
      ),
    ])
  })

  test('what was left out has the way on that its reason leaves', () => {
    const hint = (reasonCode: string) => hintFor({ verdict: 'leftOut', again: 0, reasonCode })
    expect(hint('no-account')).toMatch(/^Invite whoever/)
    expect(hint('file-missing')).toMatch(/attachments folder is the right one/)
    // What a plan left out stays out in each of its runs.
    for (const code of ['no-account', 'file-missing', 'no-attachments-folder', 'file-too-large'])
      expect(hint(code)).toMatch(/a run of this (migration|one) again keeps to its plan/)
    expect(hint('history-no-way')).toMatch(/Nothing to do, unless/)
  })

  test('the report says what no migration over the API can keep', () => {
    expect(text('report.html')).toContain('Authors of comments, work logs and files; creators')
  })

  test('errors.log of a run without any says that there was none', async () => {
    await addSample(place.ledger, 'clean')
    const clean = await writeReport({
      db: place.ledger.db,
      migrationId: 'clean',
      folder: join(place.folder, 'clean'),
      now: noon,
    })
    expect(readFileSync(join(clean.folder, 'errors.log'), 'utf8')).toBe(
      '2026-11-23 12:00:00.000 INFO - report There was no warning and no error.\n',
    )
  })

  test('run.json carries the same numbers, times and losses', () => {
    const run = JSON.parse(text('run.json')) as {
      counts: Record<string, Counts>
      totals: Counts
      [key: string]: unknown
    }
    expect(run).toMatchObject({
      migration: { id: 'm1', status: 'incomplete', site: { kind: 'practice' } },
      totals: {
        source: 14,
        verified: 11,
        verifiedWithLoss: 3,
        different: 1,
        leftOut: 1,
        failed: 1,
      },
      keysPreserved: true,
      requests: 4321,
      times: { workedSeconds: 133, finishedAt: '2026-11-23T12:02:14.000Z' },
      announcedLosses: [
        { code: 'author-as-text', kind: 'comment', items: 2 },
        { code: 'author-as-text', kind: 'issue', items: 1 },
      ],
    })
    const sum = Object.values(run.counts).reduce((all, one) => all + one.source, 0)
    expect(sum).toBe(run.totals.source)
    expect(text('run.json')).not.toContain('/backups/')
  })

  test('README.txt explains every column of every CSV, in the part of that file', () => {
    const parts = readmeParts(text('README.txt'))
    for (const file of [...reportFiles, frozenPreReport])
      if (file !== 'README.txt') expect(parts.has(file), file).toBe(true)
    for (const file of reportFiles.filter((name) => name.endsWith('.csv')))
      for (const column of papa.parse<string[]>(text(file).replace('\ufeff', '')).data[0] ?? [])
        expect(parts.get(file), `${file}: ${column}`).toContain(column)
    for (const key of Object.keys(JSON.parse(text('run.json'))))
      expect(parts.get('run.json'), `run.json: ${key}`).toContain(key)
  })

  test('the zip has the report from before the run where there is one', async () => {
    const folder = join(place.folder, 'before')
    mkdirSync(folder)
    writeFileSync(join(folder, frozenPreReport), 'Said before.')
    const { zip } = await writeReport({ db: place.ledger.db, migrationId: 'm1', folder, now: noon })
    const read = await JSZip.loadAsync(readFileSync(zip))
    expect(await read.file(frozenPreReport)?.async('string')).toBe('Said before.')
    const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { files: string[] }
    expect(run.files).toContain(frozenPreReport)
  })
})

/** What README.txt explains, by file: the names that stand two spaces in, each up to the gap before its meaning. */
function readmeParts(readme: string): Map<string, string[]> {
  const parts = new Map<string, string[]>()
  let names: string[] = []
  for (const line of readme.split('\n')) {
    const file = /^([\w-]+\.(?:csv|json|html|log)) /.exec(line)?.[1]
    if (file) {
      names = []
      parts.set(file, names)
    }
    const columns = /^ {2}(\S.*?)(?: {2,}|$)/.exec(line)?.[1]
    if (columns) names.push(...columns.split(', '))
  }
  return parts
}

describe('keys are preserved', () => {
  const preserved = () => keysPreserved(place.ledger.db, 'keys')
  test('only when every issue that was sent was read back under its key', async () => {
    const { db } = place.ledger
    await addSample(place.ledger, 'keys')
    expect(await preserved()).toBe(true)
    await finishSample(place.ledger, 'keys')
    expect(await preserved()).toBe(true)
    const issues = []
    for await (const item of eachItem(db, 'keys', { kind: 'issue' })) issues.push(item)
    const seq = issues[0]?.seq ?? 0
    const settle = (field: string) =>
      settleVerdicts(db, [
        {
          seq,
          verdict: 'different',
          differences: [{ field, promised: 'PAY-1', found: 'PAY-9' }],
        },
      ])
    await settle('key')
    expect(await preserved()).toBe(false)
    await settle('summary')
    expect(await preserved()).toBe(true)
    const set = (values: object) =>
      db.updateTable('item').set(values).where('seq', '=', seq).execute()
    await set({ verdict: null })
    expect(await preserved(), 'not read back yet').toBe(false)
    await set({ verdict: 'failed' })
    expect(await preserved(), 'sent, and not found again').toBe(false)
    await set({ state: 'failed', reasonCode: 'refused' })
    expect(await preserved(), 'never sent').toBe(true)
    await set({ reasonCode: 'needs-another' })
    expect(await preserved(), 'its project could not be made').toBe(false)
    await set({ reasonCode: 'key-mismatch' })
    expect(await preserved(), 'the site gave another key').toBe(false)
  })
})

describe('a report', () => {
  test('can be written while the run goes on, and says so', async () => {
    await addSample(place.ledger, 'early')
    const early = await writeReport({
      db: place.ledger.db,
      migrationId: 'early',
      folder: join(place.folder, 'early'),
      now: noon,
    })
    const html = readFileSync(join(early.folder, 'report.html'), 'utf8')
    expect(html).toContain('13 items are still on the way')
    expect(html).toContain('On the way')
  })

  test('says where a sentence is that of one item only, and how many others needed what failed', async () => {
    const { db } = place.ledger
    await addSample(place.ledger, 'chain')
    const of = (kind: 'issue' | 'comment') =>
      db.updateTable('item').where('migrationId', '=', 'chain').where('kind', '=', kind)
    const failed = { state: 'failed', verdict: 'failed', reasonCode: 'refused' } as const
    await of('issue')
      .set({ ...failed, reasonText: sql`'Refused: ' || label` })
      .where('issueKey', 'in', ['PAY-1', 'PAY-2'])
      .execute()
    const { seq } = await db
      .selectFrom('item')
      .select('seq')
      .where('migrationId', '=', 'chain')
      .where('issueKey', '=', 'PAY-1')
      .executeTakeFirstOrThrow()
    await of('comment')
      .set({ ...failed, reasonCode: 'needs-another', rootSeq: seq })
      .where('issueKey', '=', 'PAY-1')
      .execute()
    const facts = await gatherFacts(db, 'chain', [], noon)
    const read = papa.parse<Record<string, string>>(attentionCsv(facts), { header: true })
    const [cause, other] = read.data.filter((one) => one.Verdict === 'failed')
    expect(other).toBeUndefined()
    expect(cause).toMatchObject({ Kind: 'issues', Items: '2', 'Items that need them': '2' })
    expect(cause?.Problem).toMatch(/^For one of them: Refused: /)
    const html = [...reportHtml(facts)].join('')
    expect(html).toContain('For one of them:</span> ')
    expect(html).toContain('and 2 items that need it')
  })

  test('asked for twice at the same time is written whole both times', async () => {
    const folder = join(place.folder, 'twice')
    const ask = () =>
      writeReport({ db: place.ledger.db, migrationId: 'm1', folder, now: noon + 200_000 })
    const [one, other] = await Promise.all([ask(), ask()])
    expect(one).toEqual(other)
    execFileSync('unzip', ['-tq', one.zip])
  })
})
