import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addOffenders,
  overrideCheck,
  saveForecast,
  settleCheck,
} from '../../agent/ledger/checks.ts'
import { createForecast } from '../../agent/plan/forecast.ts'
import { preReport, writePreReport } from '../../agent/report/pre.ts'
import type { CheckGroup, CheckStatus } from '../../shared/api-checks.ts'
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
