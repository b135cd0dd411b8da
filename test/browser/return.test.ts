import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { type AgentProcess, type Process, pair, startProcess } from '../support/agent-process.ts'
import { chromiumBin, type ExtensionBrowser, startChromium } from '../support/chromium.ts'

/** The screen is to be right this soon after the agent can be reached. */
const soon = { timeout: 5000 }
const aRun = { timeout: 180_000, interval: 300 }

describe.runIf(chromiumBin)('nobody looked for a while, and the screen is right again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-return-'))
  const profile = join(folder, 'browser')
  let agent: Process<AgentProcess>
  let call: Awaited<ReturnType<typeof pair>>
  let browser: ExtensionBrowser
  let id = ''

  const view = async () =>
    ((await (await call(`/api/migrations/${id}`)).json()) as MigrationDetail).migration
  const act = (what: string) => call(`/api/migrations/${id}/${what}`, { method: 'POST' })
  const make = async (name: string, path: string, attachments: string | null) => {
    const source = { kind: 'backup', path, attachments }
    const body = { name, source, site: { kind: 'practice' } }
    const answer = await call('/api/migrations', { method: 'POST', body: JSON.stringify(body) })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as MigrationView).id
  }
  const shown = (page: Page) => page.locator('main').innerText()
  const notified = () =>
    browser.worker.evaluate(async () => Object.keys(await chrome.notifications.getAll()))
  /** The alarm of every half minute, fired by hand. */
  const alarm = () =>
    browser.worker.evaluate(() => {
      const event = chrome.alarms.onAlarm as unknown as { dispatch: (alarm: object) => void }
      event.dispatch({ name: 'pull' })
    })

  beforeAll(async () => {
    const sample = await writeSample(join(folder, 'sample'))
    agent = await startProcess<AgentProcess>([
      'serve',
      '--json',
      '--port',
      '0',
      '--folder',
      join(folder, 'agent'),
    ])
    call = await pair(agent.said)
    id = await make('Left alone', sample.backup, sample.attachments)
    browser = await startChromium(undefined, { profile })
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.said.url, call.token] as const,
    )
  })
  afterAll(async () => {
    await browser?.close()
    agent?.child.kill('SIGCONT')
    await agent?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('two windows agree on what is done in one of them', async () => {
    const other = await make('Seen twice', '/x.zip', null)
    const page = await browser.open('sidepanel.html')
    const opened = browser.context.waitForEvent('page')
    await browser.worker.evaluate(
      (url) => chrome.windows.create({ url }),
      `${browser.base}/sidepanel.html`,
    )
    const second = await opened
    for (const one of [page, second]) await one.getByText('Seen twice').waitFor()
    await page.getByRole('button', { name: 'Actions for Seen twice' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    for (const one of [page, second])
      await expect.poll(() => shown(one), soon).not.toContain('Seen twice')
    expect(await second.getByRole('link', { name: 'Archived (1)' }).count()).toBe(1)
    // The same migration, open in both.
    for (const one of [page, second]) {
      await one.goto(`${browser.base}/sidepanel.html#/m/${other}`)
      await one.getByRole('heading', { name: 'Seen twice' }).waitFor()
    }
    await second.getByRole('button', { name: 'Restore from archive' }).click()
    await page.getByRole('button', { name: 'Archive', exact: true }).waitFor()
    await second.close()
    await page.close()
  })

  test('killed in the middle of a run: what ended meanwhile is told once', aRun, async () => {
    const page = await browser.open('sidepanel.html')
    expect((await act('run')).ok).toBe(true)
    await expect.poll(() => shown(page), soon).toContain('Running')
    // A pause holds it at its next batch, wherever it is asked for.
    await act('pause')
    await expect.poll(() => shown(page), { timeout: 60_000 }).toContain('Paused')
    await browser.kill()

    await act('resume')
    await vi.waitFor(async () => expect((await view()).status).not.toBe('running'), aRun)
    const ended = await view()
    expect(['finished', 'incomplete']).toContain(ended.status)

    browser = await startChromium(undefined, { profile })
    const back = await browser.open('sidepanel.html')
    const word = ended.status === 'finished' ? 'Finished' : 'Incomplete'
    await expect.poll(() => shown(back), soon).toContain(word)
    await expect.poll(() => shown(back), soon).not.toContain('Paused')
    await expect.poll(notified, soon).toContain(id)
    await browser.worker.evaluate((id) => chrome.notifications.clear(id), id)
    await back.reload()
    await expect.poll(() => shown(back), soon).toContain(word)
    await alarm()
    await new Promise((go) => setTimeout(go, 1000))
    expect(await notified()).not.toContain(id)
    await back.close()
  })

  test('an agent that hangs is called away, and believed again when it goes on', {
    timeout: 90_000,
  }, async () => {
    const page = await browser.open('sidepanel.html')
    await expect.poll(() => shown(page), soon).toContain('Left alone')
    agent.child.kill('SIGSTOP')
    await expect
      .poll(() => shown(page), { timeout: 40_000 })
      .toMatch(/The agent does not answer\s+as of \d\d:\d\d/)
    expect(await shown(page)).toContain('Left alone')
    agent.child.kill('SIGCONT')
    await make('After the hang', '/x.zip', null)
    await expect.poll(() => shown(page), soon).toContain('After the hang')
    expect(await shown(page)).not.toContain('The agent does not answer')
    await page.close()
  })

  test('a laptop asleep for an hour: the ages are true, and what happened then is there', {
    timeout: 60_000,
  }, async () => {
    const page = await browser.open('sidepanel.html')
    await expect.poll(() => shown(page), soon).toContain('After the hang')
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
    await make('Made while it slept', '/x.zip', null)
    // The clock of the one that sleeps is an hour ahead when it wakes.
    const { port } = new URL(agent.said.url)
    await agent.stop()
    await cdp.send('Page.setWebLifecycleState', { state: 'active' })
    await page.evaluate(() => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + 3_600_000
    })
    // The agent wakes later than the browser: until then it is said how old the list is.
    await expect.poll(() => shown(page), { timeout: 20_000 }).toContain('The agent does not answer')
    await expect.poll(() => shown(page), soon).toContain('1 h ago')
    agent = await startProcess<AgentProcess>([
      'serve',
      '--json',
      '--port',
      port,
      '--folder',
      join(folder, 'agent'),
    ])
    await expect.poll(() => shown(page), soon).not.toContain('The agent does not answer')
    await expect.poll(() => shown(page), soon).toContain('Made while it slept')
    expect(await shown(page)).not.toContain('just now')
    await page.close()
  })
})
