import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ExtensionBrowser } from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { incomplete } from '../support/scenes.ts'

const build =
  process.env.LANDFALL_EXTENSION ?? resolve(import.meta.dirname, '../../.output/chrome-mv3')
const folder = mkdtempSync(join(tmpdir(), 'landfall-old-'))

/**
 * A copy that may read pages of localhost from the start: the browser's own question for leave is no page, so no
 * test can answer it. All else is as shipped.
 */
const allowed = join(folder, 'extension')
cpSync(build, allowed, { recursive: true })
const manifest = JSON.parse(readFileSync(join(allowed, 'manifest.json'), 'utf8'))
manifest.host_permissions.push('http://localhost/*')
writeFileSync(join(allowed, 'manifest.json'), JSON.stringify(manifest))
vi.stubEnv('LANDFALL_EXTENSION', allowed)
const { accessibilityFaults, chromiumBin, picture, startChromium } = await import(
  '../support/chromium.ts'
)

describe.runIf(chromiumBin)('pages of an old server', () => {
  let browser: ExtensionBrowser
  let agent: FakeAgent
  let server: Server
  let old = ''

  beforeAll(async () => {
    agent = await startFakeAgent()
    agent.show([incomplete])
    server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      response.end(
        '<!doctype html><html lang="en"><title>Jira</title><body><main><h1>An issue of the old server</h1></main></body></html>',
      )
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    old = `http://localhost:${(server.address() as AddressInfo).port}/jira`
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.close()
    server?.closeAllConnections()
    server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const banner = '[data-testid=landfall-moved]'
  /** Scripts that are registered are put into pages that load from then on. */
  const open = (path: string) => browser.open(`${old}${path}`)
  const options = async () => {
    const page = await browser.open('options.html')
    return { page, add: page.getByRole('button', { name: 'Add this server' }) }
  }

  test('nothing is asked and nothing shown before a person names the server', async () => {
    const page = await open('/browse/PAY-1')
    await page.waitForTimeout(500)
    expect(await page.locator('landfall-overlay').count()).toBe(0)
    expect(agent.asked.some((one) => one.includes('moved'))).toBe(false)
    await page.close()
  })

  test('an address that is none, and one of Jira Cloud, are refused in a sentence', async () => {
    const { page, add } = await options()
    await page.getByLabel('Address of the old server').fill('https://acme.atlassian.net')
    await add.click()
    await page.getByText('This is a Jira Cloud site').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await picture(page, 'old-pages-options')
    await page.close()
  })

  test('a named server says where its issues and projects are now', async () => {
    const { page: set, add } = await options()
    await set.getByLabel('Address of the old server').fill(`${old}/`)
    await add.click()
    await set.getByRole('button', { name: `Remove ${old}` }).waitFor()
    await picture(set, 'old-pages-named')
    expect(await accessibilityFaults(set)).toEqual([])
    await set.close()
    for (const [path, words] of [
      ['/browse/PAY-1', 'PAY-1 has moved to Jira Cloud. verified'],
      ['/browse/PAY-2?focusedCommentId=1', 'PAY-2 has moved to Jira Cloud. different'],
      ['/projects/PAY/summary', 'PAY has moved to Jira Cloud. verified'],
    ] as const) {
      const page = await open(path)
      await page.locator(banner).waitFor()
      expect(
        (await page.locator(banner).locator('p').first().innerText()).replaceAll(/\s+/g, ' '),
      ).toBe(words)
      expect(agent.asked.at(-1)).toContain(`source=${encodeURIComponent(old)}`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await picture(page, `old-pages-${words.split(' ')[0]}-${colorScheme}`)
        expect(await accessibilityFaults(page)).toEqual([])
      }
      await page.setViewportSize({ width: 320, height: 600 })
      const box = await page.locator(banner).boundingBox()
      expect((box?.x ?? -1) >= 0 && (box?.width ?? 999) <= 320).toBe(true)
      await page.close()
    }
  })

  test('it goes along with the page, and is silent about what did not move', async () => {
    const page = await open('/browse/PAY-404')
    await page.waitForTimeout(500)
    expect(await page.locator(banner).count()).toBe(0)
    await page.evaluate(() => history.pushState(null, '', 'PAY-1'))
    await page.locator(banner).waitFor()
    await page.evaluate(() => history.pushState(null, '', '../secure/Dashboard.jspa'))
    await expect.poll(() => page.locator(banner).count()).toBe(0)
    await page.close()
  })

  test('closed in a tab it stays closed there, also after a reload, and not in others', async () => {
    const page = await open('/browse/PAY-1')
    await page.locator(banner).getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => page.locator(banner).count()).toBe(0)
    await page.reload()
    await page.waitForTimeout(500)
    expect(await page.locator(banner).count()).toBe(0)
    const other = await open('/browse/PAY-1')
    await other.locator(banner).waitFor()
    await other.close()
    await page.close()
  })

  test('an agent that is away is no news on an old page', async () => {
    await browser.worker.evaluate(() =>
      chrome.storage.local.set({
        agent: { address: 'http://127.0.0.1:9', token: 'x', name: 'gone' },
      }),
    )
    const page = await open('/browse/PAY-1')
    await page.waitForTimeout(500)
    expect(await page.locator(banner).count()).toBe(0)
    await page.close()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
  })

  test('an address that is taken away ends it', async () => {
    const { page: set } = await options()
    await set.getByRole('button', { name: `Remove ${old}` }).click()
    await set.getByText('No server is named.').waitFor()
    await set.close()
    const page = await open('/browse/PAY-1')
    await page.waitForTimeout(500)
    expect(await page.locator('landfall-overlay').count()).toBe(0)
    await page.close()
  })
})
