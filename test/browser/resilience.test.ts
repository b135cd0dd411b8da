import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentProcess, type Process, pair, startProcess } from '../support/agent-process.ts'
import { chromiumBin, type ExtensionBrowser, startChromium } from '../support/chromium.ts'

/** The screen is to be right this soon after the agent can be reached. */
const soon = { timeout: 5000 }

describe.runIf(chromiumBin)('whatever happens to the agent, the screen is right soon after', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-resilience-'))
  const home = join(folder, 'agent')
  let agent: Process<AgentProcess>
  let browser: ExtensionBrowser
  let page: Page
  let first: string

  const start = (port: string) =>
    startProcess<AgentProcess>(['serve', '--json', '--port', port, '--folder', home])
  const make = async (call: Awaited<ReturnType<typeof pair>>, name: string) => {
    const body = { name, source: { kind: 'backup', path: '/x.zip' }, site: { kind: 'practice' } }
    const answer = await call('/api/migrations', { method: 'POST', body: JSON.stringify(body) })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { id: string }).id
  }
  const shown = () => page.locator('main').innerText()

  beforeAll(async () => {
    agent = await start('0')
    browser = await startChromium()
    const call = await pair(agent.said)
    first = await make(call, 'Before the storm')
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.said.url, call.token] as const,
    )
    page = await browser.open('sidepanel.html')
    await page.getByText('Before the storm').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('killed: the last list stays, with its age, and nothing can be run', async () => {
    await agent.kill()
    await expect.poll(shown, soon).toContain('The agent does not answer')
    expect(await shown()).toContain('Before the storm')
    expect(await shown()).toMatch(/as of \d\d:\d\d/)
    await page.getByRole('button', { name: 'Actions for Before the storm' }).click()
    expect(await page.getByRole('menuitem', { name: /^Run/ }).innerText()).toContain(
      'The agent does not answer.',
    )
    await page.keyboard.press('Escape')
  })

  test('started again: it catches up without a reload, and so does each page opened meanwhile', async () => {
    const places = ['overview', 'includes', 'logs', 'progress', 'after', 'items', 'attention']
    const others: Page[] = []
    for (const place of places) {
      const other = await browser.open(`sidepanel.html#/m/${first}/${place}`)
      await other
        .getByText(/does not answer/)
        .first()
        .waitFor()
      others.push(other)
    }
    agent = await start(new URL(agent.said.url).port)
    const call = await pair(agent.said)
    await make(call, 'After the restart')
    await expect.poll(shown, soon).toContain('After the restart')
    await expect.poll(shown, soon).not.toContain('The agent does not answer')
    for (const [i, other] of others.entries())
      await expect
        .poll(() => other.locator('main').innerText(), { ...soon, message: places[i] ?? '' })
        .toMatch(/agent: this machine(?![\s\S]*does not answer)/)
    // Eight pages are open, and a browser has six connections to the agent: deeds still find one.
    const began = Date.now()
    const ask = { landfall: 'act', ask: { id: first, act: 'archive' } }
    const said = await page.evaluate((message) => chrome.runtime.sendMessage(message), ask)
    expect(said).toMatchObject({ ok: true })
    expect(Date.now() - began).toBeLessThan(2000)
    await page.evaluate((message) => chrome.runtime.sendMessage(message), {
      ...ask,
      ask: { ...ask.ask, act: 'unarchive' },
    })
    await Promise.all(others.map((other) => other.close()))
  })

  test('on another port: told so in the options, it goes on with its pairing', async () => {
    await agent.stop()
    agent = await start('0')
    const options = await browser.open('options.html')
    await options.getByLabel('Address', { exact: true }).fill(agent.said.url)
    await options.getByRole('button', { name: 'Save' }).click()
    await options.getByText('Saved.').waitFor()
    await options.close()
    const call = await pair(agent.said)
    await make(call, 'At another door')
    await expect.poll(shown, soon).toContain('At another door')
    expect(await shown()).toContain('Before the storm')
  })

  test('an hour later by the clock: the ages are told anew', async () => {
    await expect.poll(shown, soon).toContain('just now')
    await page.evaluate(() => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + 3_600_000
    })
    await expect.poll(shown, soon).not.toContain('just now')
    expect(await shown()).toContain('1 h ago')
  })

  test('its token revoked: pairing is asked for, and brings the list back', async () => {
    await agent.stop()
    const ledger = new DatabaseSync(join(home, 'ledger.sqlite'))
    ledger.exec('delete from client')
    ledger.close()
    agent = await start(new URL(agent.said.url).port)
    await expect.poll(shown, soon).toContain('Pair this browser with the agent')
    await page.getByLabel('Pairing code').fill(agent.said.code)
    await page.keyboard.press('Enter')
    await expect.poll(shown, soon).toContain('At another door')
  })
})
