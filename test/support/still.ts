import type { Page } from 'playwright-core'

/** What a person may look at, have under a hand, or read. */
const parts = 'h1, h2, h3, a, button, input, select, summary, p, li, tr, td, label, [role="region"]'
/** Its words change with the agent's reach and with time, and it ends at the right: it may grow to the left. */
const apart = '.dock, [role="alert"], header .agent'

/** Folds something out, as a person has who reads; what that asks of the agent is waited for. */
export async function foldOut(page: Page): Promise<void> {
  const folded = page.locator('main details').first()
  if ((await folded.count()) === 0) return
  await folded.evaluate((one: HTMLDetailsElement) => {
    one.open = true
    // It asks once it has heard of it.
    return new Promise((heard) => requestAnimationFrame(() => requestAnimationFrame(heard)))
  })
  await page.waitForFunction(() => !document.querySelector('main .skeleton'))
}

/**
 * Writes down where everything is: each part with its place, what has the focus, what is folded out, and how far the
 * page and the boxes in it are scrolled. Before that a person has scrolled and gone somewhere.
 */
export function standStill(page: Page): Promise<void> {
  return page.evaluate(
    ([parts, apart]) => {
      const main = document.querySelector('main') as HTMLElement
      window.scrollTo(0, 150)
      const inSight = (one: Element) => {
        const { top, bottom } = one.getBoundingClientRect()
        return top > 120 && bottom < innerHeight - 160
      }
      const there = [...main.querySelectorAll<HTMLElement>('a, button, input, select')]
      there.find(inSight)?.focus({ preventScroll: true })
      const place = (one: Element) => {
        const { left, top, height } = one.getBoundingClientRect()
        return [left, top, height].map(Math.round).join(', ')
      }
      const name = (one: Element) =>
        `${one.localName} "${(one.textContent ?? '').slice(0, 40)}" of ${one.parentElement?.localName}.${one.parentElement?.className}`
      const before = [...main.querySelectorAll(parts)]
        .filter((one) => one.closest(apart) === null)
        .map((one) => ({ one, at: place(one), called: name(one) }))
      const boxes = [document.documentElement, ...main.querySelectorAll('*')]
        .filter((one) => one.scrollTop !== 0)
        .map((one) => ({ one, top: one.scrollTop, called: name(one) }))
      const open = [...main.querySelectorAll('details')].map((one) => ({ one, open: one.open }))
      const focus = document.activeElement
      Object.assign(window, {
        whatMoved: () => [
          ...(document.activeElement === focus ? [] : ['the focus']),
          ...before
            .filter(({ one, at }) => !one.isConnected || place(one) !== at)
            .map(({ one, at, called }) =>
              one.isConnected ? `${called}: ${at} to ${place(one)}` : `${called} is gone`,
            ),
          ...boxes
            .filter(({ one, top }) => one.scrollTop !== top)
            .map(({ one, top, called }) => `${called} scrolled from ${top} to ${one.scrollTop}`),
          ...open.filter(({ one, open }) => one.open !== open).map(() => 'what was folded out'),
        ],
        howMany: before.length,
      })
    },
    [parts, apart] as const,
  )
}

/** What is not where it was, by name; and how many parts were looked at. */
export const whatMoved = (page: Page): Promise<{ moved: string[]; of: number }> =>
  page.evaluate(() => {
    const { whatMoved, howMany } = window as unknown as {
      whatMoved: () => string[]
      howMany: number
    }
    return { moved: whatMoved().slice(0, 8), of: howMany }
  })
