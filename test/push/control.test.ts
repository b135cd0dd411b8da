import { expect, test } from 'vitest'
import { createControl } from '../../agent/push/control.ts'

test('the time in which somebody or an outage holds a run is no work, and a rate limit is', () => {
  let now = 1_000
  const control = createControl(
    () => undefined,
    () => now,
  )
  const pass = (ms: number) => {
    now += ms
  }
  pass(10)
  expect(control.heldMs()).toBe(0)
  control.hold('rate limit')
  pass(100)
  expect(control.heldMs()).toBe(0)
  control.hold('by you')
  pass(1_000)
  // Two reasons at once are one pause.
  control.hold('site unreachable')
  pass(1_000)
  control.release('by you')
  pass(1_000)
  expect(control.heldMs()).toBe(3_000)
  control.release('site unreachable')
  control.release('rate limit')
  pass(5_000)
  expect(control.heldMs()).toBe(3_000)
  control.hold('by you')
  pass(7)
  expect(control.heldMs()).toBe(3_007)
})
