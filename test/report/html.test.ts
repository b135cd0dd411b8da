import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeReport } from '../../agent/report/report.ts'
import { addApps, addSample, finishSample, hostile, noon, tempLedger } from './filled-ledger.ts'

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const place = tempLedger()
const shots = process.env.LANDFALL_SHOTS ?? mkdtempSync(join(tmpdir(), 'landfall-shots-'))
let browser: Browser
let address: string

beforeAll(async () => {
  await addSample(place.ledger, 'm1')
  await finishSample(place.ledger, 'm1')
  await addApps(place.ledger.db, 'm1')
  // A place for hostile text that a report shows in full: a name, a reason and an example.
  await place.ledger.db
    .updateTable('item')
    .set({ reasonText: `${hostile.html} ${hostile.turned}`, label: hostile.html })
    .where('kind', '=', 'attachment')
    .execute()
  await place.ledger.db
    .updateTable('migration')
    // It was held for more than half of its time.
    .set({ name: `Payments ${hostile.html}`, workedMs: 60_000 })
    .execute()
  const { folder } = await writeReport({
    db: place.ledger.db,
    migrationId: 'm1',
    folder: join(place.folder, 'out'),
    now: noon + 200_000,
  })
  address = pathToFileURL(join(folder, 'report.html')).href
  mkdirSync(shots, { recursive: true })
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

async function open(
  options: Parameters<Browser['newPage']>[0],
  use: (page: Page) => Promise<void>,
) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, ...options })
  const dialogs: string[] = []
  const requests: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => requests.push(request.url()))
  try {
    await page.goto(address)
    await use(page)
    expect(dialogs).toEqual([])
    expect(requests.filter((url) => url !== address)).toEqual([])
  } finally {
    await page.close()
  }
}

describe('report.html', () => {
  test('shows the four numbers first, then projects and kinds, then what needs attention', () =>
    open({}, async (page) => {
      const numbers = await page.locator('.four li').allInnerTexts()
      expect(numbers.map((one) => one.split('\n')[0]?.replace(/\D/g, ''))).toEqual([
        '11',
        '1',
        '1',
        '1',
      ])
      const heads = await page.locator('h2').allInnerTexts()
      expect(heads.slice(0, 5)).toEqual([
        '14 items of the source',
        'By project',
        'By kind',
        'What needs attention',
        'Apps',
      ])
      await page.screenshot({ path: join(shots, 'report-light.png'), fullPage: true })
    }))

  test('tells work apart from pauses', () =>
    open({}, async (page) => {
      const worked = page.locator('dt', { hasText: 'Worked' }).locator('+ dd')
      expect(await worked.innerText()).toMatch(
        /^1 min( 0 s)? of the 2 min 13 s from start to end in/,
      )
    }))

  test('shows hostile names as text', () =>
    open({}, async (page) => {
      expect(await page.locator('h1').innerText()).toBe(`Payments ${hostile.html}`)
      expect(await page.locator('script, img').count()).toBe(0)
      expect(await page.locator('body').innerText()).toContain('invoice \ufffdgnp.exe')
    }))

  test.each(['light', 'dark'] as const)('is clean for assistive technology in %s', (colorScheme) =>
    open({ colorScheme }, async (page) => {
      // The page's own policy forbids scripts; the checker comes in over the debugging protocol.
      await page.evaluate(axe)
      const found = await page.evaluate(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })
          .then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' ')))`,
      )
      expect(found).toEqual([])
      await page.screenshot({ path: join(shots, `report-${colorScheme}.png`), fullPage: true })
    }),
  )

  test('fits a narrow window without scrolling sideways', () =>
    open({ viewport: { width: 360, height: 700 } }, async (page) => {
      const wide = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(wide).toBe(0)
      await page.screenshot({ path: join(shots, 'report-narrow.png'), fullPage: true })
    }))

  test('is light on paper, whatever the screen', () =>
    open({ colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(ground).toBe('rgb(255, 255, 255)')
      await page.screenshot({ path: join(shots, 'report-print.png'), fullPage: true })
      // A4 without its margins: an app's name has room for words, and no column sticks out.
      await page.setViewportSize({ width: 680, height: 900 })
      const app = page.locator('section.apps tbody th').first()
      expect((await app.boundingBox())?.width).toBeGreaterThan(120)
      expect(await page.getByRole('columnheader', { name: 'Last update' }).isVisible()).toBe(false)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(680)
      await page.screenshot({ path: join(shots, 'report-paper.png'), fullPage: true })
      const pdf = await page.pdf({ path: join(shots, 'report.pdf'), format: 'A4' })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    }))
})
