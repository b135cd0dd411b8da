import type { Page } from 'playwright-core'
import { migrationStatuses } from '../../shared/status.ts'
import { type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { type FakeAgent, startFakeAgent, token } from '../support/fake-agent.ts'
import { at, migration, running } from '../support/scenes.ts'
import { type Scrolled, scroll, type } from './frames.ts'
import { empty, print, type Result } from './results.ts'

/** A migration, in the states and lengths that a list meets. */
const row = (i: number) =>
  i < 3
    ? { ...running, id: `run${i}`, name: `Running ${i}` }
    : migration({
        id: `m${i}`,
        name: `Migration ${i} of the ${i % 2 ? 'payments' : 'people'} department`,
        status: migrationStatuses[i % 4 === 1 ? 0 : i % 4] ?? 'saved',
        changedAt: at - i * 60_000,
        issues: (i * 7919) % 100_000,
        needsAttention: i % 4 === 2 ? i % 7 : 0,
        totals: {
          source: i,
          verified: i,
          verifiedWithLoss: 0,
          different: 0,
          leftOut: 0,
          failed: 0,
        },
      })

/** A run tells of itself about three times a second. */
const everyMs = 300
/** Reading them all takes some seconds. */
const comingMs = 120_000

/**
 * The dashboard with so many migrations of an agent beside a plain table of the same rows and an empty page, in the
 * same browser: from navigation to the first rows painted, and frames and tasks while it is scrolled and searched.
 * Machines differ, so read the ratios; a task above 50 ms is a key or a wheel that lags.
 */
export async function benchDashboard(many: number): Promise<void> {
  const agent = await startFakeAgent()
  const browser = await startChromium()
  try {
    agent.show(Array.from({ length: many }, (_, i) => row(i)))
    await browser.worker.evaluate(
      ([address, token]) =>
        chrome.storage.local.set({ agent: { address, token, name: 'this machine' } }),
      [agent.address, token] as const,
    )
    const results = [await coming(browser, many)]
    for (let i = 0; i < 3; i++)
      results.push(await empty(browser), ...(await dashboard(browser, agent)), await plain(browser))
    print(`${many.toLocaleString('en')} migrations, the worst of three`, results)
  } finally {
    await browser.close()
    await agent.close()
  }
}

/** Pages of an extension share a process: what one before this has left (80,000 cells) is not cleared away beside it. */
async function clearAway(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.detach()
}

const opened = async (browser: ExtensionBrowser): Promise<{ page: Page; paintMs: number }> => {
  const page = await browser.open('options.html')
  await clearAway(page)
  await page.goto(`${browser.base}/sidepanel.html`, { waitUntil: 'commit' })
  const paintMs = await page.evaluate(async () => {
    while (document.querySelectorAll('.migration-rows > .migration-row').length < 8)
      await new Promise(requestAnimationFrame)
    // One more frame: what is in the document then has been painted.
    await new Promise(requestAnimationFrame)
    return performance.now()
  })
  return { page, paintMs }
}

/** The very first time: rows come from the agent page by page while somebody scrolls through those that are there. */
async function coming(browser: ExtensionBrowser, many: number): Promise<Result> {
  const began = Date.now()
  const { page } = await opened(browser)
  const scrolled = await scroll(page, undefined, 4)
  await page.getByText(`Active (${many.toLocaleString('en')})`).waitFor({ timeout: comingMs })
  console.log(`${many.toLocaleString('en')} migrations in the cache after ${Date.now() - began} ms`)
  await page.close()
  return { name: 'list scrolled, rows still coming', paintMs: null, scrolled }
}

/** The list from the cache: scrolled at once, when its whole order is known, and beside a run, and searched there. */
async function dashboard(browser: ExtensionBrowser, agent: FakeAgent): Promise<Result[]> {
  const { page, paintMs } = await opened(browser)
  const results: Result[] = []
  const add = (name: string, scrolled: Scrolled, paintMs: number | null = null) =>
    results.push({ name, paintMs, scrolled })
  add('list scrolled, order still coming', await scroll(page), paintMs)
  // All can be chosen once all are known.
  await page.locator('.migration-heads input:enabled').waitFor()
  add('list scrolled', await scroll(page))
  let { done } = running.progress
  const timer = setInterval(() => {
    done += 17
    agent.show([{ ...row(0), progress: { ...running.progress, done } }])
  }, everyMs)
  try {
    add('list scrolled, a run going on', await scroll(page, undefined, 2))
    await page.getByLabel('Search').focus()
    const found = page.getByRole('link', { name: 'Migration 4243 of the payments department' })
    const typed = await type(page, '4243 payments', 60, () => found.waitFor())
    add('list searched, a run going on', typed)
  } finally {
    clearInterval(timer)
  }
  await page.close()
  return results
}

/** Reads all rows and makes a table row for each, as a list without a window does. */
async function plain(browser: ExtensionBrowser): Promise<Result> {
  const page = await browser.open('options.html')
  const paintMs = await page.evaluate(async () => {
    const start = performance.now()
    const rows = await new Promise<{ name: string; status: string; changedAt: number }[]>(
      (done, failed) => {
        const opening = indexedDB.open('landfall')
        opening.onerror = () => failed(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('migrations').objectStore('migrations').getAll()
          all.onsuccess = () => done(all.result)
          all.onerror = () => failed(all.error)
        }
      },
    )
    const table = document.createElement('table')
    for (const one of rows) {
      const line = table.insertRow()
      const when = new Date(one.changedAt).toISOString()
      for (const text of [one.name, one.status, when, when, when, 'x', 'y', 'z'])
        line
          .insertCell()
          .append(Object.assign(document.createElement('span'), { textContent: text }))
    }
    document.body.replaceChildren(table)
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - start
  })
  const scrolled = await scroll(page)
  await page.close()
  return { name: 'plain list scrolled', paintMs, scrolled }
}

if (import.meta.main) await benchDashboard(Number(process.argv[2] ?? 10_000))
