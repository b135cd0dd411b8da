import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentProcess, type Process, startProcess } from '../support/agent-process.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { type DataCenter, startDataCenter } from '../support/data-center/box.ts'
import { makeWorld } from '../support/data-center/world.ts'
import { atStep, nextStep } from '../support/stepper.ts'

/** Reading, checking, planning and running are the agent's work: a slow machine gets its time. */
const patience = { timeout: 120_000 }

describe.runIf(chromiumBin)('a live Data Center with the real agent', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-live-line-'))
  let agent: Process<AgentProcess>
  let browser: ExtensionBrowser
  let box: DataCenter

  beforeAll(async () => {
    box = await startDataCenter({ world: makeWorld(40) })
    const args = ['serve', '--json', '--port', '0', '--folder', join(folder, 'agent')]
    agent = await startProcess<AgentProcess>(args)
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
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.stop()
    await box?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('from its address and token to the proof that all of it arrived', async () => {
    const page = await browser.open('sidepanel.html#/new', { width: 480, height: 900 })
    page.setDefaultTimeout(patience.timeout)
    await page.getByLabel('Name', { exact: true }).fill('From the live one')
    await nextStep(page)
    await atStep(page, 'Source')
    await page.getByRole('radio', { name: /^A live Data Center/ }).check()
    await page.getByLabel('Address of Jira').fill(`${box.url}/projects/PAY`)
    await page.getByLabel('Personal access token').fill('wrong')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('does not accept the token').waitFor()
    await page.getByLabel('Personal access token').fill(box.token)
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText('It is read as Ada Admin.').waitFor()
    await page.getByText('3 projects and 45 issues').waitFor()
    await picture(page, 'live-real-source')

    let slow = true
    box.moods.before = (path) =>
      slow && path.includes('/issue/1105/')
        ? { status: 503, headers: { 'retry-after': '1' } }
        : undefined
    await nextStep(page)
    await atStep(page, 'Inspection')
    await page.getByRole('button', { name: /^Read the issues of/ }).click()
    await page.getByText(/failed with 503.*Trying again in/).waitFor()
    await picture(page, 'live-real-waiting')
    slow = false
    await page.getByText('What was found').waitFor()
    await page.getByRole('link', { name: /^1 Archived projects: Jira gives/ }).waitFor()
    await picture(page, 'live-real-inspection')
    expect(await accessibilityFaults(page)).toEqual([])

    await nextStep(page)
    await atStep(page, 'Site')
    await page.getByRole('radio', { name: /^Practice site/ }).check()
    for (const step of ['Scope', 'People', 'Name conflicts', 'Checks']) {
      await nextStep(page)
      await atStep(page, step)
    }
    await page.getByText('No check blocks the run.').waitFor()
    await nextStep(page)
    await atStep(page, 'Review')
    await page.getByText('to read and compare').waitFor()
    await page.getByRole('button', { name: 'Save and run' }).click()
    await page.getByRole('heading', { name: 'From the live one', level: 1 }).waitFor()
    await page
      .getByText(/^(Finished|Incomplete)$/)
      .first()
      .waitFor()
    await picture(page, 'live-real-finished')
    expect(await page.getByText('Finished', { exact: true }).count()).toBeGreaterThan(0)
    await page.getByText('straight from the Jira that runs').waitFor()
  })
})
