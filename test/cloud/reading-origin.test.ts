import { describe, expect, test } from 'vitest'
import { originOf } from '../../agent/cloud/reading-origin.ts'
import { originKey } from '../../shared/plan.ts'

const origin = { v: 1, source: 's', kind: 'comment', id: '10', author: 'Fred', created: '2010' }

describe('the origin of an item', () => {
  test('is read from a list of properties and from an object of them', () => {
    expect(
      originOf([
        { key: 'other', value: 1 },
        { key: originKey, value: origin },
      ]),
    ).toEqual(origin)
    expect(originOf({ [originKey]: origin })).toEqual(origin)
  })

  test.each([
    ['none', []],
    ['foreign', [{ key: 'sd.public.comment', value: { internal: true } }]],
    ['of another version', { [originKey]: { ...origin, v: 2 } }],
    ['of a kind that there is not', { [originKey]: { ...origin, kind: 'secret' } }],
    ['damaged', { [originKey]: 'text' }],
    ['half there', { [originKey]: { v: 1, source: 's' } }],
    ['a hole in the list', [null, undefined, 7]],
    ['not there at all', undefined],
  ])('is null where the property is %s', (_what, properties) => {
    expect(originOf(properties)).toBe(null)
  })
})
