import type { Clock } from '../../agent/cloud/clock.ts'

/**
 * A clock whose time passes only when everything waits, and then at once. `waits` are the milliseconds
 * that were asked for, in order.
 */
export function createFakeClock(random = 0.5): Clock & { waits: number[] } {
  let now = 1_000_000
  const timers: { at: number; go: () => void }[] = []
  const waits: number[] = []
  let pumping = false

  function pump() {
    timers.sort((a, b) => a.at - b.at)
    const next = timers.shift()
    pumping = timers.length > 0
    if (next) {
      now = Math.max(now, next.at)
      next.go()
    }
    if (pumping) setImmediate(pump)
  }

  return {
    waits,
    now: () => now,
    random: () => random,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        waits.push(ms)
        timers.push({ at: now + ms, go: resolve })
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        if (pumping) return
        pumping = true
        setImmediate(pump)
      }),
  }
}
