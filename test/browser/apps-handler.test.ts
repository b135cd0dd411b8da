import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentProcess, type Process, pair, startProcess } from '../support/agent-process.ts'
import { appHandler, asHandler, secret } from '../support/app-handler.ts'
import { writeAppBackup } from '../support/app-world.ts'
import { chromiumBin, type ExtensionBrowser, picture, startChromium } from '../support/chromium.ts'
import { walkToReview } from '../support/stepper.ts'

/** The run takes seconds here; a slow machine gets its time. */
const aRun = { timeout: 120_000 }

describe.runIf(chromiumBin)('an app’s own handler, from the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-handler-'))
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

  test('is registered, removed, used and heard', {
    timeout: 240_000,
  }, async () => {
    const handler = await appHandler()
    try {
      const page = await browser.open('sidepanel.html#/new', { width: 1200, height: 800 })
      await walkToReview(page, {
        name: 'Apps by handler',
        backup: join(folder, 'backup.zip'),
        attachments: join(folder, 'attachments'),
      })
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('heading', { name: 'Apps by handler' }).waitFor()
      await page.getByRole('link', { name: /^Apps/ }).click()
      await page.getByLabel('Is Acme Checklist needed in cloud?').selectOption('Needed in cloud')
      await page.getByLabel('Is Globex Risk needed in cloud?').selectOption('Not needed')
      await page.getByText('for your decision').waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'Acme Checklist' }).click()
      const path = page.locator('dl.facts').first()
      const register = async () => {
        await page.getByLabel('Address of the handler').fill(handler.url)
        await page.getByLabel('Secret').fill(secret)
        await page.getByRole('button', { name: 'Use this handler' }).click()
        await page.getByText(`In use: ${handler.url}`).waitFor()
      }
      await page.getByText('The app’s own handler').click()
      const before = await path.innerText()
      await register()
      await expect.poll(() => path.innerText()).not.toBe(before)
      // Done without it, its own paths are the app's again.
      await page.getByRole('button', { name: 'Do without the handler' }).click()
      await page.getByLabel('Address of the handler').waitFor()
      await expect.poll(() => path.innerText()).toBe(before)
      await register()
      await page.getByLabel('Permitted time in hours').fill('48')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await picture(page, 'apps-line-handler')

      await page.getByRole('button', { name: 'Run', exact: true }).click()
      const { transferId } = await handler.event('completed:export_phase')
      const tell = (body: object) =>
        fetch(`${agent.said.url}/rest/atlassian-connect/1/migration/progress/${transferId}`, {
          method: 'POST',
          headers: asHandler(transferId),
          body: JSON.stringify(body),
        })
      const told = await tell({ status: 'IN_PROGRESS', percent: 40, message: 'Half of the half' })
      expect(told.status).toBe(200)
      await page.getByText('Half of the half', { exact: true }).waitFor(aRun)
      await page.getByText('40%').waitFor()
      expect(await page.getByLabel('Permitted time in hours').inputValue()).toBe('48')
      expect(
        await page.getByRole('button', { name: 'Do without the handler' }).getAttribute('title'),
      ).toBe('It has begun: what was decided stays.')
      expect((await tell({ status: 'SUCCESS', percent: 100 })).status).toBe(200)
      await page.getByText('The app data migration has finished successfully.').waitFor(aRun)
      expect((await tell({ status: 'SUCCESS' })).status).toBe(403)
      expect(handler.refused).toEqual([])
      await page.close()
    } finally {
      await handler.close()
    }
  })
})
