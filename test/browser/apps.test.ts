import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { appStatusWords, cancelAppWords } from '../../extension/words-apps.ts'
import { appStatuses } from '../../shared/app-status.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { lookAtScreen, type Screen } from '../support/look.ts'
import { everything } from '../support/scenes.ts'

const place = 'sidepanel.html#/m/legacy/apps'
const one = (key: string) => `${place}?app=${key}`
const screens: Screen[] = [
  ['apps', place, 'Globex Risk Register'],
  ['apps-included', 'sidepanel.html#/m/legacy/includes', 'Globex Risk Register'],
  ['app-one', one('org.globex.progress'), 'Record 1234 of the app'],
  ['app-ready', one('com.acme.checklist'), 'The app data migration is ready to run.'],
  ['app-hostile', one('com.hostile'), 'The app data migration has failed.'],
  [
    'app-table',
    'sidepanel.html#/m/legacy/source?list=appTable&app=com.acme.checklist&table=AO_13E1B2_ITEM',
    'not shown: by its name',
  ],
  ['app-gone', one('nothing'), 'This source has no such app', [360]],
  ['apps-none', 'sidepanel.html#/m/hr/apps', 'No app has left a trace', [360]],
  ['apps-popup', 'popup.html', '1 waits for a decision', [360]],
]

