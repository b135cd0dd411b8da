import { describe, expect, test } from 'vitest'
import { pairUp, type Trait } from '../../agent/verify/foreign/pair.ts'

const said = (text: string, author = 'fred', time: number | null = null): Trait => ({
  ...{ id: null, text, author, time },
})
const same = (a: number, b: number) => a === b
const pairs = (held: Trait[], site: Trait[]) => {
  const found = pairUp(held, site, same)
  return { pairs: [...found.pairs].sort((a, b) => a[0] - b[0]), strangers: found.strangers }
}

describe('texts are paired one to one', () => {
  test('in whatever order the site has them', () => {
    expect(pairs([said('a'), said('b'), said('c')], [said('c'), said('a'), said('b')])).toEqual({
      pairs: [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
      strangers: [],
    })
  })

  test('so that one that is missing makes no other one different', () => {
    const held = ['one two three', 'four five six', 'seven eight nine', 'ten'].map((t) => said(t))
    expect(pairs(held, held.slice(1))).toEqual({
      pairs: [
        [1, 0],
        [2, 1],
        [3, 2],
      ],
      strangers: [],
    })
  })

  test('by author and time among equal texts', () => {
    const [fred, amara] = [said('+1', 'fred', 1), said('+1', 'amara', 2)]
    expect(pairs([fred, amara], [amara, fred]).pairs).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('with its nearest where one was altered', () => {
    const held = [said('the payout of Monday was sent twice'), said('nothing to add here')]
    const site = [said('nothing to add here'), said('the payout of Tuesday was sent twice')]
    expect(pairs(held, site)).toEqual({
      pairs: [
        [0, 1],
        [1, 0],
      ],
      strangers: [],
    })
  })

  test('by who wrote when where all words are others', () => {
    const held = [said('old words', 'fred', 7), said('kept', 'fred', 8)]
    const site = [said('kept', 'fred', 8), said('something else', 'fred', 7)]
    expect(pairs(held, site).pairs).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('between the neighbours that were found where no time is known', () => {
    const held = [said('first'), said('gone words'), said('last')]
    const site = [said('first'), said('quite other'), said('last')]
    expect(pairs(held, site)).toEqual({
      pairs: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      strangers: [],
    })
  })

  test('and what is neither is a stranger, twice where it is there twice', () => {
    const held = [said('one', 'fred', 1)]
    const site = [said('one', 'fred', 1), said('one', 'fred', 9), said('new', 'amara', 3)]
    expect(pairs(held, site)).toEqual({ pairs: [[0, 0]], strangers: [1, 2] })
  })
})
