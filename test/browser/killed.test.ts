import { closeSync, mkdtempSync, openSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'
import { setupSteps } from '../../shared/setup.ts'
import { type AgentProcess, type Process, pair, startProcess } from '../support/agent-process.ts'
import { chromiumBin, type ExtensionBrowser, picture, startChromium } from '../support/chromium.ts'
import { atStep, nextStep } from '../support/stepper.ts'
import { foldOut, standStill, whatMoved } from '../support/still.ts'

/** Reading, checking and planning are the agent's work: a slow machine gets its time. */
const patience = { timeout: 60_000 }
/** The screen is to be right this soon after the agent can be reached, or is gone. */
const soon = { timeout: 5000 }
const away = 'The agent does not answer'

/** One migration from its name to its end, by a person whose browser, then whose agent, is ended (kill -9) on the way. */
describe.runIf(chromiumBin)(
  'a browser dies, or the agent, and what was there stays',
  { timeout: 240_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-killed-'))
    const profile = join(folder, 'browser')
    const big = join(folder, 'big.zip')
    let sample: Awaited<ReturnType<typeof writeSample>>
    let agent: Process<AgentProcess>
    let call: Awaited<ReturnType<typeof pair>>
    let browser: ExtensionBrowser
    let page: Page
    /** The migration, once it has been saved for good. */
    let id = ''

    const start = (port: string) =>
      startProcess<AgentProcess>([
        'serve',
        '--json',
        '--port',
        port,
        '--folder',
        join(folder, 'agent'),
      ])
    /** The browser dies and is started again; what it had stands in its profile. */
    const dies = async (meanwhile = async () => {}) => {
      await browser.kill()
      await meanwhile()
      browser = await startChromium(undefined, { profile })
    }
    /** As a person comes back: to the list, and to what stands there unfinished. */
    const comesBack = async () => {
      page = await browser.open('sidepanel.html')
      await page.getByRole('link', { name: 'Half done', exact: true }).click()
    }
    const shown = (one: Page) => one.locator('main').innerText()
    const field = (label: string) => page.getByLabel(label, { exact: true })
    const idOf = () => {
      const address = page.url()
      return must(/#\/migration\/([^/]+)/.exec(address)?.[1], address)
    }
    const ask = async <T>(path: string) => (await (await call(path)).json()) as T

    beforeAll(async () => {
      sample = await writeSample(join(folder, 'sample'))
      closeSync(openSync(big, 'w'))
      truncateSync(big, 40_000_000)
      agent = await start('0')
      call = await pair(agent.said)
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

    test('a browser that dies at the name: what was typed is there, though no agent knew of it', async () => {
      page = await browser.open('sidepanel.html#/new')
      await field('Name').fill('Half done')
      await page.getByText('Kept in this browser, not saved yet').waitFor()
      await dies()
      page = await browser.open('sidepanel.html')
      await page.getByRole('link', { name: 'New migration' }).first().click()
      await expect.poll(() => field('Name').inputValue()).toBe('Half done')
      await nextStep(page)
      await atStep(page, 'Source')
    })

    test('… while it sends a backup: the fields are there, and that the file is not is said', async () => {
      await field('Path of the backup').fill(sample.backup)
      await field('Attachments folder').fill(sample.attachments)
      await page.getByText('Kept in this browser, not saved yet').waitFor()
      // An agent that does not read on holds the file half way.
      agent.child.kill('SIGSTOP')
      await page.getByLabel('Upload a backup').setInputFiles(big)
      await page.getByRole('progressbar', { name: 'Uploading big.zip' }).waitFor()
      await dies(async () => void agent.child.kill('SIGCONT'))
      await comesBack()
      await atStep(page, 'Source')
      expect(await field('Path of the backup').inputValue()).toBe(sample.backup)
      expect(await field('Attachments folder').inputValue()).toBe(sample.attachments)
      const told = page.getByText('The upload of big.zip was cut short')
      await told.waitFor()
      await picture(page, 'killed-upload')
      const { backups } = await ask<{ backups: { name: string }[] }>('/api/sources')
      expect(backups.filter(({ name }) => name.includes('big'))).toEqual([])
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await told.waitFor({ state: 'detached' })
      await page.reload()
      await page.getByLabel('Upload a backup').waitFor()
      expect(await told.count()).toBe(0)
    })

    test('… while the source is read: the agent reads on, and it comes back to what was found', async () => {
      await nextStep(page)
      await atStep(page, 'Inspection')
      const setup = idOf()
      const read = async () =>
        (await ask<{ state: string }>(`/api/migrations/${setup}/inspection`)).state
      await vi.waitFor(async () => expect(await read()).not.toBe('none'), patience)
      await dies(() => vi.waitFor(async () => expect(await read()).toBe('done'), patience))
      await comesBack()
      await atStep(page, 'Inspection')
      await page.getByText('What was found').waitFor(patience)
    })

    test('… with a token typed: all else is there, and that the token is not is said', async () => {
      await nextStep(page)
      await atStep(page, 'Site')
      await page.getByRole('radio', { name: /^Jira Cloud site/ }).check()
      await field('Address').fill('https://acme.atlassian.net')
      await field('E-mail address').fill('ada@acme.example')
      await field('API token').pressSequentially('SECRETTOKEN')
      await dies()
      await comesBack()
      await atStep(page, 'Site')
      await expect.poll(() => field('Address').inputValue()).toBe('https://acme.atlassian.net')
      expect(await field('E-mail address').inputValue()).toBe('ada@acme.example')
      expect(await field('API token').inputValue()).toBe('')
      await page.getByText(/The browser keeps no tokens: type it again/).waitFor()
      await picture(page, 'killed-token')
      const kept = await browser.worker.evaluate(() => chrome.storage.local.get())
      expect(JSON.stringify(kept)).not.toContain('SECRETTOKEN')
      await page.getByRole('radio', { name: /^Practice site/ }).check()
      await nextStep(page)
      await atStep(page, 'Scope')
    })

    test('… with a mapping just changed: the choice is kept, and it goes on to a run', async () => {
      await nextStep(page)
      await atStep(page, 'People')
      const choice = () => page.getByLabel('What Hiro Tanaka becomes')
      await page.getByLabel('Search people').fill('hiro')
      await page.getByLabel('What Amara Okafor becomes').waitFor({ state: 'detached' })
      await choice().selectOption('placeholder')
      await page.getByRole('cell', { name: 'Placeholder', exact: true }).waitFor()
      await dies()
      await comesBack()
      await atStep(page, 'People')
      await page.getByLabel('Search people').fill('hiro')
      await page.getByLabel('What Amara Okafor becomes').waitFor({ state: 'detached' })
      expect(await choice().inputValue()).toBe('placeholder')
      for (const step of ['Name conflicts', 'Checks']) {
        await nextStep(page)
        await atStep(page, step)
      }
      await page.getByText('No check blocks the run.').waitFor(patience)
      await nextStep(page)
      await atStep(page, 'Review')
      await page.getByText('to read and compare').waitFor(patience)
      await page.getByRole('button', { name: 'Save and run' }).click()
      await page.getByRole('heading', { name: 'Half done', level: 1 }).waitFor()
      id = must(/#\/m\/([^/]+)/.exec(page.url())?.[1], page.url())
    })

    /** The agent dies (kill -9) under these pages, and is started again. */
    const agentDies = async (pages: Map<string, Page>, whileAway: () => Promise<void>) => {
      for (const one of pages.values()) await foldOut(one)
      // What is on its way to the pages has arrived when their places are written down.
      agent.child.kill('SIGSTOP')
      await new Promise((go) => setTimeout(go, 500))
      for (const one of pages.values()) await standStill(one)
      await agent.kill()
      for (const [place, one] of pages)
        await expect.poll(() => shown(one), { ...soon, message: place }).toContain(away)
      await whileAway()
      agent = await start(new URL(agent.said.url).port)
      for (const [place, one] of pages)
        await expect.poll(() => shown(one), { ...soon, message: place }).not.toContain(away)
    }
    const stands = async (pages: Map<string, Page>, atLeast = 10) => {
      for (const [place, one] of pages) {
        const { moved, of } = await whatMoved(one)
        expect(moved, place).toEqual([])
        expect(of, place).toBeGreaterThan(atLeast)
      }
    }
    /** Each place in a page of its own, in turn as wide as a tab and as a side panel. */
    const openAll = async (places: string[]) => {
      const pages = new Map<string, Page>()
      for (const [i, place] of places.entries())
        pages.set(place, await browser.open(place, { width: i % 2 ? 400 : 1200, height: 700 }))
      return pages
    }

    test('an agent that dies in the run: nothing that is shown of it moves, and it goes on', async () => {
      const tabs = ['overview', 'logs', 'includes', 'progress']
      const pages = await openAll([
        ...tabs.map((tab) => `sidepanel.html#/m/${id}/${tab}`),
        'popup.html',
      ])
      await pages
        .get(`sidepanel.html#/m/${id}/logs`)
        ?.getByText(/Planned [\d,]+ items/)
        .first()
        .waitFor(patience)
      await page.getByText('Running', { exact: true }).first().waitFor(patience)
      await agentDies(pages, async () => {
        expect((await shown(page)).match(/Was running/)).not.toBeNull()
        await stands(pages, 5)
        await picture(must(pages.get('popup.html'), 'the popup'), 'killed-agent-popup')
      })
      await page.getByText('Finished', { exact: true }).first().waitFor(patience)
      for (const one of pages.values()) await one.close()
    })

    test('an agent that dies and comes back: no page moves, wherever one is', async () => {
      const copy = await call(`/api/migrations/${id}/copy`, {
        method: 'POST',
        body: '{"name":null}',
      })
      const draft = ((await copy.json()) as { id: string }).id
      const tabs = [
        'overview',
        'includes',
        'apps',
        'checks',
        'attention',
        'after',
        'progress',
        'logs',
      ]
      const pages = await openAll([
        'sidepanel.html#/',
        ...tabs.map((tab) => `sidepanel.html#/m/${id}/${tab}`),
        `sidepanel.html#/m/${id}/items`,
        ...setupSteps.map((step) => `sidepanel.html#/migration/${draft}/edit/${step}`),
      ])
      for (const one of pages.values()) {
        await one.locator('main h1').first().waitFor()
        await expect.poll(() => one.locator('.skeleton').count(), patience).toBe(0)
      }
      const checks = pages.get(`sidepanel.html#/migration/${draft}/edit/checks`)
      await checks?.getByText('blocks the run').first().waitFor(patience)
      await pages
        .get(`sidepanel.html#/migration/${draft}/edit/review`)
        ?.getByText('to read and compare')
        .waitFor(patience)
      await agentDies(pages, () => stands(pages))
      await stands(pages)
    })
  },
)
