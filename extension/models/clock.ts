import { createModel, effect, signal } from '@preact/signals'

/** Relative times are told in minutes; a laptop that wakes after an hour should not tell old ones for long. */
const everyMs = 4_000

/** The time now, in epoch milliseconds, as a signal. */
export const ClockModel = createModel(() => {
  const now = signal(Date.now())
  effect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, everyMs)
    return () => clearInterval(timer)
  })
  return { now }
})
