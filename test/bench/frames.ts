import type { Page } from 'playwright-core'

/** How one scroll through a page went. */
export interface Scrolled {
  /** Lengths of the frames as the page saw them, in ms, shortest first: what a person sees. */
  frames: number[]
  /** The longest single task of the page's main thread, in ms: what our code is to blame for. */
  longestTask: number
  /** The main thread's share of the time, 0 to 1. */
  busy: number
}

/** A fragment of Chromium's trace; times are microseconds of its own clock. */
interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { name?: string; data?: { name?: string } }
}

const steps = 60

/**
 * Scrolls in so many jumps from top to end, one each frame, while Chromium writes down what its threads do. The
 * frames tell what a person sees, on a machine that others use as well; the tasks tell what is ours.
 * @param box what scrolls; the page itself when left out
 */
export const scroll = (page: Page, box?: string): Promise<Scrolled> =>
  traced(page, () => page.evaluate(jump, { box: box ?? null, steps }))

/** Types this, a letter every so many ms, while frames and tasks are written down; ends when `shown` says so. */
export const type = (
  page: Page,
  text: string,
  delayMs: number,
  shown: () => Promise<unknown>,
): Promise<Scrolled> =>
  traced(page, async () => {
    const watched = page.evaluate(watch)
    await page.keyboard.type(text, { delay: delayMs })
    await shown()
    await page.evaluate(() => dispatchEvent(new Event('watched')))
    return watched
  })

/** In the page: the lengths of frames until somebody says that it is enough. */
async function watch(): Promise<number[]> {
  const frames: number[] = []
  let over = false
  addEventListener('watched', () => {
    over = true
  })
  let before = await new Promise<number>(requestAnimationFrame)
  performance.mark('scroll-begins')
  while (!over) {
    const now = await new Promise<number>(requestAnimationFrame)
    frames.push(now - before)
    before = now
  }
  performance.mark('scroll-ends')
  return frames
}

/** The frames of a work that sets the marks, with the page's own part in them. */
async function traced(page: Page, work: () => Promise<number[]>): Promise<Scrolled> {
  const cdp = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]))
  })
  const ended = new Promise<void>((done) => cdp.once('Tracing.tracingComplete', () => done()))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata', 'blink.user_timing'] },
  })
  const frames = await work()
  await cdp.send('Tracing.end')
  await ended
  await cdp.detach()
  return { frames: frames.toSorted((a, b) => a - b), ...tasksOf(events) }
}

/** In the page: marks the beginning and the end, so that the trace knows which thread is the page's. */
async function jump({ box, steps }: { box: string | null; steps: number }): Promise<number[]> {
  const found = box === null ? null : document.querySelector(box)
  const scroller = found ?? document.documentElement
  const frames: number[] = []
  const step = Math.floor((scroller.scrollHeight - scroller.clientHeight) / steps)
  let before = await new Promise<number>(requestAnimationFrame)
  performance.mark('scroll-begins')
  for (let i = 1; i <= steps; i++) {
    scroller.scrollTo({ top: i * step, behavior: 'instant' })
    const now = await new Promise<number>(requestAnimationFrame)
    frames.push(now - before)
    before = now
  }
  performance.mark('scroll-ends')
  return frames
}

/** The tasks of the thread that set the marks, between them. */
function tasksOf(events: TraceEvent[]): { longestTask: number; busy: number } {
  const begin = events.find((one) => one.name === 'scroll-begins')
  const end = events.find((one) => one.name === 'scroll-ends')
  if (!begin || !end) throw new Error('The trace has no marks of the scroll.')
  const own = events.filter(
    ({ name, ph, pid, tid, ts }) =>
      // The one event around each task of a thread's queue.
      (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') &&
      ph === 'X' &&
      pid === begin.pid &&
      tid === begin.tid &&
      ts >= begin.ts &&
      ts <= end.ts,
  )
  if (own.length === 0) throw new Error('The trace has no tasks of the page.')
  // CPU time where it is told: a task that waits for its turn on a busy machine is not longer for it.
  const length = ({ dur = 0, tdur }: TraceEvent) => (tdur ?? dur) / 1000
  const all = own.map(length)
  return {
    longestTask: Math.max(...all),
    busy: (1000 * all.reduce((sum, ms) => sum + ms, 0)) / (end.ts - begin.ts),
  }
}

const at = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
const ms = (n: number) => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`

/** One line: frames, and the page's own part in them. */
export function told({ frames, longestTask, busy }: Scrolled): string {
  return [
    `frame p50 ${ms(at(frames, 0.5))}`.padStart(18),
    `longest ${ms(frames.at(-1) ?? 0)}`.padStart(16),
    `over 50 ms: ${frames.filter((one) => one > 50).length}`.padStart(15),
    `longest task ${ms(longestTask)}`.padStart(23),
    `${Math.round(100 * busy)}% busy`.padStart(10),
  ].join(' ')
}

/** An empty page of the extension, as high as a long list: what the machine and the browser cost alone. */
export async function emptyPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const high = Object.assign(document.createElement('div'), { style: 'height: 640000px' })
    document.body.replaceChildren(high)
  })
}