describe.runIf(chromiumBin)('app migrations on the screen', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent

  const look = (screen: Screen) => lookAtScreen(browser, screen)

  beforeAll(async () => {
    agent = await startFakeAgent()
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
    agent.show(everything)
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  test.each(screens)(
    '%s fits, is readable in light and dark, and runs no text as code',
    async (...screen) => {
      expect(await look(screen)).toEqual([])
    },
  )

  test('each of the eight statuses stands there with its meaning', async () => {
    const page = await browser.open(place)
    await page.getByText('What the statuses mean').click()
    for (const status of appStatuses) {
      const { word, meaning } = appStatusWords[status]
      await page.locator('.legend dd', { hasText: meaning }).waitFor()
      expect(
        await page.locator('tbody .tip', { hasText: word }).first().getAttribute('data-tip'),
      ).toBe(meaning)
    }
    await page.locator('tbody .tip', { hasText: 'Timed out' }).hover()
    await picture(page, 'apps-legend')
    await page.close()
  })

  test('what cannot be done says why: log in four cases, re-run in its limits, cancel', async () => {
    const page = await browser.open(place)
    const why = (act: string, name: string) =>
      page.getByRole('button', { name: `${act} ${name}` }).getAttribute('title')
    await page.getByRole('link', { name: 'Hooli Poker' }).waitFor()
    expect(await why('View logs', 'Vandelay Exports')).toMatch(/could not be found/)
    expect(await why('View logs', 'Vandelay Imports')).toMatch(/have expired.*30 days/)
    expect(await why('View logs', 'Hooli Poker')).toMatch(/does not have an automated path/)
    expect(await why('View logs', 'Acme Calendar')).toMatch(/not yet started/)
    expect(await why('View logs', 'Globex Time Sheets')).toBe(null)
    expect(await why('Re-run', 'Initech Diagrams')).toBe(null)
    expect(await why('Re-run', 'Initech Test Reports')).toBe(null)
    expect(await why('Re-run', 'Globex Time Sheets')).toMatch(/Only a failed or incomplete/)
    expect(await why('Re-run', 'Vandelay Exports')).toMatch(/More than 12 days/)
    expect(await why('Re-run', 'Umbrella Assets')).toMatch(/timed out. Contact the app vendor/)
    expect(await why('Cancel', 'Globex Risk Register')).toBe(null)
    expect(await why('Cancel', 'Umbrella Contracts')).toMatch(/cannot be reversed/)
    expect(await why('Cancel', 'Globex Time Sheets')).toMatch(/has ended/)
    await page.getByRole('button', { name: 'Re-run Umbrella Assets' }).press('Enter')
    expect(agent.asked.some((asked) => asked.includes('timedout/rerun'))).toBe(false)
    await page.close()
  })

  test('a cancel is asked about with three recommendations, all by keyboard', async () => {
    const page = await browser.open(place, { width: 360, height: 640 })
    const cancel = page.getByRole('button', { name: 'Cancel Globex Risk Register' })
    await cancel.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('this action cannot be reversed').waitFor()
    for (const said of cancelAppWords.recommendations) await dialog.getByText(said).waitFor()
    await picture(page, 'apps-cancel-360')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(agent.asked.some((asked) => asked.endsWith('/cancel'))).toBe(false)
    await expect
      .poll(() => cancel.evaluate((button) => button === document.activeElement))
      .toBe(true)
    await page.keyboard.press('Enter')
    await dialog.waitFor()
    // Keeping it going is what is in focus: a hasty Enter ends nothing.
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(agent.asked.some((asked) => asked.endsWith('/cancel'))).toBe(false)
    await cancel.press('Enter')
    await dialog.waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Globex Risk Register is being canceled. The other apps go on.').waitFor()
    expect(agent.asked).toContain('POST /api/migrations/legacy/apps/org.globex.progress/cancel')
    expect(await cancel.getAttribute('aria-disabled')).toBe('true')
    await page.close()
  })

  test('a failed app is run again, and the decision about another one is taken', async () => {
    const page = await browser.open(place)
    await page.getByRole('button', { name: 'Re-run Initech Diagrams' }).click()
    await page.getByText('Initech Diagrams is run again').waitFor()
    await page.getByText('1 app with data waits for your decision').waitFor()
    await page.getByLabel('Is Acme Checklist needed in cloud?').selectOption('Keep an archive')
    await page.getByText('waits for your decision').waitFor({ state: 'detached' })
    expect(agent.asked).toContain('PUT /api/migrations/legacy/apps/com.acme.checklist')
    await page.close()
  })

  test('what the migration includes tells each app’s items, progress and verdicts', async () => {
    const page = await browser.open('sidepanel.html#/m/legacy/includes', {
      width: 1200,
      height: 640,
    })
    const table = page.getByRole('table', { name: 'Apps' })
    await table.getByText('Globex Risk Register').first().waitFor()
    const heads = await table.getByRole('columnheader').allInnerTexts()
    const app = async (name: string) => {
      const cells = await table.getByRole('row').filter({ hasText: name }).locator('td').all()
      const texts = await Promise.all(cells.map((cell) => cell.innerText()))
      return (head: string) => texts[heads.indexOf(head)]?.replace(/\s+/g, ' ').trim()
    }
    const begun = await app('Globex Risk Register')
    expect([begun('Items'), begun('Progress')]).toEqual(['49,013', '41%'])
    expect(begun('Verdicts')).toMatch(/16,400 verified.*12 different.*7 left out.*3 failed/)
    // Before it began nobody knows: a zero would say that there is nothing.
    const ready = await app('Acme Calendar')
    expect([ready('Items'), ready('Progress'), ready('Verdicts')]).toEqual([
      'not yet',
      'not yet',
      'not yet',
    ])
    await table.getByRole('row').filter({ hasText: 'Globex Risk' }).getByText('49,013').click()
    await page.getByText('Record 1234 of the app').first().waitFor()
    await page.close()
  })

  test('the log is saved as CSV from what the migration includes', async () => {
    const page = await browser.open('sidepanel.html#/m/legacy/includes')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'View logs Globex Time Sheets' }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('landfall-Globex-Time-Sheets-log.csv')
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^time,level,event,message,transfer/)
    await page.close()
  })

  test('each number of an app opens its records, with the reason of each that failed', async () => {
    const page = await browser.open(place)
    const row = page.getByRole('row').filter({ hasText: 'Globex Time Sheets' })
    await row.getByRole('link', { name: '3 failed' }).click()
    await page.getByText('The site takes at most 32,768 characters').waitFor()
    expect(
      await page
        .getByText('AO_13E1B2_ITEM')
        .locator('xpath=ancestor::li[@class="row item"]')
        .count(),
    ).toBe(0)
    await page.getByLabel('Verdict').selectOption('All verdicts')
    await page.locator('li.item').getByText('48,201 rows', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'More records' }).click()
    await page.getByText('AO_13E1B2_NOTE').waitFor()
    await page.getByText('on the way').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.close()
  })

  test('the live log is filtered and searched to its oldest event', async () => {
    const page = await browser.open(one('org.globex.success'))
    await page.getByText('200 events. Newest first.').waitFor()
    await page.getByText('17 older events were left out').waitFor()
    await page.getByLabel('Search the log of this app').fill('record 7 of')
    await page.getByText('1 event. Newest first.').waitFor()
    await page.getByLabel('Search the log of this app').fill('')
    await page.getByLabel('Show').selectOption('Errors only')
    await page.getByText('25 events. Newest first.').waitFor()
    await page.getByLabel('Search the log of this app').fill('no such thing')
    await page.getByText('No event fits.').waitFor()
    await page.close()
  })

  test('a handler of the vendor becomes the path, and its secret goes nowhere else', async () => {
    const page = await browser.open(one('com.acme.ready'), { width: 360, height: 800 })
    await page.getByText('The app’s own handler').click()
    await page.getByLabel('Address of the handler').fill('https://app.example.com/migration')
    await page.getByLabel('Secret').fill('a secret of many letters')
    await picture(page, 'app-handler-360')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Use this handler' }).click()
    await page.getByText('In use: https://app.example.com/migration').waitFor()
    const kept = await browser.worker.evaluate(() => chrome.storage.local.get(null))
    expect(JSON.stringify(kept)).not.toContain('a secret of many letters')
    await page.getByRole('button', { name: 'Do without the handler' }).click()
    await page.getByLabel('Address of the handler').waitFor()
    const hours = page.getByLabel('Permitted time in hours')
    expect(await hours.inputValue()).toBe('336')
    await hours.fill('400')
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await expect.poll(() => save.getAttribute('title')).toBe('Between 1 and 336 hours.')
    await hours.fill('48')
    await save.click()
    await expect
      .poll(() => agent.asked.filter((one) => one.endsWith('com.acme.ready')).length)
      .toBeGreaterThan(0)
    await page.reload()
    await page.getByText('The app’s own handler').click()
    await expect.poll(() => hours.inputValue()).toBe('48')
    await page.close()
  })

  test('the end of an app is told, and a click on it leads to that app', async () => {
    const page = await browser.open(place)
    await page.getByRole('link', { name: 'Umbrella Contracts' }).waitFor()
    agent.changeApp('legacy', 'org.globex.canceling', { status: 'failed' })
    await vi.waitFor(
      async () => {
        const shown = await browser.worker.evaluate(() => chrome.notifications.getAll())
        expect(Object.keys(shown)).toContain('#/m/legacy/apps?app=org.globex.canceling')
      },
      { timeout: 20_000 },
    )
    await page.close()
  })

  test('stay as they were last known while the agent is away, and nothing can be done', async () => {
    const { port } = new URL(agent.address)
    await agent.close()
    expect(await look(['apps-away', place, 'npm run landfall -- serve', [360]])).toEqual([])
    const page = await browser.open(place)
    const cancel = page.getByRole('button', { name: 'Cancel Acme Calendar' })
    await expect.poll(() => cancel.getAttribute('title')).toBe('The agent does not answer.')
    await browser.worker.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('landfall')
          opening.onsuccess = () => {
            const change = opening.result.transaction('apps', 'readwrite')
            change.objectStore('apps').clear()
            change.oncomplete = () => resolve()
          }
        }),
    )
    await page.goto(`${browser.base}/sidepanel.html#/m/hr/apps`)
    await page.reload()
    await page.getByText('Nothing is known of the apps here').waitFor()
    agent = await startFakeAgent(Number(port))
    agent.show(everything)
    await page.getByText('No app has left a trace').waitFor({ timeout: 15_000 })
    await page.close()
  })
})
