import { expect, test } from 'vitest'
import { createControl } from '../../agent/push/control.ts'
import { sinceTick } from '../../agent/runner.ts'

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

test('work is counted from tick to tick: without what was held, and whatever the clock does', () => {
  let held = 0
  const entry = { tickAt: 1_000, heldMs: 0, control: { heldMs: () => held } }
  expect(sinceTick(entry, 1_500)).toBe(500)
  held = 300
  expect(sinceTick(entry, 2_000)).toBe(200)
  // Set back by an hour, and asleep for one: neither is work, and neither takes any away.
  expect(sinceTick(entry, 2_000 - 3_600_000)).toBe(0)
  expect(sinceTick(entry, 2_500 - 3_600_000)).toBe(500)
  expect(sinceTick(entry, 2_500)).toBe(0)
  expect(sinceTick(entry, 3_000)).toBe(500)
  // What held it was counted with a clock that ran ahead.
  held = 5_000
  expect(sinceTick(entry, 3_500)).toBe(0)
})
