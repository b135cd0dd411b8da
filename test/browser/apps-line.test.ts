import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type AgentProcess, type Process, pair, startProcess } from '../support/agent-process.ts'
import { acme, globex, writeAppBackup } from '../support/app-world.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { walkToReview } from '../support/stepper.ts'

/** The run takes seconds here; a slow machine gets its time. */
const aRun = { timeout: 120_000 }

describe.runIf(chromiumBin)('the data of apps, watched from the browser to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-apps-'))
  let agent: Process<AgentProcess>
  let browser: ExtensionBrowser

  beforeAll(async () => {
    mkdirSync(join(folder, 'attachments'))
    await writeAppBackup(join(folder, 'backup.zip'))
    agent = await startProcess<AgentProcess>([
      'serve',
      '--json',
      '--port',
      '0',
      '--folder',
      join(folder, 'agent'),
    ])
    browser = await startChromium()
    const { token } = await pair(agent.said)
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.said.url, token] as const,
    )
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is decided, moved, told, and its log downloaded', { timeout: 240_000 }, async () => {
    const page = await browser.open('sidepanel.html#/new', { width: 1200, height: 800 })
    await walkToReview(page, {
      name: 'Apps to practice',
      backup: join(folder, 'backup.zip'),
      attachments: join(folder, 'attachments'),
    })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Apps to practice' }).waitFor()
    await page.getByRole('link', { name: /^Apps/ }).click()
    await page.getByText('2 apps with data wait for your decision').waitFor()
    await picture(page, 'apps-line-undecided')
    const decide = (name: string, to: string) =>
      page.getByLabel(`Is ${name} needed in cloud?`).selectOption(to)
    await decide('Acme Checklist', 'Needed in cloud')
    await page.getByText('1 app with data waits for your decision').waitFor()
    await decide('Globex Risk', 'Keep an archive')
    await page.getByText('for your decision').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    const ended = page.getByText(/^(Success|Incomplete|Failed)$/)
    await row('Acme Checklist').locator('.lozenge').filter({ has: ended }).waitFor(aRun)
    await row('Globex Risk').locator('.lozenge', { hasText: 'Success' }).waitFor(aRun)
    await row('Acme Checklist').getByText('100%').waitFor()
    await picture(page, 'apps-line-ended')
    expect(await accessibilityFaults(page)).toEqual([])

    const why = (name: string) => page.getByRole('button', { name }).getAttribute('title')
    expect(await why('Cancel Acme Checklist')).toMatch(/has ended/)
    expect(await why('Re-run Globex Risk')).toMatch(/Only a failed or incomplete/)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'View logs Acme Checklist' }).click()
    const log = readFileSync(await (await saved).path(), 'utf8')
    expect(log).toMatch(/^\uFEFF?time,level,event,message,transfer/)
    expect(log.split('\n').length).toBeGreaterThan(2)

    await page.getByRole('link', { name: 'Acme Checklist' }).click()
    await page.getByText(/\d events?\. Newest first\./).waitFor()
    await picture(page, 'apps-line-one')
    await vi.waitFor(
      async () => {
        const shown = await browser.worker.evaluate(() => chrome.notifications.getAll())
        const told = Object.keys(shown).join(' ')
        expect(told).toContain(`?app=${acme}`)
        expect(told).toContain(`?app=${globex}`)
      },
      { timeout: 40_000 },
    )
    const popup = await browser.open('popup.html', { width: 360, height: 560 })
    await popup.getByText('Apps to practice').first().waitFor()
    await picture(popup, 'apps-line-popup')
    await popup.getByRole('button', { name: /Apps: 2 finished/ }).waitFor()
  })
})
