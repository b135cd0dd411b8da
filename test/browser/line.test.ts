import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import type { MigrationView } from '../../shared/api.ts'
import { must } from '../../shared/assert.ts'
import { type AgentProcess, type Process, startProcess } from '../support/agent-process.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { passTo, type Site, startSite } from '../support/site-proxy.ts'
import { walkToReview } from '../support/stepper.ts'

/** A migration of the sample takes seconds here; a slow machine gets its time. */
const aRun = { timeout: 180_000 }

describe.runIf(chromiumBin)('a migration, watched from the browser to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-line-'))
  let agent: Process<AgentProcess>
  let browser: ExtensionBrowser
  let site: Site
  let practice = ''
  let sample: Awaited<ReturnType<typeof writeSample>>

  const migrations = () =>
    browser.worker.evaluate(
      () =>
        new Promise<MigrationView[]>((resolve, reject) => {
          const opening = indexedDB.open('landfall')
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const rows = opening.result.transaction('migrations').objectStore('migrations').getAll()
            rows.onsuccess = () => resolve(rows.result)
          }
        }),
    )

  beforeAll(async () => {
    sample = await writeSample(join(folder, 'sample'))
    agent = await startProcess<AgentProcess>(
      ['serve', '--json', '--port', '0', '--folder', join(folder, 'agent')],
      { LANDFALL_PRACTICE_ALIASES: 'https://acme.atlassian.net' },
    )
    site = await startSite((from, to) => passTo(practice)(from, to))
    browser = await startChromium(site.port)
    await browser.worker.evaluate(
      (address) => chrome.storage.local.set({ agent: { address, token: null, name: '' } }),
      agent.said.url,
    )
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await agent?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is paired, made, run, and proven, with badge and notification', {
    timeout: 240_000,
  }, async () => {
    const popup = await browser.open('popup.html', { width: 360, height: 560 })
    await popup.getByLabel('Pairing code').fill(agent.said.code)
    await popup.keyboard.press('Enter')
    await popup.getByText('No migration yet').waitFor()
    const panel = await browser.open('sidepanel.html#/new', { width: 1200, height: 800 })
    await walkToReview(panel, { name: 'Sample to practice', ...sample })
    await panel.getByRole('button', { name: 'Save and run' }).click()
    await panel.getByRole('heading', { name: 'Sample to practice' }).waitFor()
    await popup.getByText('Running').first().waitFor()
    await picture(popup, 'line-popup-running')
    const ended = await vi.waitFor(async () => {
      const row = must((await migrations())[0], 'The cache holds no migration.')
      expect(['finished', 'incomplete']).toContain(row.status)
      return row
    }, aRun)
    const { source, verified, different, leftOut, failed } = ended.totals
    expect(failed).toBe(0)
    expect(verified).toBeGreaterThan(0)
    expect(verified + different + leftOut).toBe(source)
    practice = must(ended.site.url, 'The migration names no site.')
    await panel
      .getByText(`${new Intl.NumberFormat('en').format(verified)} verified`)
      .first()
      .waitFor()
    await picture(panel, 'line-overview')
    await panel.getByRole('link', { name: 'This migration includes' }).click()
    await panel.getByText('Issues', { exact: true }).first().waitFor()
    await picture(panel, 'line-includes')
    expect(await accessibilityFaults(panel)).toEqual([])
    await picture(popup, 'line-popup-ended')
    // The sample has an app that nobody has decided about.
    expect(ended.appsInNeed).toBe(1)
    expect(await browser.worker.evaluate(() => chrome.action.getBadgeText({}))).toBe(
      String(ended.needsAttention + 1),
    )
    const notified = await browser.worker.evaluate(() => chrome.notifications.getAll())
    expect(Object.keys(notified)).toContain(ended.id)
  })

  test('and its verdicts lie over the site itself', async () => {
    const panel = await browser.open('sidepanel.html', { width: 1200, height: 800 })
    await panel.getByRole('link', { name: 'Sample to practice' }).click()
    await panel.getByRole('link', { name: 'This migration includes' }).click()
    const link = panel.getByRole('link', { name: 'Open on the site' }).first()
    const key = must(
      /([A-Z][A-Z0-9_]+)/.exec((await link.innerText()).replace('Open', '')),
      'key',
    )[1]
    for (const path of [`browse/${key}-1`, `jira/software/c/projects/${key}/boards/1`]) {
      const page = await browser.open(`https://acme.atlassian.net/${path}`)
      const pill = page.locator('[data-testid=landfall-pill]')
      await expect.poll(() => pill.innerText(), { timeout: 10_000 }).toMatch(/verified|difference/)
      await pill.click()
      await picture(page, `line-overlay-${path.split('/')[0]}`)
      await page.close()
    }
    const page = await browser.open(`https://acme.atlassian.net/browse/${key}-1`)
    const pill = page.locator('[data-testid=landfall-pill]')
    const drawer = page.locator('[data-testid=landfall-drawer]')
    await pill.click()
    // The page's own login sees the issue, so nothing is said about that.
    const title = must(await page.locator('h1').first().textContent(), 'The issue has no title.')
    await drawer.getByRole('tab', { name: 'Original' }).click()
    await drawer.getByText(title.trim()).first().waitFor()
    await drawer.getByText('Fields').waitFor()
    expect(await drawer.locator('.notice').count()).toBe(0)
    await picture(page, 'line-overlay-original')
    expect(await accessibilityFaults(page)).toEqual([])
    await drawer.getByRole('tab', { name: 'History' }).click()
    await drawer.getByText(/As the source recorded it|The source has no history/).waitFor()
    await picture(page, 'line-overlay-history')
    await drawer.getByRole('tab', { name: 'Files' }).click()
    await drawer
      .getByText(/^Files \d|The source has no files/)
      .first()
      .waitFor()
    await picture(page, 'line-overlay-files')
    await page.evaluate((to) => history.pushState({}, '', to), `/browse/${key}-99999`)
    await expect.poll(() => pill.innerText()).toBe('not in this migration')
    await page.close()
  })
})
