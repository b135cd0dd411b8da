import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import * as v from 'valibot'
import { clock } from '../ledger/totals.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { statePage, stateSince } from './state.ts'

/** Often enough to feel live; a look is one row of one small table. */
const lookMs = 300
/** Running migrations move without the clock: their numbers are looked at every third time. */
const looksARunning = 3
/** Three seconds: whoever hears nothing for three of them knows that we hang, and need not show old numbers. */
const looksAHeartbeat = 10

const wholeNumber = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}$/, 'A cursor is a whole number.'),
  v.transform(Number),
)
const Since = v.object({ since: v.optional(wholeNumber, '0') })
const Page = v.object({
  ...Since.entries,
  limit: v.optional(
    v.pipe(wholeNumber, v.minValue(1), v.maxValue(statePage, `At most ${statePage} at once.`)),
    String(statePage),
  ),
})

/** The state of all migrations: once, or as a stream of what changes. */
export const eventRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/state', valid('query', Page), async (c) => {
      const { since, limit } = c.req.valid('query')
      return c.json(await stateSince(deps, since, limit))
    })
    .get('/events', valid('query', Since), (c) => {
      // A browser that reconnects by itself tells in this header how far it came.
      const last = Number(c.req.header('last-event-id') ?? Number.NaN)
      const since = Number.isInteger(last) && last >= 0 ? last : c.req.valid('query').since
      return streamSSE(
        c,
        (stream) => follow(deps, stream, since),
        // The connection ends with the error; the client comes back with its cursor.
        async (error) => console.error('An event stream ended:', error.message),
      )
    })

/** Sends the state at once, page by page, then each time it has changed, until the other side or the agent leaves. */
async function follow(deps: AppDeps, stream: SSEStreamingApi, since: number): Promise<void> {
  const left = new AbortController()
  stream.onAbort(() => left.abort())
  const gone = deps.closing ? AbortSignal.any([left.signal, deps.closing]) : left.signal
  let cursor = since
  let shown = ''
  for (let look = 0; !gone.aborted; look++) {
    const due =
      look === 0 ||
      (await clock(deps.ledger.db)) !== cursor ||
      (look % looksARunning === 0 && deps.runner.running().length > 0)
    if (due) {
      const state = await stateSince(deps, cursor)
      const data = JSON.stringify(state)
      if (look === 0 || data !== shown)
        await stream.writeSSE({ event: 'state', id: String(state.cursor), data })
      cursor = state.cursor
      shown = data
      if (state.more) continue
    }
    if (look > 0 && look % looksAHeartbeat === 0) await stream.write(': still here\n\n')
    await pause(lookMs, gone)
  }
}

/** Waits, or returns at once when the signal is aborted. */
function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    signal.addEventListener('abort', done)
  })
}
