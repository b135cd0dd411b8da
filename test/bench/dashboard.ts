import { stored } from '../../extension/cache/stored.ts'
import { migrationStatuses } from '../../shared/status.ts'
import { type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { at, migration, running } from '../support/scenes.ts'
import { emptyPage, type Scrolled, scroll, told } from './frames.ts'

/** A row of the cache, in the states and lengths that a list meets. */
const row = (i: number) =>
  stored(
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
        }),
  )

export interface Result {
  name: string
  paintMs: number
  scrolled: Scrolled
}

/**
 * The dashboard with so many migrations in its cache beside a plain table of the same rows and an empty page, in
 * the same browser: from navigation to the first rows painted, and the frames while it is scrolled in jumps.
 * Machines differ, so read the ratios.
 */
export async function benchDashboard(many: number): Promise<void> {
  const browser = await startChromium()
  try {
    await fill(browser, many)
    const results: Result[] = []
    for (let i = 0; i < 3; i++)
      results.push(await empty(browser), await dashboard(browser), await plain(browser))
    console.log(`${many.toLocaleString('en')} migrations, median of three`)
    print(results)
  } finally {
    await browser.close()
  }
}

/** Of each name the run whose first paint is the middle one. */
export function print(results: Result[]): void {
  for (const name of new Set(results.map((one) => one.name))) {
    const own = results.filter((one) => one.name === name)
    const middle = own.toSorted((a, b) => a.paintMs - b.paintMs)[Math.floor(own.length / 2)]
    if (middle)
      console.log(
        [
          name.padEnd(12),
          `${Math.round(middle.paintMs)} ms to the first rows`.padStart(26),
          told(middle.scrolled),
        ].join(' '),
      )
  }
}

/** Puts the rows into the extension's own database; the agent is one that nobody runs. */
async function fill(browser: ExtensionBrowser, many: number): Promise<void> {
  await browser.worker.evaluate(() =>
    chrome.storage.local.set({ agent: { address: 'http://127.0.0.1:9', token: 'x', name: 'x' } }),
  )
  const page = await browser.open('sidepanel.html')
  await page.getByText('The agent does not answer').waitFor()
  for (let from = 0; from < many; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, many - from) }, (_, i) => row(from + i))
    await page.evaluate(
      (batch) =>
        new Promise<void>((done, failed) => {
          const opening = indexedDB.open('landfall')
          opening.onerror = () => failed(opening.error)
          opening.onsuccess = () => {
            const write = opening.result.transaction('migrations', 'readwrite')
            for (const one of batch) write.objectStore('migrations').put(one)
            write.onerror = () => failed(write.error)
            write.oncomplete = () => {
              opening.result.close()
              done()
            }
          }
        }),
      rows,
    )
  }
  await page.close()
}

/** What the machine and the browser cost before any code of ours runs. */
export async function empty(browser: ExtensionBrowser): Promise<Result> {
  const page = await browser.open('options.html')
  await emptyPage(page)
  const scrolled = await scroll(page)
  await page.close()
  return { name: 'empty page', paintMs: 0, scrolled }
}

async function dashboard(browser: ExtensionBrowser): Promise<Result> {
  const page = await browser.open('options.html')
  await page.goto(`${browser.base}/sidepanel.html`, { waitUntil: 'commit' })
  const paintMs = await page.evaluate(async () => {
    while (document.querySelectorAll('.migration-row').length < 8)
      await new Promise(requestAnimationFrame)
    // One more frame: what is in the document then has been painted.
    await new Promise(requestAnimationFrame)
    return performance.now()
  })
  const scrolled = await scroll(page)
  await page.close()
  return { name: 'dashboard', paintMs, scrolled }
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
  return { name: 'plain list', paintMs, scrolled }
}

if (import.meta.main) await benchDashboard(Number(process.argv[2] ?? 10_000))
