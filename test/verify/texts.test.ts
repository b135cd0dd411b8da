import { describe, expect, test } from 'vitest'
import { hasLineBefore, likeness, wordsOf } from '../../agent/verify/foreign/texts.ts'
import { sameTime } from '../../agent/verify/foreign/times.ts'
import type { AdfDoc, AdfNode } from '../../shared/plan.ts'

const doc = (...content: AdfNode[]): AdfDoc => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content }],
})
const text = (words: string): AdfNode => ({ type: 'text', text: words })

describe('texts are the same', () => {
  test('where the site shows a picture of which the source has the name', () => {
    const media = { type: 'media', attrs: { type: 'file', id: 'x', collection: '', alt: 'a.png' } }
    const site: AdfDoc = {
      type: 'doc',
      version: 1,
      content: [{ type: 'mediaSingle', content: [media] }],
    }
    const { held, site: there } = wordsOf(doc(text('Attachment: a.png')), site)
    expect(there).toBe(held)
  })

  test('where a person without an account is mentioned by name', () => {
    const mention = { type: 'mention', attrs: { id: 'unknown', text: '@oleg' } }
    const { held, site } = wordsOf(doc(text('ask @oleg')), doc(text('ask '), mention))
    expect(site).toBe(held)
  })

  test('and not where another person is mentioned', () => {
    const mention = (id: string) => ({ type: 'mention', attrs: { id, text: '@fred' } })
    const { held, site } = wordsOf(doc(mention('a')), doc(mention('b')))
    expect(site).not.toBe(held)
  })

  test('but for a line that names the author, which many programs write before a text', () => {
    const words = { held: 'It works.', site: 'Comment by Fred Normal on 7 Jan 2008:\nIt works.' }
    expect(hasLineBefore(words, 'Fred Normal')).toBe(true)
    expect(hasLineBefore(words, 'Somebody Else')).toBe(false)
    expect(hasLineBefore({ ...words, site: 'It works. Fred Normal' }, 'Fred Normal')).toBe(false)
  })

  test('the more alike the more words they share', () => {
    expect(likeness('a b c d', 'a b c e')).toBe(0.75)
    expect(likeness('a b', 'c d')).toBe(0)
  })
})

describe('times are the same', () => {
  const berlin = { isZoneKnown: true, timeZone: 'Europe/Berlin' }
  const assumed = { isZoneKnown: false, timeZone: 'UTC' }
  test('to the minute where the zone is known', () => {
    expect(sameTime('2024-05-01T10:00:00Z', '2024-05-01T10:00:12.000+0000', berlin)).toBe(true)
    expect(sameTime('2024-05-01T10:00:00Z', '2024-05-01T11:00:00Z', berlin)).toBe(false)
  })
  test('with whole quarter hours between them where it is only assumed', () => {
    expect(sameTime('2024-05-01T10:00:00Z', '2024-05-01T04:30:00Z', assumed)).toBe(true)
    expect(sameTime('2024-05-01T10:00:00Z', '2024-05-01T10:07:00Z', assumed)).toBe(false)
    expect(sameTime('2024-05-01T10:00:00Z', '2024-06-01T10:00:00Z', assumed)).toBe(false)
  })
  test('in the hour that a clock shows twice or skips', () => {
    expect(sameTime('2022-03-27T01:23:26Z', '2022-03-27T00:23:26Z', berlin)).toBe(true)
    expect(sameTime('2022-03-27T01:23:26Z', '2022-03-26T22:23:26Z', berlin)).toBe(false)
  })
  test('where neither side has one', () => {
    expect(sameTime(null, '', berlin)).toBe(true)
    expect(sameTime(null, '2024-05-01T10:00:00Z', berlin)).toBe(false)
  })
})
