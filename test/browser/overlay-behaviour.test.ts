import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import { chromiumBin, type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { incomplete } from '../support/scenes.ts'
import { type Site, startSite } from '../support/site-proxy.ts'

const at = 'https://acme.atlassian.net'
/** Others may be busy on the same machine. */
const patience = { timeout: 15_000 }

/** A page of 500 issues, which tells of every shift of its layout. */
const longPage = `<!doctype html><html lang="en"><title>Jira</title><body>
<script>window.shifts = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value })
  .observe({ type: 'layout-shift', buffered: true })</script>
<table>${Array.from({ length: 500 }, (_, n) => `<tr><td><a href="/browse/OVR-${n + 1}">OVR-${n + 1}</a></td><td>An issue</td></tr>`).join('')}</table></body></html>`

describe.runIf(chromiumBin)('the overlay on a living page', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  let site: Site

  beforeAll(async () => {
    agent = await startFakeAgent()
    agent.show([incomplete])
    site = await startSite((request, response) => {
      if (request.url?.startsWith('/rest/')) return response.writeHead(200).end('{}')
      return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(longPage)
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

  const pillOf = (page: Page) => page.locator('[data-testid=landfall-pill]')
  const drawerOf = (page: Page) => page.locator('[data-testid=landfall-drawer]')
  const says = (page: Page) => expect.poll(() => pillOf(page).innerText(), patience)
  const go = (page: Page, path: string) =>
    page.evaluate((to) => history.pushState({}, '', to), path)
  const screens = () => agent.asked.filter((one) => one.includes('/api/verdicts'))

  test('moves nothing of a page of 500 issues, and asks the background once a screen', async () => {
    const before = agent.asked.length
    // The background also asks for news, in its own time.
    const ofPages = () =>
      agent.asked.slice(before).filter((one) => !/\/api\/(state|migrations)/.test(one))
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    await pillOf(page).click()
    await drawerOf(page).getByText('E17').waitFor()
    await page.keyboard.press('Escape')
    await go(page, '/browse/PAY-1')
    await says(page).toBe('verified')
    await go(page, '/browse/PAY-1?focusedCommentId=7')
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
    expect(ofPages()).toHaveLength(2)
    expect(await page.evaluate('window.shifts')).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1200)
    await page.close()
  })

  test('goes along with every way to another screen, and not with one called off', async () => {
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    await go(page, '/jira/software/c/projects/PAY/list?selectedIssue=PAY-3')
    await says(page).toBe('2 differences')
    await page.evaluate(() => history.replaceState({}, '', '/browse/PAY-1'))
    await says(page).toBe('verified')
    await page.evaluate(() => history.back())
    await says(page).toBe('4 differences')
    await page.evaluate(() => history.forward())
    await says(page).toBe('verified')
    await page.evaluate(() => {
      location.hash = 'comment'
    })
    const before = screens().length
    await page.evaluate(() => {
      navigation.addEventListener('navigate', (event) => event.preventDefault(), { once: true })
      const link = document.querySelector('a')
      link?.click()
    })
    expect(new URL(page.url()).pathname).toBe('/browse/PAY-1')
    expect(await pillOf(page).innerText()).toBe('verified')
    expect(screens()).toHaveLength(before)
    await page.close()
  })

  test('tells an answer that comes late from the one of this screen', async () => {
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    for (let n = 0; n < 5; n++) {
      await go(page, '/browse/OVR-4')
      await go(page, '/browse/PAY-1')
    }
    await says(page).toBe('verified')
    await page.close()
  })

  test('knows several sites at once, each by the name of its own page', async () => {
    const one = await browser.open(`${at}/browse/OVR-1`)
    const other = await browser.open('https://globex.atlassian.net/browse/OVR-4')
    await says(one).toBe('4 differences')
    await says(other).toBe('2 parts missing')
    expect(agent.asked).toContain(
      'GET /api/verdicts?site=https%3A%2F%2Fglobex.atlassian.net&issue=OVR-4',
    )
    await one.close()
    await other.close()
  })

  test('comes back where a page throws it out, and never twice', async () => {
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    await page.evaluate(() => document.querySelector('landfall-overlay')?.remove())
    await go(page, '/browse/PAY-1')
    await says(page).toBe('verified')
    expect(await page.locator('landfall-overlay').count()).toBe(1)
    await page.close()
  })

  test('opens and closes by the shortcut and by the context menu', async () => {
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    const commands = await browser.worker.evaluate(() => chrome.commands.getAll())
    expect(commands.find((one) => one.name === 'drawer')).toBeDefined()
    const press = () =>
      browser.worker.evaluate(async () => {
        const [tab] = await chrome.tabs.query({ url: 'https://acme.atlassian.net/*', active: true })
        const event = chrome.commands.onCommand as unknown as {
          dispatch: (name: string, tab: unknown) => void
        }
        event.dispatch('drawer', tab)
      })
    await press()
    await drawerOf(page).waitFor()
    await press()
    await drawerOf(page).waitFor({ state: 'detached' })
    await browser.worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://acme.atlassian.net/*', active: true })
      const event = chrome.contextMenus.onClicked as unknown as {
        dispatch: (info: unknown, tab: unknown) => void
      }
      event.dispatch({ menuItemId: 'drawer' }, tab)
    })
    await drawerOf(page).waitFor()
    // Where there is nothing to tell, nothing opens later by surprise, either.
    await go(page, '/jira/your-work')
    await drawerOf(page).waitFor({ state: 'detached' })
    await press()
    await go(page, '/browse/PAY-1')
    await says(page).toBe('verified')
    expect(await drawerOf(page).count()).toBe(0)
    await page.close()
  })

  test('the side panel shows the page in front when it is asked to', async () => {
    const page = await browser.open(`${at}/browse/OVR-4`)
    await says(page).toBe('2 parts missing')
    // Fired by hand it is no click of a person, so the browser refuses the panel and a tab opens instead.
    const opened = browser.context.waitForEvent('page', patience)
    await browser.worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://acme.atlassian.net/*', active: true })
      const event = chrome.contextMenus.onClicked as unknown as {
        dispatch: (info: unknown, tab: unknown) => void
      }
      event.dispatch({ menuItemId: 'panel' }, tab)
    })
    const panel = await opened
    const place = () => new URL(panel.url()).hash
    await expect.poll(place, patience).toBe('#/here')
    // A panel that is open already hears of it, too.
    await panel.getByRole('heading', { name: 'The page in front' }).waitFor(patience)
    await panel.evaluate(() => {
      location.hash = '#/'
    })
    await browser.worker.evaluate(() => chrome.storage.local.set({ summons: '#/here' }))
    await expect.poll(place, patience).toBe('#/here')
    await expect
      .poll(() => browser.worker.evaluate(() => chrome.storage.local.get('summons')), patience)
      .toEqual({})
    for (const one of [panel, page]) await one.close()
  })

  /** Nodes and listeners of all pages of the renderer, once what can go has gone. */
  async function kept(session: CDPSession): Promise<{ nodes: number; listeners: number }> {
    for (let n = 0; n < 3; n++) await session.send('HeapProfiler.collectGarbage')
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
    return { nodes, listeners: jsEventListeners }
  }

  test('leaves no node, listener or timer behind in 200 changes of the screen', async () => {
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    const session = await browser.context.newCDPSession(page)
    const worlds: { id: number; name: string }[] = []
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context))
    await session.send('Runtime.enable')
    const contextId = must(
      worlds.find((world) => world.name === 'Landfall'),
      'The page has no script of ours.',
    ).id
    const inScript = async (expression: string) =>
      (await session.send('Runtime.evaluate', { contextId, expression, returnByValue: true }))
        .result.value
    await inScript(`globalThis.open = new Set(); for (const kind of ['Timeout', 'Interval']) {
      const set = globalThis['set' + kind], clear = globalThis['clear' + kind]
      globalThis['set' + kind] = (run, ms, ...more) => { const id = set(() => { if (kind === 'Timeout') open.delete(id); run(...more) }, ms); open.add(id); return id }
      globalThis['clear' + kind] = (id) => { open.delete(id); clear(id) } } ; 0`)
    const tour = async (rounds: number) => {
      for (let n = 0; n < rounds; n++) {
        await go(page, '/browse/PAY-3')
        await says(page).toBe('2 differences')
        await pillOf(page).click()
        await drawerOf(page).waitFor()
        await go(page, '/jira/your-work')
        await drawerOf(page).waitFor({ state: 'detached' })
        await go(page, '/projects/PAY')
        await go(page, '/browse/OVR-1')
        await says(page).toBe('4 differences')
      }
    }
    await tour(3)
    const before = await kept(session)
    await tour(50)
    const after = await kept(session)
    expect(after.nodes).toBeLessThanOrEqual(before.nodes)
    expect(after.listeners).toBeLessThanOrEqual(before.listeners)
    await expect.poll(() => inScript('open.size'), patience).toBe(0)
    expect(await page.locator('landfall-overlay').count()).toBe(1)
    await page.close()
  })

  test('the side panel follows the tab in front', async () => {
    const panel = await browser.open('sidepanel.html#/here', { width: 360, height: 640 })
    const page = await browser.open(`${at}/browse/OVR-1`)
    await page.bringToFront()
    await panel.getByText('OVR-1 and its source').waitFor(patience)
    await panel.getByText('E17').waitFor(patience)
    await go(page, '/browse/OVR-4')
    await panel.getByText('OVR-4 and its source').waitFor(patience)
    await panel.getByText('2 parts missing').waitFor(patience)
    const other = await browser.open('https://globex.atlassian.net/projects/PAY')
    await other.bringToFront()
    await panel.getByText('PAY and its source').waitFor(patience)
    await other.goto(`${at}/jira/your-work`)
    await panel.getByText('Nothing to tell about the page in front').waitFor(patience)
    await page.bringToFront()
    await panel.getByText('OVR-4 and its source').waitFor(patience)
    await panel.evaluate(() => {
      location.hash = '#/'
    })
    await panel.getByRole('link', { name: 'In front: OVR-4 2 parts missing' }).waitFor(patience)
    for (const one of [panel, page, other]) await one.close()
  })

  test('says to reload once the extension is updated, and does it', async () => {
    const page = await browser.open(`${at}/browse/OVR-1`)
    await says(page).toBe('4 differences')
    const gone = new Promise((closed) => browser.worker.once('close', closed))
    await browser.worker.evaluate(() => setTimeout(() => chrome.runtime.reload(), 0))
    await gone
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await says(page).toBe('reload this page')
    await pillOf(page).click()
    await drawerOf(page).getByText('Landfall was updated or switched off').waitFor()
    await go(page, '/browse/PAY-3')
    expect(await page.locator('landfall-overlay').count()).toBe(1)
    // An extension that was loaded for a test does not come back by itself; the page does.
    const loaded = page.waitForEvent('load')
    await drawerOf(page).getByRole('button', { name: 'Reload this page' }).click()
    await loaded
    expect(new URL(page.url()).pathname).toBe('/browse/PAY-3')
    await page.close()
  })
})
