import type { Clock } from './clock.ts'
import type { Send } from './send.ts'

/** The first answers are enough, and come while nothing else is asked: later ones wait for each other. */
const samples = 20

/** How long the site takes to answer: the median of the first answers to questions, in milliseconds. */
export function createLatency(clock: Clock) {
  const times: number[] = []
  return {
    watch:
      (send: Send): Send =>
      async (request, signal) => {
        const began = clock.now()
        const answer = await send(request, signal)
        if (request.method === 'GET' && answer.status < 300 && times.length < samples)
          times.push(clock.now() - began)
        return answer
      },
    /** null before the first answer. */
    median(): number | null {
      const sorted = times.toSorted((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)] ?? null
    },
  }
}
