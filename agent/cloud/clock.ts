/** Time and chance as arguments, so that pacing and retrying can be tested without waiting. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** From 0 to below 1. */
  random(): number
}

export const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop)
        resolve()
      }, ms)
      function stop() {
        clearTimeout(timer)
        reject(signal.reason)
      }
      signal.addEventListener('abort', stop, { once: true })
    }),
}
