import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import papa from 'papaparse'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addOffenders, overrideCheck, settleCheck } from '../../agent/ledger/checks.ts'
import { saveForecast } from '../../agent/ledger/forecasts.ts'
import { saveMappings } from '../../agent/ledger/mappings.ts'
import { createForecast } from '../../agent/plan/forecast.ts'
import { mappingsCsv } from '../../agent/report/mappings.ts'
import { preReport, writePreReport } from '../../agent/report/pre.ts'
import type { CheckGroup, CheckStatus } from '../../shared/api-checks.ts'
import type { Mapping } from '../../shared/mapping.ts'
import { addApps, addSample, hostile, noon, samplePlan, tempLedger } from './filled-ledger.ts'

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const place = tempLedger()
const { db } = place.ledger
const shots = process.env.LANDFALL_SHOTS ?? mkdtempSync(join(tmpdir(), 'landfall-shots-'))
let browser: Browser
let address: string

const known: { key: string; title: string; group: CheckGroup }[] = [
  { key: 'disk', title: 'Room on the disk', group: 'system' },
  { key: 'project-taken', title: 'Project keys that are taken', group: 'projects' },
  { key: 'long-texts', title: 'Texts over 32,767 characters', group: 'issues' },
]

const settle = (key: string, status: CheckStatus, sentence: string, offenders = 0) =>
  settleCheck(db, 'm1', {
    key,
    status,
    sentence,
    hint: status === 'success' ? '' : 'Mend it.',
    offenders,
    generation: 1,
    at: noon,
  })

const person = (
  sourceId: string,
  name: string,
  how: Mapping['how'],
  [siteName, siteId] = [`${sourceId} on the site`, `acc-${sourceId}`],
): Mapping => ({ kind: 'user', sourceId, name, how, siteName, siteId, why: '' })
const named = (
  kind: Mapping['kind'],
  sourceId: string,
  name: string,
  how: Mapping['how'],
  siteName: string,
): Mapping => ({ kind, sourceId, name, how, siteName, siteId: null, why: '' })

beforeAll(async () => {
  await addSample(place.ledger, 'm1')
  await addSample(place.ledger, 'm2')
  const forecast = createForecast()
  for (const item of samplePlan()) forecast.see(item)
  await saveForecast(db, 'm1', noon, forecast.end())
  await settle('disk', 'success', 'There is room.')
  await settle('long-texts', 'warning', `1 text is long: ${hostile.html} ${hostile.turned}`, 1)
  await addOffenders(db, 'm1', 'long-texts', 1, [
    { subject: 'PAY-1', projectKey: 'PAY', detail: '40,000 characters.' },
  ])
  await settle('project-taken', 'error', 'The site already has 1 project PAY.', 1)
  await place.ledger.db
    .updateTable('migration')
    .set({ name: `Payments ${hostile.html}` })
    .where('id', '=', 'm1')
    .execute()
  await addApps(db, 'm1')
  await addSample(place.ledger, 'm3')
  await saveForecast(db, 'm3', noon, forecast.end())
  await saveMappings(db, 'm1', [
    ...Array.from({ length: 60 }, (_, n) =>
      person(`u${n}`, n === 1 ? hostile.formula : `Person ${n} ${hostile.html}`, 'email'),
    ),
    person('hand', 'Zoë', 'choice', ['Somebody Else', 'acc-9']),
    {
      ...person('left', 'Left Long Ago', 'text'),
      siteName: null,
      siteId: null,
      why: 'No account of the site has the address left@example.com.',
    },
    named('status', '1', 'Open', 'used', 'OPEN'),
    named('status', '2', 'Done', 'renamed', 'Done (2)'),
    named('resolution', '1', 'Fixed', 'new', 'Fixed'),
  ])
  const folder = join(place.folder, 'out')
  mkdirSync(folder)
  mkdirSync(shots, { recursive: true })
  await writePreReport({ db, migrationId: 'm1', folder, known, now: noon })
  address = pathToFileURL(join(folder, 'pre-report.html')).href
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  })
})
afterAll(async () => {
  await browser?.close()
  await place.remove()
  if (!process.env.LANDFALL_SHOTS) rmSync(shots, { recursive: true, force: true })
})

const html = async (id: string) => [...(await preReport(db, id, known, noon))].join('')

