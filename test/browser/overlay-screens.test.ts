import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { sticksOut } from '../support/look.ts'
import { incomplete } from '../support/scenes.ts'
import { plainPages, type Site, startSite } from '../support/site-proxy.ts'

const at = 'https://acme.atlassian.net'

describe.runIf(chromiumBin)('the overlay over an issue', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  let site: Site
  /** What the site answers to the login of the page, by the end of the path. */
  let answers: Record<string, number> = {}

  beforeAll(async () => {
    agent = await startFakeAgent()
    agent.show([incomplete])
    site = await startSite((request, response) => {
      if (!request.url?.startsWith('/rest/')) return plainPages(request, response)
      const path = request.url.replace(/^\/rest\/api\/3\/|\?.*$/g, '').split('/')[0] ?? ''
      response.writeHead(answers[path] ?? 200, { 'Content-Type': 'application/json' }).end('{}')
    })
    browser = await startChromium(site.port)
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
    await site?.close()
  })

  /** The page of an issue, with its pill and its drawer. */
  async function issue(key: string) {
    const page = await browser.open(`${at}/browse/${key}`)
    const pill = page.locator('[data-testid=landfall-pill]')
    const drawer = page.locator('[data-testid=landfall-drawer]')
    await pill.waitFor()
    return { page, pill, drawer }
  }
  /** Light and dark, both looked at and without a fault. */
  async function seen(page: Awaited<ReturnType<ExtensionBrowser['open']>>, name: string) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `overlay-${name}-${colorScheme}`)
      expect(await accessibilityFaults(page), `${name} ${colorScheme}`).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test.each([
    ['PAY-1', 'verified'],
    ['PAY-2', 'verified, with an announced loss'],
    ['OVR-1', '4 differences'],
    ['OVR-4', '2 parts missing'],
    ['PAY-5', 'left out'],
    ['PAY-6', 'on the way'],
    ['OVR-3', 'not in this migration'],
    ['XYZ-1', 'not known'],
    ['OVR-401', 'not paired'],
    ['OVR-429', 'site limits requests'],
    ['OVR-500', 'cannot tell'],
  ])('%s is %s', async (key, words) => {
    const { page, pill, drawer } = await issue(key)
    expect(await pill.innerText()).toBe(words)
    await pill.click()
    await drawer.waitFor()
    await seen(page, words.replaceAll(/\W+/g, '-'))
    await page.close()
  })

  test('shows source and site side by side with the words marked that differ', async () => {
    const { page, pill, drawer } = await issue('OVR-1')
    await pill.click()
    expect(await drawer.locator('del').allInnerTexts()).toEqual([
      'E17',
      'Blocker',
      'till ',
      '48,213',
    ])
    expect(await drawer.locator('ins').first().innerText()).toBe('E71')
    expect(await drawer.evaluate((one) => one.getBoundingClientRect().width)).toBe(380)
    await page.close()
  })

  test('shows original, history and files, each when it is asked for', async () => {
    const { page, pill, drawer } = await issue('OVR-1')
    const asked = () => agent.asked.filter((one) => one.includes('/api/original')).length
    const before = asked()
    await pill.click()
    await drawer.getByRole('tab', { name: 'Original' }).waitFor()
    expect(asked()).toBe(before)
    await drawer.getByRole('tab', { name: 'Original' }).click()
    await drawer.getByText('Seen again today in').waitFor()
    await drawer.getByText('8 Jul 2013, 16:24').first().waitFor()
    await drawer.getByText('The first 2 of 120.').waitFor()
    expect(
      await drawer.getByRole('link', { name: 'OVR-9 The terminal' }).getAttribute('href'),
    ).toBe(`${at}/browse/OVR-9`)
    await seen(page, 'original')
    await drawer.getByRole('button', { name: 'as written' }).click()
    await drawer.getByText('h2. What happens').waitFor()
    await drawer.getByRole('tab', { name: 'History' }).click()
    await drawer.locator('.timeline').getByText('In progress').waitFor()
    expect(await drawer.locator('.timeline li').count()).toBe(2)
    await drawer.getByRole('button', { name: 'Show later changes' }).click()
    await expect.poll(() => drawer.locator('.timeline li').count()).toBe(3)
    await seen(page, 'history')
    await drawer.getByRole('tab', { name: 'Files' }).click()
    await drawer.getByText('receipt.pdf').waitFor()
    expect(await drawer.locator('[role=tabpanel] li').first().innerText()).toContain('failed')
    await seen(page, 'files')
    expect(asked()).toBe(before + 3)
    await page.close()
  })

  test('says when the source was not read on this agent', async () => {
    const { page, pill, drawer } = await issue('OVR-4')
    await pill.click()
    await drawer.getByRole('tab', { name: 'Original' }).click()
    await drawer.getByText('The snapshot of this source is not on this agent.').waitFor()
    await seen(page, 'no-original')
    await page.close()
  })

  test('works by keyboard alone, and gives the focus back', async () => {
    const { page, drawer } = await issue('OVR-1')
    const focused = () =>
      page.evaluate(
        () =>
          (document.querySelector('landfall-overlay')?.shadowRoot?.activeElement as HTMLElement)
            ?.innerText,
      )
    await page.locator('[data-testid=landfall-pill]').focus()
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('OVR-1 and its source')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Close')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Differences')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('Original')
    await drawer.getByText('Seen again today in').waitFor()
    await page.keyboard.press('End')
    expect(await focused()).toBe('Files')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('Differences')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('4 differences')
    await page.close()
  })

  test('keys pressed in the drawer do not reach the shortcuts of the page', async () => {
    const { page, pill, drawer } = await issue('OVR-1')
    await page.evaluate(() => {
      document.addEventListener('keydown', () => {
        document.title = 'a shortcut ran'
      })
    })
    await pill.click()
    await drawer.waitFor()
    await page.keyboard.press('c')
    expect(await page.title()).toBe('Jira')
    await page.close()
  })

  test.each([
    ['logged-out', { issue: 404, myself: 401 }, 'You are logged out of this site.'],
    ['not-visible', { issue: 404 }, 'Your login does not see this issue'],
    ['limited', { issue: 429 }, 'The site asks to wait'],
    ['unreachable', { issue: 503 }, 'The site does not answer'],
  ])('tells what is known on a page that is %s', async (name, given, words) => {
    answers = given
    const { page, pill, drawer } = await issue('OVR-1')
    await pill.click()
    await drawer.getByText(words).waitFor()
    await drawer.getByText('E17').waitFor()
    await seen(page, name)
    answers = {}
    await page.close()
  })

  test("follows Jira's own theme before the system's", async () => {
    const { page, pill, drawer } = await issue('OVR-1')
    await pill.click()
    const ground = () => drawer.evaluate((one) => getComputedStyle(one).backgroundColor)
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await page.evaluate(() => {
      document.documentElement.dataset.colorMode = 'dark'
    })
    await expect.poll(ground).toBe('rgb(29, 33, 37)')
    await page.close()
  })

  test('stands in the corner that was chosen, and at 320 px', async () => {
    await browser.worker.evaluate(() =>
      chrome.storage.local.set({ preferences: { pillAt: 'top left' } }),
    )
    const { page, pill, drawer } = await issue('OVR-1')
    expect(await pill.boundingBox()).toMatchObject({ x: 16, y: 64 })
    await page.setViewportSize({ width: 320, height: 640 })
    await pill.click()
    expect((await drawer.boundingBox())?.width).toBe(320)
    await seen(page, 'narrow')
    await browser.worker.evaluate(() => chrome.storage.local.remove('preferences'))
    await page.close()
  })

  test.each([320, 360, 1200])('the side panel says the same at %i px', async (width) => {
    const panel = await browser.open('sidepanel.html#/here', { width, height: 800 })
    const page = await browser.open(`${at}/browse/OVR-1`)
    await page.bringToFront()
    await panel.getByText('E17').waitFor({ timeout: 15_000 })
    await seen(panel, `here-${width}`)
    await panel.getByRole('tab', { name: 'Original' }).click()
    await panel.getByText('Seen again today in').waitFor()
    // Here it can be selected and copied: no page of the web is around it.
    const comment = panel.getByText('Seen again today in')
    expect(await comment.evaluate((one) => getComputedStyle(one).userSelect)).toBe('auto')
    expect(await sticksOut(panel)).toBe(0)
    await page.goto(`${at}/browse/OVR-429`)
    await panel.getByText('The site limits requests until 14:05.').waitFor()
    await seen(panel, `here-problem-${width}`)
    await page.goto(`${at}/jira/your-work`)
    await panel.getByText('Nothing to tell about the page in front').waitFor()
    await seen(panel, `here-nothing-${width}`)
    await panel.close()
    await page.close()
  })
})
