import type { Page } from 'playwright-core'

/** How one scroll through a page went. */
export interface Scrolled {
  /** Lengths of the frames as the page saw them, in ms, shortest first: what a person sees. */
  frames: number[]
  /** How many frames over 50 ms had more than that in tasks of the page's main thread. */
  ours: number
  /** The longest single task of the page's main thread, in ms: what our code is to blame for. */
  longestTask: number
  /** The longest one with what it waited for its turn among the machine's other work, in ms. */
  longestWall: number
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
/** A frame longer than this is seen to stutter. */
const longMs = 50

/**
 * Scrolls in so many jumps from top to end, one each frame, while Chromium writes down what its threads do. The
 * frames tell what a person sees, on a machine that others use as well; the tasks tell what is ours.
 * @param box what scrolls; the page itself when left out
 * @param times how often, while something goes on
 */
export const scroll = (page: Page, box?: string, times = 1): Promise<Scrolled> =>
  traced(page, () => page.evaluate(jump, { box: box ?? null, steps, times }))

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

/** A frame as the page saw it: when it began, counted from the mark, and how long it took, in ms. */
interface Frame {
  from: number
  ms: number
}

/** In the page: the frames until somebody says that it is enough. */
async function watch(): Promise<Frame[]> {
  const frames: Frame[] = []
  let over = false
  addEventListener('watched', () => {
    over = true
  })
  let before = await new Promise<number>(requestAnimationFrame)
  const began = performance.mark('scroll-begins').startTime
  while (!over) {
    const now = await new Promise<number>(requestAnimationFrame)
    frames.push({ from: before - began, ms: now - before })
    before = now
  }
  performance.mark('scroll-ends')
  return frames
}

/** The frames of a work that sets the marks, with the page's own part in them. */
async function traced(page: Page, work: () => Promise<Frame[]>): Promise<Scrolled> {
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
  const { tasks, ...told } = tasksOf(events)
  // In the frame in which a task begins; a long one may end after it.
  const own = ({ from, ms }: Frame) =>
    tasks.filter((task) => task.from >= from && task.from < from + ms)
  const ours = frames.filter(
    (frame) => frame.ms > longMs && own(frame).reduce((sum, task) => sum + task.ms, 0) > longMs,
  )
  const lengths = frames.map(({ ms }) => ms).toSorted((a, b) => a - b)
  return { frames: lengths, ours: ours.length, ...told }
}

/** In the page: marks the beginning and the end, so that the trace knows which thread is the page's. */
async function jump({
  box,
  steps,
  times,
}: {
  box: string | null
  steps: number
  times: number
}): Promise<Frame[]> {
  const found = box === null ? null : document.querySelector(box)
  const scroller = found ?? document.documentElement
  const frames: Frame[] = []
  let before = await new Promise<number>(requestAnimationFrame)
  const began = performance.mark('scroll-begins').startTime
  for (let i = 1; i <= steps * times; i++) {
    // Read anew: a list may grow meanwhile.
    const high = scroller.scrollHeight - scroller.clientHeight
    const share = (((i - 1) % steps) + 1) / steps
    scroller.scrollTo({ top: Math.floor(high * share), behavior: 'instant' })
    const now = await new Promise<number>(requestAnimationFrame)
    frames.push({ from: before - began, ms: now - before })
    before = now
  }
  performance.mark('scroll-ends')
  return frames
}

/** The tasks of the thread that set the marks, between them; when each began, counted from the first mark, in ms. */
function tasksOf(events: TraceEvent[]) {
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
  // CPU time where it is told: a task that waits for its turn on a busy machine is not longer for it. But never more
  // than the task took: the thread's clock of a virtual machine may tick in steps of 25 ms.
  const tasks = own.map(({ ts, dur = 0, tdur = dur }) => ({
    from: (ts - begin.ts) / 1000,
    ms: Math.min(dur, tdur) / 1000,
    wallMs: dur / 1000,
  }))
  const all = tasks.map(({ ms }) => ms)
  return {
    tasks,
    longestTask: Math.max(...all),
    longestWall: Math.max(...tasks.map(({ wallMs }) => wallMs)),
    busy: (1000 * all.reduce((sum, ms) => sum + ms, 0)) / (end.ts - begin.ts),
  }
}

/** Several as one: the longest of all stays the longest. */
export const joined = (all: Scrolled[]): Scrolled => ({
  frames: all.flatMap(({ frames }) => frames).toSorted((a, b) => a - b),
  ours: all.reduce((sum, { ours }) => sum + ours, 0),
  longestTask: Math.max(...all.map(({ longestTask }) => longestTask)),
  longestWall: Math.max(...all.map(({ longestWall }) => longestWall)),
  busy: all.reduce((sum, { busy }) => sum + busy, 0) / all.length,
})

const at = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
const ms = (n: number) => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`

/** One line: frames, and the page's own part in them. */
export function told({ frames, ours, longestTask, longestWall, busy }: Scrolled): string {
  const long = frames.filter((one) => one > longMs).length
  return [
    `frame p50 ${ms(at(frames, 0.5))}`.padStart(17),
    `longest ${ms(frames.at(-1) ?? 0)}`.padStart(15),
    `over ${longMs} ms: ${long}, by us ${ours}`.padStart(24),
    `longest task ${ms(longestTask)}`.padStart(20),
    `(${ms(longestWall)} with waiting)`.padStart(22),
    `${Math.round(100 * busy)}% busy`.padStart(9),
  ].join(' ')
}
