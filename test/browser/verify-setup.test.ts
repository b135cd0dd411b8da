import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import {
  type AgentProcess,
  type PracticeProcess,
  type Process,
  startProcess,
} from '../support/agent-process.ts'
import { chromiumBin, type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { countingProxy, writesAmong } from '../support/counting-proxy.ts'
import { berlin, migrateForeign } from '../support/foreign-migration.ts'
import { lookAt } from '../support/look.ts'
import { atStep, nextStep } from '../support/stepper.ts'

const patience = { timeout: 120_000 }

/** A picture in light and dark at each width, with what tools for accessibility say of it; 360 and light again at the end. */
async function shown(page: Page, name: string): Promise<void> {
  expect(await lookAt(page, name), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 360, height: 900 })
}

describe.runIf(chromiumBin)('what another tool migrated', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-verify-setup-'))
  let agent: Process<AgentProcess>
  let site: Process<PracticeProcess>
  let browser: ExtensionBrowser
  let ids = ''
  let sample: Awaited<ReturnType<typeof writeSample>>
  let proxy: Awaited<ReturnType<typeof countingProxy>>

  beforeAll(async () => {
    sample = await writeSample(join(folder, 'sample'))
    const state = join(folder, 'state')
    site = await startProcess<PracticeProcess>(['practice', '--port', '0', '--state', state])
    const world = await migrateForeign({
      ...{ backup: sample.backup, attachments: sample.attachments, state },
      ...{ site: site.said, history: true, offset: berlin },
    })
    ids = world.idMappings()
    world.site.close()
    proxy = await countingProxy(site.said.url)
    const agentFolder = join(folder, 'agent')
    agent = await startProcess(['serve', '--json', '--port', '0', '--folder', agentFolder])
    browser = await startChromium()
    await browser.worker.evaluate(
      (address) => chrome.storage.local.set({ agent: { address, token: null, name: '' } }),
      agent.said.url,
    )
    const popup = await browser.open('popup.html', { width: 360, height: 560 })
    await popup.getByLabel('Pairing code').fill(agent.said.code)
    await popup.keyboard.press('Enter')
    await popup.getByText('No migration yet').waitFor()
    await popup.close()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await proxy?.close()
    await site?.stop()
    await agent?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is set up in the steps that apply, and verified without a write', async () => {
    const page = await browser.open('sidepanel.html#/new', { width: 360, height: 900 })
    await page.getByLabel('Name', { exact: true }).fill('What they moved')
    await page.getByRole('radio', { name: /^Verify what another tool migrated/ }).check()
    await shown(page, 'verify-name')
    await nextStep(page)
    await atStep(page, 'Source')
    await page.getByLabel('Path of the backup').fill(sample.backup)
    await page.getByLabel('Attachments folder').fill(sample.attachments)
    await nextStep(page)
    await atStep(page, 'Inspection')
    await page.getByText('What was found').waitFor(patience)
    await nextStep(page)
    await atStep(page, 'Site')
    await page.getByRole('radio', { name: /^Jira Cloud site/ }).check()
    await page.getByLabel('Address', { exact: false }).first().fill(proxy.url)
    await page.getByLabel('E-mail', { exact: false }).first().fill(site.said.email)
    await page.getByLabel('API token', { exact: false }).first().fill(site.said.token)
    await page.getByLabel(/^Id mappings/).waitFor()
    const file = page.getByLabel('Upload id mappings')
    await file.setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('key,name\nA,B'),
    })
    await page.getByText('people.csv is no id-mappings.csv', { exact: false }).waitFor(patience)
    const csv = `${ids}jira:issue,10001\nplugin:thing,<script>,2\n`
    await file.setInputFiles({
      name: 'ids.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv),
    })
    await page.getByText('1 line cannot be read').waitFor(patience)
    await page.getByText(/it has 2 columns and not three/).waitFor(patience)
    await shown(page, 'verify-site')
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('1 line cannot be read').waitFor({ state: 'detached' })
    expect(await page.getByLabel(/^Id mappings/).inputValue()).toBe('')
    await file.setInputFiles({ name: 'ids.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByText('1 line cannot be read').waitFor(patience)
    for (const step of ['Scope', 'People', 'Review']) {
      await nextStep(page)
      await atStep(page, step)
    }
    await page.getByText('Nothing is written to the site', { exact: true }).waitFor()
    await shown(page, 'verify-review')
    await page.getByRole('button', { name: 'Save and verify' }).click()
    await page
      .getByText(/Verified with findings: [\d,]+ equal, 1 different, 0 missing/)
      .first()
      .waitFor(patience)
    await shown(page, 'verify-ended')
    await page.getByRole('button', { name: 'Verify again' }).waitFor()
    expect(await page.getByText('Your migration', { exact: false }).count()).toBe(0)
    expect(writesAmong(proxy.counts())).toEqual([])
  })
})
