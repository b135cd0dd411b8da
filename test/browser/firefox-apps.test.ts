import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appStatusWords, cancelAppWords } from '../../extension/words-apps.ts'
import { appStatuses } from '../../shared/app-status.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { type FirefoxBrowser, firefoxBin, startFirefox } from '../support/firefox.ts'
import { everything } from '../support/scenes.ts'

describe.runIf(firefoxBin)('app migrations in Firefox', () => {
  let browser: FirefoxBrowser
  let agent: FakeAgent
  const patience = { timeout: 30_000 }

  beforeAll(async () => {
    agent = await startFakeAgent()
    browser = await startFirefox()
    await browser.pair({ address: agent.address, token })
    agent.show(everything)
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
  })

  const text = () => browser.evaluate<string>('document.body.innerText')
  /** Firefox does not load a page anew whose address differs after the # only. */
  const open = async (page: string) => {
    await browser.go('about:blank')
    await browser.go(`${browser.base}/${page}`)
  }
  const click = (what: string) =>
    browser.click(`[...document.querySelectorAll('button, a, summary')]
      .find((one) => one.textContent.trim() === ${JSON.stringify(what)})`)
  const sticksOut = () =>
    browser.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )

  test.each([
    ['apps', 'sidepanel.html#/m/legacy/apps', 'Globex Risk Register'],
    ['apps-included', 'sidepanel.html#/m/legacy/includes', 'Globex Risk Register'],
    ['app-one', 'sidepanel.html#/m/legacy/apps?app=org.globex.progress', 'Record 1234 of the app'],
    ['app-hostile', 'sidepanel.html#/m/legacy/apps?app=com.hostile', 'The app data migration has'],
  ])('%s is shown at each width, and nothing sticks out', async (name, page, said) => {
    for (const width of [320, 720, 1200]) {
      await browser.size(width, 800)
      await open(page)
      await expect.poll(text, patience).toContain(said)
      await browser.picture(`firefox-${name}-${width}`)
      expect([width, await sticksOut()]).toEqual([width, 0])
      // The page that was left had its requests cut off, which is no word about the agent.
      expect(await text()).not.toContain('The agent does not answer')
    }
  })

  test('the popup tells of them in a line, which leads to them', async () => {
    await browser.size(360, 560)
    await open('popup.html')
    await expect.poll(text, patience).toMatch(/1\s+waits for a decision/)
    await browser.picture('firefox-apps-popup')
  })

  test('each of the eight statuses has its meaning', async () => {
    await browser.size(1200, 800)
    await open('sidepanel.html#/m/legacy/apps')
    await expect.poll(text, patience).toContain('Umbrella Contracts')
    await click('What the statuses mean')
    for (const status of appStatuses)
      await expect.poll(text, patience).toContain(appStatusWords[status].meaning)
  })

  test('a cancel is asked about, and done only then', async () => {
    await click('Cancel Globex Risk Register')
    await expect.poll(text, patience).toContain(cancelAppWords.recommendations[0])
    await browser.picture('firefox-apps-cancel')
    expect(agent.asked.some((asked) => asked.endsWith('/cancel'))).toBe(false)
    await click(cancelAppWords.yes)
    await expect.poll(text, patience).toContain('Globex Risk Register is being canceled')
    expect(agent.asked).toContain('POST /api/migrations/legacy/apps/org.globex.progress/cancel')
  })

  test('a failed app is run again, and another one is decided about', async () => {
    await click('Re-run Initech Diagrams')
    await expect.poll(text, patience).toContain('Initech Diagrams is run again')
    await browser.fill(
      `document.querySelector('[aria-label="Is Acme Checklist needed in cloud?"]')`,
      'archive',
      'change',
    )
    await expect
      .poll(() => agent.asked.slice(), patience)
      .toContain('PUT /api/migrations/legacy/apps/com.acme.checklist')
  })

  test('a handler is used and done without', async () => {
    await open('sidepanel.html#/m/legacy/apps?app=com.acme.ready')
    await expect.poll(text, patience).toContain('The app’s own handler')
    await click('The app’s own handler')
    const type = (selector: string, value: string) =>
      browser.fill(`document.querySelector('${selector}')`, value)
    await type('input[type=url]', 'https://app.example.com/migration')
    await type('input[type=password]', 'a secret of many letters')
    await browser.picture('firefox-app-handler')
    await click('Use this handler')
    await expect.poll(text, patience).toContain('In use: https://app.example.com/migration')
    const kept = await browser.evaluate<object>('browser.storage.local.get(null)')
    expect(JSON.stringify(kept)).not.toContain('a secret of many letters')
    await click('Do without the handler')
    await expect.poll(text, patience).toContain('Address of the handler')
  })
})
