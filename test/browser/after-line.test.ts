import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import type { MigrationView } from '../../shared/api.ts'
import type { AfterView } from '../../shared/api-after.ts'
import { type AgentProcess, type Process, pair, startProcess } from '../support/agent-process.ts'
import {
  accessibilityFaults,
  chromiumBin,
  type ExtensionBrowser,
  picture,
  startChromium,
} from '../support/chromium.ts'

/** The run takes seconds here; a slow machine gets its time. */
const aRun = { timeout: 180_000, interval: 500 }

describe.runIf(chromiumBin)('after a migration, from the first check to the sign-off', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-after-line-'))
  let agent: Process<AgentProcess>
  let browser: ExtensionBrowser
  let ask: Awaited<ReturnType<typeof pair>>
  let id: string

  beforeAll(async () => {
    const sample = await writeSample(join(folder, 'sample'))
    const home = join(folder, 'agent')
    agent = await startProcess(['serve', '--json', '--port', '0', '--folder', home])
    ask = await pair(agent.said)
    const made = await ask('/api/migrations', {
      method: 'POST',
      body: JSON.stringify({
        name: 'Payments',
        source: { kind: 'backup', path: sample.backup, attachments: sample.attachments },
        site: { kind: 'practice' },
        scope: { projects: null },
      }),
    })
    id = ((await made.json()) as MigrationView).id
    await ask(`/api/migrations/${id}/run`, { method: 'POST' })
    browser = await startChromium()
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.said.url, ask.token] as const,
    )
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('asks the site, opens a place on it, and signs a project off', {
    timeout: 300_000,
  }, async () => {
    await vi.waitFor(async () => {
      const { migrations } = (await (await ask('/api/state?since=0')).json()) as {
        migrations: MigrationView[]
      }
      expect(migrations.find((one) => one.id === id)?.status).toBe('finished')
    }, aRun)
    const page = await browser.open(`sidepanel.html#/m/${id}/after`, { width: 1200, height: 800 })
    await page.getByRole('button', { name: 'Run the checks' }).click()
    await page.getByRole('button', { name: 'Run all checks' }).waitFor(aRun)
    const { checks } = (await (await ask(`/api/migrations/${id}/after`)).json()) as AfterView
    const found = checks.filter(({ status }) => status !== 'success')
    // Its wiki is linked, its app installed, and its robot, which has no address, invited by hand.
    // What the plan left out of groups, files and roles is no place where something is wrong, but a list of its own.
    const leftOut = ({ lists }: (typeof found)[number]) =>
      lists.find(({ list }) => list === 'leftOut')?.rows ?? 0
    expect(found.map((one) => [one.key, one.status, one.places, leftOut(one)])).toEqual([
      ['group-members', 'warning', 0, 3],
      ['people-without-account', 'warning', 1, 0],
      ['attachments', 'warning', 0, 1],
      // The sample tells of no permission schemes: there is nothing to compare with.
      ['who-can-see', 'incomplete', 0, 0],
      ['role-members', 'warning', 0, 4],
      ['application-links', 'warning', 1, 0],
      ['apps', 'warning', 1, 0],
    ])
    await page.getByText('6 checks found something that needs a look.').waitFor()
    await page.getByText('14 checks found nothing').waitFor()
    const groups = page.getByRole('listitem').filter({ hasText: 'left out before the run' }).first()
    await groups.getByText('3 members were left out before the run').click()
    await groups.getByText('farid in payments-team was left out before the run').waitFor()

    const check = page.getByRole('listitem').filter({ hasText: 'The moved issues link to 1 other' })
    await check.getByText('Where: 1 place').click()
    // A practice site has no page for that; a real one has.
    await check.getByRole('cell', { name: 'Company wiki' }).waitFor()
    const saved = page.waitForEvent('download')
    await check.getByRole('button', { name: /^Download as CSV/ }).click()
    expect((await saved).suggestedFilename()).toBe('landfall-after-application-links.csv')

    const list = page.getByRole('region', { name: 'Checklist and sign-off' })
    const former = list.getByRole('listitem').filter({ hasText: 'Former User' }).first()
    await former.getByText('Answered by the checks').waitFor()
    expect(await list.getByRole('checkbox', { name: 'Former User' }).isChecked()).toBe(true)
    await check.getByRole('button', { name: /^Accept/ }).click()
    await page.getByLabel('Note', { exact: true }).fill('Linked this morning.')
    await page.getByLabel('Your name').first().fill('Dalia')
    await check.getByRole('button', { name: 'Accept it' }).click()
    await list.getByText('Accepted by Dalia').waitFor()

    await list.getByRole('button', { name: 'Sign off …' }).click()
    await list.getByLabel('Your name').fill('Dalia')
    await list.getByRole('button', { name: 'Sign off', exact: true }).click()
    await list.getByText('is signed off by Dalia.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await picture(page, 'after-line-signed')
    const report = await (await ask(`/api/migrations/${id}/checklist.csv`)).text()
    expect(report).toMatch(/Sign-off,yes,by hand,Dalia,/)
    await page.close()
  })
})
