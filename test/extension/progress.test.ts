import { describe, expect, test } from 'vitest'
import { axisOf, meanOf, speedsOf } from '../../extension/models/progress.ts'
import type { Sample } from '../../shared/api-watch.ts'

const second = 1000
const day = 86_400 * second
const sample = (at: number, sent: number): Sample => ({
  at,
  activity: 'pushing',
  sent,
  checked: 0,
  requests: sent * 2,
  share: 0.04,
  held: [],
})
const near = (n: number) => expect.closeTo(n, 5)

describe('how fast runs went', () => {
  /** Two runs, three days apart: ten items a second, then one item a second. */
  const first = [0, 3, 6].map((s) => sample(s * second, s * 10))
  const second_ = [0, 3, 6, 9].map((s) => sample(3 * day + s * second, 60 + s))
  const speeds = speedsOf([...first, ...second_])

  test('says nothing of the time between two runs, and marks where it was', () => {
    expect(speeds.map(({ items }) => items)).toEqual([10, 10, 1, 1, 1])
    expect(speeds.map(({ breaks }) => breaks)).toEqual([false, false, true, false, false])
    expect(speeds.map(({ from, at }) => at - from)).toEqual(Array(5).fill(3 * second))
  })

  test('gives that time no length on the axis, and every other its own', () => {
    const axis = axisOf(speeds)
    expect(axis[0]?.begin).toBe(0)
    expect(axis.at(-1)?.end).toEqual(near(1))
    const lengths = axis.map(({ begin, end }) => end - begin)
    for (const length of lengths) expect(length).toEqual(near(0.97 / 5))
    expect((axis[2]?.begin ?? 0) - (axis[1]?.end ?? 0)).toEqual(near(0.03))
  })

  test('has means over time, so that a short way does not count for as much as a long one', () => {
    const uneven = speedsOf([sample(0, 0), sample(second, 100), sample(10 * second, 100)])
    expect(meanOf(uneven, 'items')).toBe(10)
    expect(meanOf(uneven, 'requests')).toBe(20)
    expect(meanOf(speeds, 'share')).toBe(4)
  })

  test('takes the wider ways of a thinned long run for what they are', () => {
    const long = Array.from({ length: 10 }, (_, n) => sample(n * 600 * second, n))
    expect(speedsOf(long).filter(({ breaks }) => breaks)).toEqual([])
    expect(speedsOf(long)).toHaveLength(9)
  })
})
