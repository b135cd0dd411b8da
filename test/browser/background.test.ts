import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { incomplete, running } from '../support/scenes.ts'
import { plainPages, type Site, startSite } from '../support/site-proxy.ts'

describe.runIf(chromiumBin)('with all pages of the extension closed', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  let site: Site

  const badge = () => browser.worker.evaluate(() => chrome.action.getBadgeText({}))
  const notified = () =>
    browser.worker.evaluate(async () => Object.keys(await chrome.notifications.getAll()))
  /** The alarm of every half minute, fired by hand. */
  const alarm = () =>
    browser.worker.evaluate(() => {
      const event = chrome.alarms.onAlarm as unknown as { dispatch: (alarm: object) => void }
      event.dispatch({ name: 'pull' })
    })

  beforeAll(async () => {
    agent = await startFakeAgent()
    site = await startSite(plainPages)
    browser = await startChromium(site.port)
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
    await alarm()
    await vi.waitFor(() => expect(agent.asked.length).toBeGreaterThan(0))
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
    await site?.close()
  })

  test('the badge shows the share done, then how many things need a person', async () => {
    expect(await browser.worker.evaluate(() => chrome.alarms.getAll())).toMatchObject([
      { name: 'pull', periodInMinutes: 0.5 },
    ])
    agent.show([running])
    await alarm()
    await expect.poll(badge).toBe('69%')
    agent.show([{ ...running, status: 'incomplete', activity: 'idle', needsAttention: 3 }])
    await alarm()
    await expect.poll(badge).toBe('3')
  })

  test('a change of status is notified, and a click on it opens that migration', async () => {
    expect(await notified()).toContain('pay')
    const opened = browser.context.waitForEvent('page')
    await browser.worker.evaluate(() => {
      const event = chrome.notifications.onClicked as unknown as { dispatch: (id: string) => void }
      event.dispatch('pay')
    })
    const page = await opened
    await page.getByRole('heading', { name: 'Payments to acme' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#/m/pay')
    await page.close()
  })

  test('the overlay tells the verdict of the issue, and opens what differs', async () => {
    agent.show([incomplete])
    const page = await browser.open('https://acme.atlassian.net/browse/PAY-3')
    const pill = page.locator('[data-testid=landfall-pill]')
    const drawer = page.locator('[data-testid=landfall-drawer]')
    await expect.poll(() => pill.innerText()).toBe('2 differences')
    await picture(page, 'overlay-pill')
    await pill.click()
    await drawer.getByText('Refund is late…').waitFor()
    expect(await drawer.getByText('<script>alert("label")</script>').count()).toBe(1)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `overlay-drawer-${colorScheme}`)
      expect(await accessibilityFaults(page)).toEqual([])
    }
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    const focused = () =>
      page.evaluate(
        () =>
          document
            .querySelector('landfall-overlay')
            ?.shadowRoot?.activeElement?.getAttribute('data-testid') ?? null,
      )
    await expect.poll(focused).toBe('landfall-pill')
    await page.close()
  })

  test('the overlay goes along when the page moves within itself', async () => {
    const page = await browser.open('https://acme.atlassian.net/browse/PAY-3')
    const pill = page.locator('[data-testid=landfall-pill]')
    await expect.poll(() => pill.innerText()).toBe('2 differences')
    const go = (path: string) => page.evaluate((to) => history.pushState({}, '', to), path)
    await go('/jira/software/c/projects/PAY/summary')
    await expect.poll(() => pill.innerText()).toBe('99% verified')
    await pill.click()
    await picture(page, 'overlay-project')
    expect(await accessibilityFaults(page)).toEqual([])
    await go('/jira/software/c/projects/PAY/boards/1?selectedIssue=PAY-1')
    await expect.poll(() => pill.innerText()).toBe('verified')
    await go('/jira/your-work')
    await pill.waitFor({ state: 'detached' })
    await page.close()
  })

  test('the page of the site is left as it was, but for one host element', async () => {
    const page = await browser.open('https://acme.atlassian.net/browse/PAY-3')
    await page.locator('[data-testid=landfall-pill]').waitFor()
    const children = await page.evaluate(() =>
      [...document.documentElement.children].map((one) => one.tagName),
    )
    expect(children).toEqual(['HEAD', 'BODY', 'LANDFALL-OVERLAY'])
    expect(await page.evaluate(() => document.body.innerHTML)).not.toContain('landfall')
    await page.close()
  })

  test('an issue under way on a page with the agent away says so', async () => {
    await agent.close()
    const page = await browser.open('https://acme.atlassian.net/browse/PAY-3')
    const pill = page.locator('[data-testid=landfall-pill]')
    await expect.poll(() => pill.innerText()).toBe('agent away')
    await picture(page, 'overlay-away')
    await page.close()
  })
})