describe('the report before a run', () => {
  test('adds up to what the source holds, and names each reason once', async () => {
    const text = await html('m1')
    // 14 counted items: the filler of the sample is no item of the source.
    expect(text).toContain('14 items of the source')
    expect(text).toContain('The site takes no history over REST.')
    expect(text).toContain('The author stands in a header line.')
  })

  test('says that an error blocks the run, until somebody has set it aside', async () => {
    expect(await html('m1')).toContain('Blocked')
    const note = { note: 'That project is left out.', who: 'Ann', at: noon }
    await overrideCheck(db, 'm1', 'project-taken', note)
    const text = await html('m1')
    expect(text).not.toContain('Blocked')
    expect(text).toContain('Overridden by <bdi>Ann</bdi>')
    await overrideCheck(db, 'm1', 'project-taken', null)
  })

  test('says what is planned for each app, and which nobody has decided about', async () => {
    const text = await html('m1')
    expect(text).toContain('What happens to the data of apps')
    expect(text).toContain('Entity properties, Archive')
    expect(text).toContain('Stays behind until somebody decides')
    expect(text).not.toContain('Globex <img')
  })

  test('says of the files what the scope and the source say, whether or not there is a folder', async () => {
    const files = async (source: object, scope: object) => {
      const set = { sourceJson: JSON.stringify(source), scopeJson: JSON.stringify(scope) }
      await db.updateTable('migration').set(set).where('id', '=', 'm3').execute()
      return /<dt>Files<\/dt><dd>(.*?)<\/dd>/.exec(await html('m3'))?.[1]
    }
    const backup = { kind: 'backup', path: '/b.zip', attachments: '/files', timeZone: null }
    const live = {
      kind: 'datacenter',
      path: 'https://jira.acme.com',
      user: null,
      attachments: null,
    }
    const all = { projects: null }
    // The sample has one file of 3 bytes.
    expect(await files(backup, all)).toBe('with the issues, 3 bytes')
    expect(await files({ ...backup, attachments: null }, all)).toContain('no attachments folder')
    expect(await files(backup, { ...all, attachments: 'without' })).toBe('left out, as chosen')
    expect(await files(live, { ...all, attachments: 'without' })).toBe('left out, as chosen')
    expect(await files(live, all)).toBe(
      'with the issues, 3 bytes, straight from the Jira that runs',
    )
    expect(await files(live, { ...all, attachments: 'only' })).toMatch(/^only files, 3 bytes/)
  })

  test('says what was chosen: purpose, people, filters, dashboards, boards and rules for names', async () => {
    const scope = { projects: ['PAY'], archived: false, people: 'related', memberships: false }
    await db
      .updateTable('migration')
      .set({
        purpose: 'test',
        scopeJson: JSON.stringify({ ...scope, filters: 'linked', dashboards: 'none' }),
        collisionsJson: JSON.stringify({ status: 'stop', field: 'rename' }),
      })
      .where('id', '=', 'm3')
      .execute()
    const text = (await html('m3')).replace(/<\/?bdi>/g, '')
    for (const [term, value] of [
      ['Purpose', 'Test'],
      ['Projects', 'only PAY, without archived ones'],
      ['People and groups', 'those that the projects name, without memberships'],
      ['Filters', 'those of the projects that move'],
      ['Dashboards', 'none'],
      ['Boards', 'all'],
      [
        'Names that both have',
        'Statuses: they stay behind, with all that needs them; custom fields: ours get another name; filters: ours get another name; dashboards: ours get another name; all others: what the site has is used',
      ],
    ])
      expect(text).toContain(`<dt>${term}</dt><dd>${value}</dd>`)
  })

  test('has a table for each kind: who becomes whom, those first that somebody should look at', async () => {
    const text = await html('m1')
    const people = /<h2>Mapping of people<\/h2>.*?<\/section>/s.exec(text)?.[0] ?? ''
    expect(people).toContain('60 by e-mail address · 1 by choice · 1 placeholder, kept as text')
    expect(people).toContain('the first 50 of 62, all of them are in mappings.csv')
    const rows = people.split('<tr>').slice(2)
    expect(rows).toHaveLength(50)
    expect(rows[0]).toContain('Somebody Else')
    expect(rows[0]).toContain('By choice')
    expect(rows[1]).toContain('No account of the site has the address')
    expect(people).not.toContain('<img')
    const statuses = /<h2>Mapping of statuses<\/h2>.*?<\/section>/s.exec(text)?.[0] ?? ''
    expect(statuses).toContain('1 used as the site has it · 1 renamed')
    expect(statuses).toContain('<bdi>Done (2)</bdi>')
    const resolutions = /<h2>Mapping of resolutions<\/h2>.*?<\/section>/s.exec(text)?.[0] ?? ''
    expect(resolutions).toContain('<bdi>Fixed</bdi>')
    expect(text).not.toContain('matched with an account')
  })

  test('has all of its mappings in mappings.csv, in which no cell is a formula', async () => {
    let csv = ''
    for await (const piece of mappingsCsv(db, 'm1')) csv += piece
    const { data } = papa.parse<Record<string, string>>(csv.replace('\ufeff', ''), { header: true })
    const rows = data.filter((row) => row.kind)
    expect(rows).toHaveLength(62 + 3)
    expect(rows.find((row) => row.sourceId === 'hand')).toMatchObject({
      kind: 'user',
      how: 'by choice',
      siteName: 'Somebody Else',
      siteId: 'acc-9',
    })
    expect(rows.find((row) => row.sourceId === 'u1')?.sourceName).toBe(`'${hostile.formula}`)
  })

  test('says that nobody can be named where the site could not be asked', async () => {
    expect(await html('m3')).toContain('Not known yet')
  })

  test('says of the apps nothing that the next line denies', async () => {
    const text = await html('m1')
    expect(text).not.toContain('ask its vendor')
  })

  test('does not exist before anything was checked', async () => {
    await expect(html('m2')).rejects.toMatchObject({ code: 'not-now' })
  })

  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 320, height: 900 } }],
  ] as const)(
    'can be read by everybody, %s, and shows text from Jira as text',
    async (shot, how) => {
      const page = await browser.newPage({
        viewport: { width: 1100, height: 900 },
        bypassCSP: true,
        ...how,
      })
      const dialogs: string[] = []
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
      await page.goto(address)
      await page.screenshot({ path: join(shots, `pre-report-${shot}.png`), fullPage: true })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      await page.addScriptTag({ content: axe })
      const violations = await page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string }[] }> }
        }
        return (await run.run()).violations.map((one) => one.id)
      })
      expect({ violations, dialogs, wide: Math.max(wide, 0) }).toEqual({
        violations: [],
        dialogs: [],
        wide: 0,
      })
      expect(await page.locator('h1').innerText()).toContain('<script>alert(2)</script>')
      await page.close()
    },
  )
})
