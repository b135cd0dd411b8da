import { describe, expect, test } from 'vitest'
import { answerOf, upperBound } from '../../agent/verify/foreign/bound.ts'
import { chance, draw, shares } from '../../agent/verify/foreign/sample.ts'

describe('the first answer', () => {
  test('says what was looked at, what was found, and how sure that makes one', () => {
    expect(answerOf({ looked: 400, different: 0, of: 58_910 })).toBe(
      '400 of 58,910 issues looked at, none needs a look: with 95 % confidence fewer than 0.8 % of all do.',
    )
    expect(answerOf({ looked: 400, different: 1, of: 58_910 })).toMatch(/1 needs a look: .* 1\.2 %/)
    expect(answerOf({ looked: 24, different: 2, of: 24 })).toBe(
      '24 of 24 issues looked at, 2 need a look. That is all of them.',
    )
  })

  // Clopper and Pearson's bounds as statistics tables and R's binom.test(alternative = "less") have them.
  test.each([
    [0, 400, 0.007461],
    [0, 59, 0.049509],
    [1, 100, 0.046559],
    [3, 400, 0.019269],
    [10, 200, 0.083325],
  ])('bounds %i of %i by the binomial distribution', (found, looked, bound) => {
    expect(upperBound(found, looked)).toBeCloseTo(bound, 4)
  })

  test('knows nothing where nothing was looked at, and where all differ', () => {
    expect(upperBound(0, 0)).toBe(1)
    expect(upperBound(5, 5)).toBe(1)
  })
})

describe('the sample', () => {
  test('takes of each project in proportion, and adds up to what was asked for', () => {
    const counts = new Map([
      ['PAY', 1000],
      ['OPS', 500],
      ['HR', 3],
    ])
    const found = shares(counts, 400)
    expect([...found.values()].reduce((a, b) => a + b, 0)).toBe(400)
    expect(found.get('PAY')).toBe(266)
    expect(shares(counts, 5000)).toEqual(counts)
  })

  test('is the same for the same seed, another for another, and gives each its chance', async () => {
    const all = Array.from({ length: 100 }, (_, i) => i)
    const one = await draw(all, 10, chance(1))
    expect(await draw(all, 10, chance(1))).toEqual(one)
    expect(await draw(all, 10, chance(2))).not.toEqual(one)
    const times = new Array<number>(100).fill(0)
    for (let seed = 0; seed < 2000; seed += 1)
      for (const i of await draw(all, 10, chance(seed))) times[i] = (times[i] ?? 0) + 1
    // 200 times each are expected; six standard deviations (13.4) to either side.
    expect(Math.min(...times)).toBeGreaterThan(120)
    expect(Math.max(...times)).toBeLessThan(280)
  })
})
