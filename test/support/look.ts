import type { Page } from 'playwright-core'
import { accessibilityFaults, type ExtensionBrowser, picture } from './chromium.ts'

/** The narrowest, the side panel, between two breaks of the layout, and a wide tab; px. */
export const allWidths = [320, 360, 720, 1400]
/** Of these axe is asked; between them only the layout differs, and nothing may stick out. */
const ends = new Set([320, 1400])

/**
 * Takes the picture of what a page shows at each width, in light and dark, and gives what is wrong with it:
 * violations that axe finds, and what sticks out at the side.
 */
export async function lookAt(page: Page, name: string, widths = allWidths): Promise<string[]> {
  const faults: string[] = []
  const { height } = page.viewportSize() ?? { height: 640 }
  for (const width of widths) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `${name}-${width}-${colorScheme}`)
      if (ends.has(width) || widths.length === 1)
        faults.push(...(await accessibilityFaults(page)).map((f) => `${width} ${colorScheme} ${f}`))
    }
    const overflow = await sticksOut(page)
    if (overflow > 0) faults.push(`${width}: ${overflow} px stick out at the side`)
  }
  return faults
}

/**
 * How many pixels stick out at the side. Measured against the root's own box: its clientWidth counts the place kept
 * for a scroll bar as room, and would hide as much.
 */
export const sticksOut = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const root = document.documentElement
    return root.scrollWidth - Math.ceil(root.getBoundingClientRect().width)
  })

/**
 * Texts with marks that turn the writing direction, which no element of their own ends: what stands beside them would
 * be read from right to left. Such an element is a bdi or has a dir, or is a block or a box with nothing else in it.
 */
const turning = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      if (!/[\u202a-\u202e\u2066-\u2069]/.test(text)) continue
      let home = node.parentElement
      const isOwn = (one: HTMLElement) => {
        const { unicodeBidi, display } = getComputedStyle(one)
        return display !== 'inline' || /isolate|plaintext/.test(unicodeBidi)
      }
      while (home && !isOwn(home)) home = home.parentElement
      if (home?.textContent?.trim() !== text.trim())
        found.push(`turns what is beside it: ${text.slice(0, 80)}`)
    }
    return found
  })

/** Of a screen: its name, its address in the extension, a text that must be on it, and the widths, if not all. */
export type Screen = [name: string, path: string, text: string, widths?: number[]]

interface LookOptions {
  /** Brings the screen to where it is to be seen, once its text is there. */
  prepare?: (page: Page) => Promise<void>
  /** What the problem says that the screen is about; null: a box of a problem is a fault of the screen, or of its fake. */
  problem?: string | null
}

/** Opens a screen and looks at it; a text of the source that runs as code is a fault, too. */
export async function lookAtScreen(
  browser: ExtensionBrowser,
  [name, path, text, widths = allWidths]: Screen,
  { prepare, problem = null }: LookOptions = {},
): Promise<string[]> {
  const page = await browser.open(path, { width: widths[0] ?? 360, height: 640 })
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(String(error)))
  page.on('dialog', (dialog) => {
    broken.push(`a text of the source ran: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.getByText(text).first().waitFor()
  await prepare?.(page)
  const faults = await lookAt(page, name, widths)
  for (const box of await page.locator('.box.bad[role=alert]').allInnerTexts())
    if (problem === null || !box.includes(problem)) faults.push(`unexpected problem: ${box}`)
  faults.push(...(await turning(page)))
  await page.close()
  return [...faults, ...broken]
}
