import type { Clock } from './clock.ts'
import type { Pauses } from './pauses.ts'
import { createIssueWindows, createRate } from './rates.ts'
import type { Send, SiteAnswer, SiteRequest } from './send.ts'

/** Requests in flight to one endpoint, at most: "avoid using excessive concurrency" (the limits' page). */
const inFlight = 30
/** The documented recipe for a 429 without Retry-After: 5 s, doubled up to 30 s. */
const firstBackoffMs = 5_000
const mostBackoffMs = 30_000

interface Block {
  until: number
  /** Limits in a row. */
  times: number
  /** For the people watching; it stays the same however many requests wait for this limit. */
  sentence: string
}

/**
 * One pacer for the whole client. Before a request leaves it takes a slot of its endpoint and of the
 * issues it writes to; after a 429 nothing leaves to where the limit is until it is over. The 429 itself
 * is handed on. rates 'off' keeps no pace of its own, but still obeys the site's limits.
 */
export function withPace(
  send: Send,
  options: { clock: Clock; pauses: Pauses; rates: 'documented' | 'off' },
): Send {
  const { clock, pauses } = options
  const rates = new Map<string, ReturnType<typeof createRate>>()
  const gates = new Map<string, ReturnType<typeof createGate>>()
  const blocks = new Map<string, Block>()
  const issues = createIssueWindows()

  async function turn(request: SiteRequest, signal: AbortSignal): Promise<void> {
    for (;;) {
      await blockedNoMore(request, signal)
      if (options.rates === 'off') return
      const now = clock.now()
      const rate = entry(rates, endpointOf(request), () => createRate(request.method))
      let at = rate.take(now)
      for (const issue of request.writesTo) at = issues.take(issue, at)
      if (at > now) await clock.wait(at - now, signal)
      if (!blockOf(request)) return
    }
  }

  function blockOf(request: SiteRequest): Block | null {
    const now = clock.now()
    const found = scopes(request).flatMap((scope) => blocks.get(scope) ?? [])
    return found.filter((one) => one.until > now).sort((a, b) => b.until - a.until)[0] ?? null
  }

  async function blockedNoMore(request: SiteRequest, signal: AbortSignal): Promise<void> {
    for (let block = blockOf(request); block; block = blockOf(request)) {
      const waitMs = block.until - clock.now()
      const release = pauses.hold('rate limit', block.sentence)
      try {
        await clock.wait(waitMs, signal)
      } finally {
        release()
      }
    }
  }

  function learn(request: SiteRequest, answer: SiteAnswer) {
    const now = clock.now()
    if (answer.status !== 429) {
      for (const scope of scopes(request)) {
        const block = blocks.get(scope)
        if (block && block.until <= now) blocks.delete(scope)
      }
      if (answer.headers['x-ratelimit-nearlimit'] === 'true')
        rates.get(endpointOf(request))?.slowDown(now, 'near')
      return
    }
    const reason = answer.headers['ratelimit-reason'] ?? 'no reason given'
    rates.get(endpointOf(request))?.slowDown(now, 'limit')
    for (const scope of limitedScopes(request, reason)) {
      const before = blocks.get(scope)
      // Requests that were already on their way say the same again: that is one limit, not many.
      const times = before && before.until > now ? before.times : (before?.times ?? 0) + 1
      const waitMs = waitOf(answer, now, times, clock.random())
      const until = Math.max(before?.until ?? 0, now + waitMs)
      const seconds = Math.ceil((until - now) / 1000)
      const sentence = `The site asks to slow down (${reason}); going on in ${seconds} s.`
      blocks.set(scope, { until, times, sentence })
    }
  }

  return async (request, signal) => {
    const gate = entry(gates, endpointOf(request), () => createGate(inFlight))
    // What waits for its turn stays outside, or thirty writes to one busy issue would keep out all others.
    for (;;) {
      await turn(request, signal)
      await gate.enter()
      if (!blockOf(request) && !signal.aborted) break
      gate.leave()
      signal.throwIfAborted()
    }
    try {
      const answer = await send(request, signal)
      learn(request, answer)
      return answer
    } finally {
      gate.leave()
    }
  }
}

const endpointOf = (request: SiteRequest) => `${request.method} ${request.template}`
const scopes = (request: SiteRequest) => ['site', endpointOf(request), ...request.writesTo]

/** RateLimit-Reason says what is full: an issue, an endpoint, or (quotas and all unknown words) the site. */
function limitedScopes(request: SiteRequest, reason: string): string[] {
  if (reason === 'jira-per-issue-on-write' && request.writesTo.length) return request.writesTo
  if (reason === 'jira-burst-based' || reason === 'jira-per-issue-on-write')
    return [endpointOf(request)]
  return ['site']
}

/** Never earlier than the site asks; spread by up to a third, so that not all come back at once. */
function waitOf(answer: SiteAnswer, now: number, times: number, random: number): number {
  const asked = retryAfterMs(answer.headers, now)
  if (asked !== null) return Math.max(asked, 100) * (1 + 0.3 * random)
  return Math.min(mostBackoffMs, firstBackoffMs * 2 ** (times - 1)) * (0.7 + 0.6 * random)
}

/** Retry-After in seconds or as a date, else X-RateLimit-Reset; null where neither can be read. */
export function retryAfterMs(headers: SiteAnswer['headers'], now: number): number | null {
  const header = headers['retry-after']
  if (header !== undefined && /^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000
  for (const text of [header, headers['x-ratelimit-reset']]) {
    const at = text === undefined ? Number.NaN : Date.parse(text)
    if (!Number.isNaN(at)) return Math.max(0, at - now)
  }
  return null
}

/** Lets so many in at a time, the others in the order they came. */
function createGate(most: number) {
  let inside = 0
  const waiting: (() => void)[] = []
  return {
    enter(): Promise<void> {
      if (inside < most) {
        inside++
        return Promise.resolve()
      }
      return new Promise((resolve) => waiting.push(resolve))
    },
    leave() {
      const next = waiting.shift()
      if (next) next()
      else inside--
    },
  }
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
