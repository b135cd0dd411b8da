import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import { chromiumBin, type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { incomplete } from '../support/scenes.ts'
import { hostileText } from '../support/scenes-overlay.ts'
import { plainPages, type Site, startSite } from '../support/site-proxy.ts'

/** Others may be busy on the same machine. */
const patience = { timeout: 15_000 }
const at = 'https://acme.atlassian.net'
/** What a page could try to reach, beside what the DOM's types know. */
interface PageWindow extends Window {
  find(words: string, ownCase: boolean, back: boolean, around: boolean): boolean
  caught: string[]
  harmed?: unknown
  chrome?: { runtime?: { sendMessage(id: string, message: unknown): unknown }; dom?: unknown }
}
declare const window: PageWindow

/** Runs before any script of the page, as the most curious page could: it listens to all there is. */
function spy(): void {
  window.caught = []
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (init) {
    window.caught.push(`attachShadow ${this.nodeName}`)
    return attach.call(this, init)
  }
  const told = ['click', 'focusin', 'keydown', 'copy', 'pointerdown', 'selectionchange', 'toggle']
  for (const type of told)
    addEventListener(
      type,
      (event) => {
        for (const node of event.composedPath())
          if (node instanceof Node) window.caught.push(`${type} ${node.nodeName}`)
        window.caught.push(`${type} says ${getSelection()?.toString()}`)
      },
      true,
    )
  addEventListener('message', (event) =>
    window.caught.push(`message ${JSON.stringify(event.data)}`),
  )
}

describe.runIf(chromiumBin)('the page under the overlay, as it ships', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  let site: Site

  beforeAll(async () => {
    agent = await startFakeAgent()
    agent.show([incomplete])
    site = await startSite(plainPages)
    browser = await startChromium(site.port, { asShipped: true })
    await browser.context.addInitScript(spy)
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

  /** All that a person, or a screen reader, is told on the page: only from outside can it be seen that the drawer is there. */
  async function readerHears(page: Page): Promise<string> {
    const session = await browser.context.newCDPSession(page)
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    await session.detach()
    return nodes.map((node) => `${node.role?.value}: ${node.name?.value}`).join('\n')
  }
  /** What was asked since for pages; the background also asks for news, in its own time. */
  const ofPages = (before: number) =>
    agent.asked.slice(before).filter((one) => !/\/api\/(state|migrations)/.test(one))
  async function openDrawer(key: string) {
    const page = await browser.open(`${at}/browse/${key}`)
    await expect.poll(() => readerHears(page), patience).toMatch(/button: Landfall: OVR/)
    await page.mouse.click(1150, 768)
    await expect.poll(() => readerHears(page), patience).toContain('dialog: ')
    return page
  }

  test('cannot read the drawer by its root, by events, by selecting or by searching', async () => {
    const page = await openDrawer('OVR-1')
    expect(await readerHears(page)).toContain('the terminal shows')
    // A person who looks closely: marks a word, selects all, copies.
    await page.mouse.dblclick(900, 245)
    await page.mouse.move(840, 225)
    await page.mouse.down()
    await page.mouse.move(980, 380)
    await page.mouse.up()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const host = document.querySelector('landfall-overlay') as HTMLElement
      getSelection()?.selectAllChildren(host)
      const own = getSelection()?.toString()
      getSelection()?.selectAllChildren(document.documentElement)
      const all = getSelection()?.toString()
      const range = document.caretRangeFromPoint(900, 245)
      return {
        root: host.shadowRoot,
        text: host.innerText + host.textContent + host.innerHTML,
        own,
        all,
        words: ['Restarting', 'differences', 'E17', 'page', 'Legacy', 'w'].filter((word) => {
          getSelection()?.removeAllRanges()
          return window.find(word, false, false, true)
        }),
        here: document.elementsFromPoint(900, 245).map((one) => one.nodeName),
        caret: range?.startContainer.nodeName,
        active: document.activeElement?.nodeName,
        caught: window.caught,
      }
    })
    // That one is in the page's own heading.
    expect(found).toMatchObject({ root: null, text: '', own: '', words: ['page'] })
    expect(found.all).not.toMatch(/terminal|OVR|Legacy/)
    expect(found.here).toEqual(['LANDFALL-OVERLAY', 'HTML'])
    expect(['HTML', 'BODY', 'LANDFALL-OVERLAY', undefined]).toContain(found.caret)
    expect(found.active).toBe('LANDFALL-OVERLAY')
    const nodes = found.caught.filter((line) => !line.includes(' says '))
    const own = /^(#document|HTML|BODY|MAIN|H1|LANDFALL-OVERLAY)$/
    expect(nodes.filter((line) => !own.test(line.split(' ')[1] ?? ''))).toEqual([])
    expect(nodes.some((line) => line.endsWith('LANDFALL-OVERLAY'))).toBe(true)
    expect(found.caught.join('\n')).not.toMatch(/terminal|Legacy|attachShadow|message/)
    await page.close()
  })

  test('cannot call the background, nor speak to the script in it', async () => {
    const page = await openDrawer('OVR-1')
    const before = agent.asked.length
    const id = new URL(browser.base).host
    const reached = await page.evaluate(async (extension) => {
      const ask = { landfall: 'original', ask: { issue: 'OVR-1' } }
      const runtime = window.chrome?.runtime
      await Promise.resolve(runtime?.sendMessage(extension, ask)).catch(() => null)
      window.postMessage(ask, '*')
      const host = document.querySelector('landfall-overlay')
      for (const target of [document, window, host])
        for (const type of ['landfall', 'landfall:toggle', `${extension}:overlay:toggle`])
          target?.dispatchEvent(new CustomEvent(type, { detail: ask, bubbles: true }))
      host?.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 1150, clientY: 768 }))
      host?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
      const files = [
        'manifest.json',
        'content-scripts/overlay.js',
        'sidepanel.html',
        'options.html',
      ]
      const loaded = await Promise.all(
        files.map((file) =>
          fetch(`chrome-extension://${extension}/${file}`).then(
            () => file,
            () => null,
          ),
        ),
      )
      return {
        runtime: typeof runtime,
        dom: typeof window.chrome?.dom,
        loaded: loaded.filter(Boolean),
      }
    }, id)
    expect(reached).toEqual({ runtime: 'undefined', dom: 'undefined', loaded: [] })
    expect(await readerHears(page)).toContain('dialog: ')
    expect(ofPages(before)).toEqual([])
    await page.close()
  })

  test('sees no request to the agent, which only the background calls', async () => {
    const page = await browser.context.newPage()
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.setViewportSize({ width: 1200, height: 800 })
    const before = agent.asked.length
    await page.goto(`${at}/browse/OVR-1`)
    await expect.poll(() => readerHears(page), patience).toMatch(/button: Landfall: OVR-1/)
    await page.mouse.click(1150, 768)
    await expect.poll(() => requests.length, patience).toBeGreaterThan(1)
    expect(ofPages(before)).toHaveLength(1)
    expect(requests.filter((url) => !url.startsWith(`${at}/`))).toEqual([])
    const seen = () =>
      page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect((await seen()).filter((name) => !name.startsWith(`${at}/`))).toEqual([])
    await page.close()
  })

  test('and its script could not read the token, either', async () => {
    const page = await openDrawer('OVR-1')
    const session = await browser.context.newCDPSession(page)
    const worlds: { id: number; name: string }[] = []
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context))
    await session.send('Runtime.enable')
    const own = worlds.find((world) => world.name === 'Landfall')
    const { result } = await session.send('Runtime.evaluate', {
      contextId: must(own, 'no script of ours').id,
      awaitPromise: true,
      returnByValue: true,
      expression: `chrome.storage.local.get('agent').then((got) => JSON.stringify(got), (error) => String(error))`,
    })
    expect(result.value).toMatch(/not allowed/)
    expect(result.value).not.toContain(token)
    await page.close()
  })

  test('stays unharmed by whatever stands in a field of the source', async () => {
    const page = await openDrawer('OVR-2')
    const outside = new Set<string>()
    page.on('request', (request) => outside.add(request.url()))
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    for (const key of ['Tab', 'Tab', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await page.keyboard.press(key)
      await expect.poll(() => readerHears(page), patience).toContain('window.harmed')
    }
    expect(await readerHears(page)).toContain(hostileText.split('\n')[0])
    expect(await page.evaluate(() => window.harmed)).toBeUndefined()
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('block')
    expect(dialogs).toEqual([])
    expect([...outside].filter((url) => !url.startsWith(at))).toEqual([])
    await page.close()
  })
})
