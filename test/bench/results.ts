import { loadavg } from 'node:os'
import type { ExtensionBrowser } from '../support/chromium.ts'
import { joined, type Scrolled, scroll, told } from './frames.ts'

/** How one case went once. */
export interface Result {
  name: string
  /** From navigation to the first rows painted, in ms; null where nothing was opened. */
  paintMs: number | null
  scrolled: Scrolled
}

/** Of each name a line: the first paint in the middle of all, and the longest task and frame of all. */
export function print(title: string, results: Result[]): void {
  console.log(`${title}; load of the machine ${loadavg()[0]?.toFixed(1)}`)
  for (const [name, own] of Map.groupBy(results, (one) => one.name)) {
    const paints = own.flatMap(({ paintMs }) => paintMs ?? []).toSorted((a, b) => a - b)
    const middle = paints[Math.floor(paints.length / 2)]
    const paint = middle === undefined ? '' : `${Math.round(middle)} ms to the first rows`
    const frames = told(joined(own.map(({ scrolled }) => scrolled)))
    console.log(['  ', name.padEnd(36), paint.padStart(25), frames].join(' '))
  }
}

/** An empty page of the extension, as high as a long list: what machine and browser cost before any code of ours. */
export async function empty(browser: ExtensionBrowser): Promise<Result> {
  const page = await browser.open('options.html')
  await page.evaluate(() => {
    const high = Object.assign(document.createElement('div'), { style: 'height: 640000px' })
    document.body.replaceChildren(high)
  })
  const scrolled = await scroll(page)
  await page.close()
  return { name: 'empty page', paintMs: null, scrolled }
}
