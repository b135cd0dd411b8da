import { afterEach, describe, expect, test, vi } from 'vitest'
import { lead } from '../../extension/sync/lead.ts'

/** A page that is open: whether it leads just now, and the way to close it. */
function open() {
  const closing = new AbortController()
  const page = { leads: false, close: () => closing.abort(), closed: Promise.resolve() }
  page.closed = lead(closing.signal, async (signal) => {
    page.leads = true
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    page.leads = false
  })
  return page
}
const pages: ReturnType<typeof open>[] = []
const leaders = () => pages.filter(({ leads }) => leads).map((page) => pages.indexOf(page))
const led = (by: number) => vi.waitFor(() => expect(leaders()).toEqual([by]))

afterEach(async () => {
  for (const page of pages) page.close()
  await Promise.all(pages.map(({ closed }) => closed))
  pages.length = 0
  vi.unstubAllGlobals()
})

describe('of all open pages one leads', () => {
  test('the one opened last, and the next when it closes', async () => {
    for (const at of [0, 1, 2]) {
      pages.push(open())
      await led(at)
    }
    pages[2]?.close()
    await led(0)
    pages[0]?.close()
    await led(1)
  })

  test('and a hidden one gives way to one in front', async () => {
    const seen = Object.assign(new EventTarget(), { visibilityState: 'visible' })
    pages.push(open())
    await led(0)
    vi.stubGlobal('document', Object.assign(seen, { visibilityState: 'hidden' }))
    pages.push(open())
    // Hidden from the start it waits for its turn, and says so when it has to lead.
    pages[0]?.close()
    await led(1)
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
    pages.push(open())
    await led(2)
  })
})
