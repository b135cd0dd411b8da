import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { type FirefoxBrowser, firefoxBin, startFirefox } from '../support/firefox.ts'
import { incomplete } from '../support/scenes.ts'
import { type Site, startSite } from '../support/site-proxy.ts'

describe.runIf(firefoxBin)('the Firefox build on projects, boards and lists', () => {
  let browser: FirefoxBrowser
  let agent: FakeAgent
  let site: Site
  const patience = { timeout: 30_000 }

  beforeAll(async () => {
    agent = await startFakeAgent()
    site = await startSite((_request, response) => {
      const rows = Array.from(
        { length: 20 },
        (_, i) => `<li><a href="/browse/PAY-${i + 1}">PAY-${i + 1}</a></li>`,
      )
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      response.end(
        `<!doctype html><html lang="en"><title>Jira</title><body><ul>${rows.join('')}</ul></body></html>`,
      )
    })
    browser = await startFirefox(site.port)
    await browser.pair({ address: agent.address, token })
    agent.show([incomplete])
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
    await site?.close()
  })

  const inside = (selector: string) =>
    `document.querySelector('landfall-overlay')?.shadowRoot?.querySelector('${selector}')`
  const words = (selector: string) =>
    browser.evaluate<string | null>(`${inside(selector)}?.innerText`)

  test('shows progress, verdicts, checks and checklist of a project', async () => {
    await browser.go('https://acme.atlassian.net/projects/OTW')
    await expect.poll(() => words('[data-testid=landfall-pill]'), patience).toBe('99% verified')
    await browser.click(inside('[data-testid=landfall-pill]'))
    await expect
      .poll(() => words('[data-testid=landfall-progress]'), patience)
      .toContain('300 of 1,200')
    await expect
      .poll(() => words('[data-testid=landfall-checks]'), patience)
      .toContain('Former User')
    await expect
      .poll(() => words('[data-testid=landfall-checklist]'), patience)
      .toContain('Sign this project off')
    await browser.picture('firefox-project')
  })

  test('counts a board there and here, and marks the issues of its list', async () => {
    await browser.go('https://acme.atlassian.net/jira/software/c/projects/PAY/boards/1')
    await expect
      .poll(() => words('[data-testid=landfall-pill]'), patience)
      .toBe('12 there, 11 here')
    await expect
      .poll(() => browser.evaluate<string | null>(`${inside('.spot')}?.title`), patience)
      .toBe('PAY-10: 1 part different')
    await browser.picture('firefox-board')
  })
})
