import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { code, type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { lookAtScreen, type Screen } from '../support/look.ts'
import { everything } from '../support/scenes.ts'

/** Each screen: where it is, and what must be on it. */
const screens: Screen[] = [
  ['popup', 'popup.html', 'Payments to acme', [360]],
  ['list', 'sidepanel.html', 'HR archive', [320, 360, 800, 1000, 1400]],
  ['archived', 'sidepanel.html#/archived', 'Rehearsal of the spring'],
  ['overview', 'sidepanel.html#/m/pay', 'Planned 71,220 items'],
  ['includes', 'sidepanel.html#/m/legacy/includes', 'People & Culture'],
  ['attention', 'sidepanel.html#/m/legacy/attention', 'S0 - outage <b>now</b>'],
  ['logs', 'sidepanel.html#/m/legacy/logs', 'Opened the backup'],
  ['progress', 'sidepanel.html#/m/legacy/progress', 'Items sent or read back'],
  ['beside', 'sidepanel.html#/m/legacy/beside?list=schemes', 'Screens of Landfall'],
  ['strangers', 'sidepanel.html#/m/legacy/strangers?kind=version', '2.0 (migrated)'],
  ['items', 'sidepanel.html#/m/legacy/items', 'Refund is late'],
  ['hostile', 'sidepanel.html#/m/evil', 'Stopped at xxx'],
  ['failed', 'sidepanel.html#/m/broken', 'has a project with the key OPS'],
  ['gone', 'sidepanel.html#/m/nobody', 'no longer there', [360]],
  ['options', 'options.html', 'Notify on each status change'],
  ['help', 'sidepanel.html#/help', 'Troubleshooting guide'],
  ['help-found', 'sidepanel.html#/help?q=seats', 'few seats', [360]],
  ['help-code', 'sidepanel.html#/help/site-refused', 'The site refused an item', [320, 1400]],
  ['help-unknown', 'sidepanel.html#/help/no-such-code', 'does not know the code', [360]],
]
/** Screens that are about a problem; a box of one on any other is a fault of the screen, or of its fake. */
const problems: Record<string, string> = { failed: 'has a project with the key OPS' }
const awayScreens: Screen[] = [
  ['away-popup', 'popup.html', 'npm run landfall -- serve', [360]],
  ['away-list', 'sidepanel.html', 'npm run landfall -- serve'],
  ['away-detail', 'sidepanel.html#/m/pay', 'npm run landfall -- serve', [360]],
  ['away-help', 'sidepanel.html#/help/agent-away', 'The agent does not answer', [360]],
]

describe.runIf(chromiumBin)('every screen', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  const pair = (address: string, given: string | null) =>
    browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [address, given] as const,
    )

  const look = (screen: Screen) =>
    lookAtScreen(browser, screen, { problem: problems[screen[0]] ?? null })

  beforeAll(async () => {
    agent = await startFakeAgent()
    browser = await startChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  test('asks for the pairing code first, and takes a wrong one with a sentence', async () => {
    await pair(agent.address, null)
    expect(await look(['pairing', 'popup.html', 'Pairing code', [360]])).toEqual([])
    const page = await browser.open('popup.html', { width: 360, height: 560 })
    await page.getByLabel('Pairing code').fill('the code')
    await page.keyboard.press('Enter')
    await page.getByText('The pairing code looks like K7QM-4XRT.').waitFor()
    await page.getByLabel('Pairing code').fill('AAAA-AAAA')
    await page.keyboard.press('Enter')
    await page.getByText('The pairing code is not right, or was used.').waitFor()
    await page.getByLabel('Pairing code').fill(code.toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByText('No migration yet').waitFor()
    await page.close()
  })

  test('says what will be here while there is nothing', async () => {
    expect(await look(['empty-popup', 'popup.html', 'No migration yet', [360]])).toEqual([])
    expect(await look(['empty-list', 'sidepanel.html', 'No migration yet'])).toEqual([])
    agent.show(everything)
  })

  test.each(screens)(
    '%s fits, is readable in light and dark, and runs no text as code',
    async (...screen) => {
      expect(await look(screen)).toEqual([])
    },
  )

  test('asks before it deletes, and says what stays on the site', async () => {
    const page = await browser.open('sidepanel.html#/m/legacy', { width: 360, height: 640 })
    await page.getByRole('button', { name: 'Delete' }).click()
    await page
      .getByText('Everything that was written to https://acme.atlassian.net stays')
      .waitFor()
    await page.getByText('18,204 issues').waitFor()
    await page.getByText('the snapshot (700.0 MB)').waitFor()
    await picture(page, 'delete-360-light')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('18,204 issues').waitFor()
    await page.getByLabel('Type “delete” to confirm').fill('delete')
    await page.keyboard.press('Enter')
    await page.getByText('no longer there').waitFor()
    expect(agent.asked).toContain('DELETE /api/migrations/legacy')
    await page.close()
  })

  test('saves a report under a name that says whose it is', async () => {
    const page = await browser.open('sidepanel.html#/m/hr/logs')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download Post-migration report' }).click()
    expect((await saved).suggestedFilename()).toBe('landfall-HR-archive-report.zip')
    await page.close()
  })

  test('works by keyboard: back and forth, focus on the title of the new place', async () => {
    const page = await browser.open('sidepanel.html')
    await page.getByRole('link', { name: 'HR archive' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'HR archive' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await page.goBack()
    await page.getByRole('heading', { name: 'Migrations' }).waitFor()
    await page.close()
  })

  test('is dark when the person chose dark, whatever the system says', async () => {
    const page = await browser.open('options.html')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByLabel('Dark').check()
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor))
      .toBe('rgb(29, 33, 37)')
    await page.getByLabel('As the system').check()
    await page.close()
  })

  test.each(awayScreens)('%s keeps the last list when the agent is away', async (...screen) => {
    await agent.close()
    await pair(agent.address, token)
    expect(await look(screen)).toEqual([])
    // Of what ran nobody knows how fast it is, or whether it still runs.
    // The guide speaks of no migration.
    if (screen[0] === 'away-help') return
    const page = await browser.open(screen[1])
    const main = page.locator('main')
    await main
      .getByText(/^Was running/)
      .first()
      .waitFor()
    expect(await main.innerText()).toMatch(/as of \d\d:\d\d/)
    expect(await main.innerText()).not.toMatch(/\/min|left\b|Running$|in progress/m)
    await page.close()
  })
})
