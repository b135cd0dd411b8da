import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { type FirefoxBrowser, firefoxBin, startFirefox } from '../support/firefox.ts'
import { everything } from '../support/scenes.ts'
import { plainPages, type Site, startSite } from '../support/site-proxy.ts'

describe.runIf(firefoxBin)('the Firefox build', () => {
  let browser: FirefoxBrowser
  let agent: FakeAgent
  let site: Site
  const patience = { timeout: 30_000 }

  beforeAll(async () => {
    agent = await startFakeAgent()
    site = await startSite(plainPages)
    browser = await startFirefox(site.port)
    await browser.go(`${browser.base}/popup.html`)
    const known = JSON.stringify({ address: agent.address, token, name: 'this machine' })
    await browser.evaluate(`browser.storage.local.set({ agent: ${known} })`)
    agent.show(everything)
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
    await site?.close()
  })

  const text = () => browser.evaluate<string>('document.body.innerText')

  test('shows the same list in popup and dashboard', async () => {
    await expect.poll(text, patience).toContain('Payments to acme')
    await browser.picture('firefox-popup')
    await browser.go(`${browser.base}/sidepanel.html`)
    await expect.poll(text, patience).toMatch(/58,702\s*verified/)
    // Only rows in sight are drawn; the last one is below them.
    // Firefox gives a text without the marks that turn its direction.
    const unmarked = (one: string) => one.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    for (const row of everything.filter((one) => !one.archived && one.id !== 'evil'))
      await expect.poll(async () => unmarked(await text()), patience).toContain(unmarked(row.name))
    await browser.picture('firefox-list')
  })

  test('keeps the badge and the alarm in the background', async () => {
    await expect
      .poll(() => browser.evaluate('browser.action.getBadgeText({})'), patience)
      .toBe('69%')
    await expect
      .poll(() => browser.evaluate('browser.alarms.getAll()'), patience)
      .toMatchObject([{ name: 'pull', periodInMinutes: 0.5 }])
  })

  test('lays the verdict over an issue of the site, and goes along with it', async () => {
    const pill = () =>
      browser.evaluate<string | null>(
        `document.querySelector('landfall-overlay')?.shadowRoot?.querySelector('[data-testid=landfall-pill]')?.innerText`,
      )
    await browser.go('https://acme.atlassian.net/browse/PAY-3')
    await expect.poll(pill, patience).toBe('2 differences')
    await browser.picture('firefox-overlay')
    await browser.evaluate(`history.pushState({}, '', '/browse/PAY-1')`)
    await expect.poll(pill, patience).toBe('verified')
    await browser.evaluate('history.back()')
    await expect.poll(pill, patience).toBe('2 differences')
  })

  /** An element of the overlay, as an expression in the page. */
  const inside = (selector: string) =>
    `document.querySelector('landfall-overlay')?.shadowRoot?.querySelector('${selector}')`

  test('opens the drawer with original, history and files, and gives the focus back', async () => {
    await browser.go('https://acme.atlassian.net/browse/OVR-1')
    const drawer = () =>
      browser.evaluate<string | null>(`${inside('[data-testid=landfall-drawer]')}?.innerText`)
    const choose = (tab: string) => browser.click(inside(`#tab-${tab}`))
    await expect
      .poll(() => browser.evaluate(`${inside('[data-testid=landfall-pill]')}?.innerText`), patience)
      .toBe('4 differences')
    await browser.click(inside('[data-testid=landfall-pill]'))
    await expect.poll(drawer, patience).toContain('E17')
    expect(await browser.evaluate(`${inside('del')}.innerText`)).toBe('E17')
    await browser.picture('firefox-drawer')
    // The page reads no selection out of it. (Words it can ask for by window.find(), which Firefox lets look
    // into closed roots; Chromium does not, see the test of the overlay's isolation.)
    const selected = await browser.evaluate<string>(`(() => {
      getSelection().selectAllChildren(document.documentElement)
      const all = getSelection().toString()
      getSelection().removeAllRanges()
      return all
    })()`)
    expect(selected).toContain('A page of the site')
    expect(selected).not.toMatch(/E17|terminal/)
    await choose('original')
    await expect.poll(drawer, patience).toContain('Seen again today')
    await choose('history')
    await expect.poll(drawer, patience).toContain('In progress')
    await choose('files')
    await expect.poll(drawer, patience).toContain('receipt.pdf')
    await browser.evaluate(
      `${inside('#tab-files')}.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }))`,
    )
    await expect.poll(drawer, patience).toBeNull()
    await expect
      .poll(
        () =>
          browser.evaluate(
            `document.querySelector('landfall-overlay').shadowRoot.activeElement?.dataset.testid`,
          ),
        patience,
      )
      .toBe('landfall-pill')
  })

  test('shows the panel of a project', async () => {
    await browser.go('https://acme.atlassian.net/projects/PAY')
    await expect
      .poll(() => browser.evaluate(`${inside('[data-testid=landfall-pill]')}?.innerText`), patience)
      .toBe('99% verified')
    await browser.click(inside('[data-testid=landfall-pill]'))
    await expect
      .poll(
        () => browser.evaluate(`${inside('[data-testid=landfall-drawer]')}?.innerText`),
        patience,
      )
      .toContain('Issues')
    await browser.picture('firefox-project')
  })
})
