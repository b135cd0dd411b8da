import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'
import {
  type AgentProcess,
  type PracticeProcess,
  type Process,
  startProcess,
} from '../support/agent-process.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'
import { atStep, nextStep, walkToChecks, walkToReview } from '../support/stepper.ts'

/** Reading, checking, planning and running are the agent's work: a slow machine gets its time. */
const patience = { timeout: 120_000 }

describe.runIf(chromiumBin)(
  'a migration is set up with the real agent',
  { timeout: 240_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-setup-'))
    let agent: Process<AgentProcess>
    let practice: Process<PracticeProcess>
    let browser: ExtensionBrowser
    let sample: Awaited<ReturnType<typeof writeSample>>

    beforeAll(async () => {
      sample = await writeSample(join(folder, 'sample'))
      agent = await startProcess<AgentProcess>([
        'serve',
        '--json',
        '--port',
        '0',
        '--folder',
        join(folder, 'agent'),
      ])
      practice = await startProcess<PracticeProcess>([
        'practice',
        '--port',
        '0',
        '--rate-limits',
        'off',
      ])
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
      await practice?.stop()
      await agent?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    test('for people by hand and by CSV, and stops at a name it was told to stop at', async () => {
      const page = await browser.open('sidepanel.html#/new')
      await walkToReview(page, { name: 'By hand', ...sample })
      await page.getByRole('link', { name: 'People', exact: true }).click()
      await page.getByLabel('Search people').fill('hiro')
      await page.getByLabel('What Amara Okafor becomes').waitFor({ state: 'detached' })
      await page.getByLabel('What Hiro Tanaka becomes').selectOption('placeholder')
      await page.getByRole('cell', { name: 'Placeholder', exact: true }).waitFor()
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download as CSV' }).click()
      const csv = readFileSync(await (await saving).path(), 'utf8')
      expect(csv).toMatch(/Hiro Tanaka,hiro@kestrelpay\.example,placeholder/)
      const send = (text: string) =>
        page
          .getByLabel('Upload the CSV')
          .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await send(csv.replace('example,placeholder,', 'example,nonsense,'))
      await page.getByText('Nothing was changed: 1 line is wrong.').waitFor()
      await picture(page, 'setup-real-csv')
      await send(csv.replace('example,placeholder,', 'example,email,'))
      await page.getByText(/^1 person changed/).waitFor()
      await page.getByRole('cell', { name: 'By e-mail Hiro Tanaka' }).waitFor()
      await page.getByRole('link', { name: 'Name conflicts', exact: true }).click()
      await page.getByRole('combobox', { name: 'Statuses' }).selectOption('stop')
      await page.getByText('Saved', { exact: true }).waitFor()
      await page.getByRole('link', { name: 'Checks', exact: true }).click()
      await page.getByText(/errors? blocks? the run/).waitFor(patience)
      await page.getByText('Names to stop at', { exact: true }).first().waitFor()
      await picture(page, 'setup-real-stopped')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('link', { name: 'Review', exact: true }).click()
      await page.getByText('A check blocks the run').first().waitFor()
      const run = page.getByRole('button', { name: 'Save and run' })
      expect(await run.getAttribute('aria-disabled')).toBe('true')
      await page.close()
    })

    test('from its name to its proof, with all checks asked before', async () => {
      const page = await browser.open('sidepanel.html#/new')
      await walkToReview(page, { name: 'Rehearsal', ...sample })
      await picture(page, 'setup-real-review')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('link', { name: 'Checks', exact: true }).click()
      await page.getByText('No check blocks the run.').waitFor(patience)
      await picture(page, 'setup-real-checks')
      await page.getByRole('link', { name: 'People', exact: true }).click()
      await page.getByRole('columnheader', { name: 'Becomes' }).waitFor()
      await picture(page, 'setup-real-people')
      await page.getByRole('link', { name: 'Name conflicts' }).click()
      await page.getByText('Statuses').first().waitFor()
      await picture(page, 'setup-real-names')
      await page.getByRole('link', { name: 'Inspection' }).click()
      await page.getByText('What was found').waitFor()
      await picture(page, 'setup-real-inspection')
      await page.getByRole('link', { name: 'Review' }).click()
      await page.getByText('to read and compare').waitFor(patience)
      await page.getByRole('button', { name: 'Save and run' }).click()
      await page.getByRole('heading', { name: 'Rehearsal', level: 1 }).waitFor()
      await page
        .getByText(/^(Finished|Incomplete)$/)
        .first()
        .waitFor(patience)
      await page.getByRole('link', { name: 'Checks', exact: true }).click()
      await page.getByText('checked').first().waitFor()
      await page.getByRole('link', { name: /^Needs attention/ }).click()
      // Of the items; an app waits for a decision.
      await page.getByText('No item needs you').waitFor()
      await page.getByText(/^By [\d,]+ causes?/).click()
      await page.getByRole('button', { name: /^Accept .*lets a person vote/ }).click()
      await page.getByLabel('Note').fill('Nobody counts them here')
      await page.getByLabel('Your name').fill('Anna')
      await page.getByRole('button', { name: 'Accept it', exact: true }).click()
      await page.getByText('1 accepted').click()
      await page.getByText('Accepted by Anna: Nobody counts them here').waitFor()
      await picture(page, 'setup-real-attention')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Take back' }).click()
      await page.getByText('1 accepted').waitFor({ state: 'detached' })
      await page.close()
    })

    test('again, once the practice site was emptied from its checks', async () => {
      const page = await browser.open('sidepanel.html#/new')
      await walkToChecks(page, { name: 'Once more', ...sample })
      const open = page.getByRole('button', { name: 'Empty the practice site' }).first()
      await open.waitFor(patience)
      await open.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Empty the practice site?' })
      // Who put it there is told, and a hasty Enter keeps it.
      await dialog.getByText('“Rehearsal”').waitFor()
      await picture(page, 'setup-real-empty-practice')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      await open.press('Enter')
      // It can be emptied once the agent has told what goes.
      await dialog.getByText('“Rehearsal”').waitFor()
      await dialog.getByRole('button', { name: 'Empty it' }).press('Enter')
      await page.getByText('No check blocks the run.').waitFor(patience)
      await dialog.waitFor({ state: 'detached' })
      await page.close()
    })

    test('to a site whose token is tried at once, and never comes back', async () => {
      const { url, email, token } = practice.said
      const page = await browser.open('sidepanel.html#/new')
      await page.getByLabel('Name', { exact: true }).fill('To a site')
      await nextStep(page)
      await atStep(page, 'Source')
      await page.getByLabel('Upload a backup').setInputFiles(sample.backup)
      await expect.poll(() => page.getByLabel('Path of the backup').inputValue()).not.toBe('')
      await nextStep(page)
      await atStep(page, 'Inspection')
      await page.getByText('What was found').waitFor(patience)
      await nextStep(page)
      await atStep(page, 'Site')
      await page.getByRole('radio', { name: /^Jira Cloud site/ }).check()
      await page.getByLabel('Address', { exact: true }).fill(url)
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('API token').fill('wrong')
      await page.keyboard.press('Tab')
      await page.getByRole('alert').waitFor()
      await page.getByLabel('API token').fill(token)
      await page.keyboard.press('Tab')
      await page.getByText('The token belongs to').waitFor(patience)
      await picture(page, 'setup-real-site')
      await nextStep(page)
      await atStep(page, 'Scope')
      await page.getByRole('radio', { name: 'Chosen ones' }).check()
      const first = page.getByRole('checkbox').first()
      await first.check()
      await picture(page, 'setup-real-scope')
      const address = page.url()
      await page.getByText('Kept in this browser').waitFor()
      await page.close()
      const again = await browser.open(address.slice(address.indexOf('sidepanel.html')))
      await expect.poll(() => again.getByRole('checkbox').first().isChecked()).toBe(true)
      await again.getByRole('link', { name: 'Site', exact: true }).click()
      await again.getByText('The agent has one. Leave this empty to keep it.').waitFor()
      const kept = await browser.worker.evaluate(() => chrome.storage.local.get())
      expect(JSON.stringify(kept)).not.toContain(token)
      await again.getByRole('button', { name: 'Test the connection' }).click()
      await again.getByText('The token belongs to').waitFor(patience)
      await again.close()
    })

    test('and one that has run says what a new run will do', async () => {
      const list = await browser.open('sidepanel.html')
      await list.getByRole('link', { name: 'Rehearsal' }).first().click()
      await list.getByRole('heading', { name: 'Rehearsal', level: 1 }).waitFor()
      const id = must(/#\/m\/([^/]+)/.exec(list.url()), list.url())[1]
      await list.close()
      const page = await browser.open(`sidepanel.html#/migration/${id}/edit/name`)
      await page.getByText('What a run that begins now will do').waitFor()
      await picture(page, 'setup-real-edit')
      await page.getByRole('link', { name: 'Source', exact: true }).click()
      await page.getByRole('button', { name: 'Copy the migration' }).click()
      await expect
        .poll(() => page.getByLabel('Name', { exact: true }).inputValue())
        .toBe('Copy of Rehearsal')
      await page.close()
    })
  },
)
