import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CDPSession } from 'playwright-core'
import { must } from '../../shared/assert.ts'
import { type ExtensionBrowser, startChromium } from '../support/chromium.ts'
import { startFakeAgent, token } from '../support/fake-agent.ts'
import { incomplete } from '../support/scenes.ts'
import { startSite } from '../support/site-proxy.ts'

const path = '/jira/software/c/projects/PAY/list'
/** All that the overlay does on a page is done by then, with room for a busy machine. */
const settleMs = 3000

/** A list of so many issues, with the names that Jira gives to its parts. */
const listOf = (issues: number) =>
  `<!doctype html><html lang="en"><title>Jira</title><body><table>${Array.from(
    { length: issues },
    (_, n) =>
      `<tr><td data-testid="business-list.ui.list-view.key-cell.issue-key"><a href="/browse/PAY-${n + 1}">PAY-${n + 1}</a></td><td>An issue of the list</td></tr>`,
  ).join('')}</table></body></html>`

interface Cost {
  /** The main thread of the page, in ms: all tasks, with style, layout and paint. */
  tasks: number
  /** What of it ran in functions of ours, or below them, in ms. */
  script: number
  shifts: number
}

/**
 * What the overlay costs a page of so many issues: the same page with it and, under a name on which it does not
 * lie, without. Machines differ and share their cores, so the two take turns and the middle one of each counts.
 */
export async function benchOverlay(issues: number): Promise<void> {
  const agent = await startFakeAgent()
  agent.show([incomplete])
  const page = listOf(issues)
  const site = await startSite((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
  })
  const plain = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
  })
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const browser = await startChromium(site.port, { asShipped: true })
  try {
    await browser.worker.evaluate(
      ([address, token]) => chrome.storage.local.set({ agent: { address, token, name: 'x' } }),
      [agent.address, token] as const,
    )
    const without = `http://localhost:${(plain.address() as AddressInfo).port}${path}`
    const costs: { with: Cost[]; without: Cost[] } = { with: [], without: [] }
    for (let turn = 0; turn < 8; turn++) {
      const lain = await cost(browser, `https://acme.atlassian.net${path}`)
      const bare = await cost(browser, without)
      // The first turn warms caches up.
      if (turn > 0) {
        costs.with.push(lain)
        costs.without.push(bare)
      }
    }
    const [lain, bare] = [middle(costs.with, 'tasks'), middle(costs.without, 'tasks')]
    console.log(`The overlay on a page of ${issues.toLocaleString('en')} issues, median of seven`)
    console.log(
      `  main thread ${lain.toFixed(1)} ms with it, ${bare.toFixed(1)} ms without: ${(lain - bare).toFixed(1)} ms more, ${(lain / bare).toFixed(2)} times`,
    )
    console.log(
      `  of that in its own functions ${middle(costs.with, 'script').toFixed(1)} ms; layout shift ${middle(costs.with, 'shifts').toFixed(4)}, ${middle(costs.without, 'shifts').toFixed(4)} without`,
    )
  } finally {
    await browser.close()
    await agent.close()
    await site.close()
    await new Promise((resolve) => plain.close(resolve))
  }
}

function middle(costs: Cost[], what: keyof Cost): number {
  const all = costs.map((one) => one[what]).toSorted((a, b) => a - b)
  return must(all[Math.floor(all.length / 2)], 'Nothing was measured.')
}

async function cost(browser: ExtensionBrowser, url: string): Promise<Cost> {
  const page = await browser.context.newPage()
  await page.addInitScript(() => {
    Object.assign(globalThis, { shifts: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shifts: number }).shifts += (
          entry as unknown as { value: number }
        ).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const session = await browser.context.newCDPSession(page)
  // The thread's own clock: what others do on the same cores does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await taskMs(session)
  await page.goto(url)
  await page.waitForTimeout(settleMs)
  const tasks = (await taskMs(session)) - before
  const shifts = await page.evaluate<number>('shifts')
  // Once more for the profile, which itself costs time.
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 200 })
  await session.send('Profiler.start')
  await page.reload()
  await page.waitForTimeout(settleMs)
  const { profile } = await session.send('Profiler.stop')
  await page.close()
  return { tasks, script: ownMs(profile), shifts }
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (
    1000 *
    must(
      metrics.find((one) => one.name === 'TaskDuration'),
      'No TaskDuration',
    ).value
  )
}

interface Profile {
  nodes: { id: number; callFrame: { url: string }; children?: number[] }[]
  samples?: number[]
  timeDeltas?: number[]
}

/** The time of all samples in a function of the extension, or in something that one called. */
function ownMs({ nodes, samples = [], timeDeltas = [] }: Profile): number {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const own = new Set<number>()
  const visit = (id: number, below: boolean): void => {
    const node = byId.get(id)
    if (!node) return
    const inside = below || node.callFrame.url.startsWith('chrome-extension://')
    if (inside) own.add(id)
    for (const child of node.children ?? []) visit(child, inside)
  }
  visit(must(nodes[0], 'An empty profile.').id, false)
  return samples.reduce((sum, id, n) => sum + (own.has(id) ? (timeDeltas[n] ?? 0) : 0), 0) / 1000
}
