import type { Clock } from './clock.ts'
import { perSecond } from './rates.ts'
import type { Send } from './send.ts'

/** How much of what the site allows is used. */
export interface Usage {
  /**
   * The share of its documented rate (rates.ts) that the fullest endpoint used since this was last asked:
   * 0.5 = half of what the site allows. A practice site that keeps no limits lets it rise above 1.
   */
  share(): number
}

/** A shorter span would take a burst of some requests for a rate. */
const leastMs = 1_000

/** Counts what leaves by endpoint and method, as the site counts it. */
export function withUsage(send: Send, clock: Clock): Usage & { send: Send } {
  let since = clock.now()
  let sent = new Map<string, { requests: number; allowed: number }>()
  return {
    send(request, signal) {
      const endpoint = `${request.method} ${request.template}`
      const one = sent.get(endpoint) ?? { requests: 0, allowed: perSecond[request.method] }
      one.requests++
      sent.set(endpoint, one)
      return send(request, signal)
    },
    share() {
      const seconds = Math.max(clock.now() - since, leastMs) / 1000
      const shares = [...sent.values()].map((one) => one.requests / seconds / one.allowed)
      since = clock.now()
      sent = new Map()
      return Math.max(0, ...shares)
    },
  }
}
