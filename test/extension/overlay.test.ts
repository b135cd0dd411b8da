// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { describe, expect, test, vi } from 'vitest'
import { isSafe } from '../../extension/overlay/issue/adf.tsx'
import { compareWords } from '../../extension/overlay/issue/compare-words.ts'
import { moment } from '../../extension/overlay/issue/made.tsx'
import { writeAgent } from '../../extension/settings.ts'
import { knownSite, siteOf } from '../../extension/sync/overlay-service.ts'

vi.mock('wxt/browser', async () => (await import('../support/extension-home.ts')).fakeHome())

const marked = (source: string, site: string, limit = 1000) => {
  const { left, right } = compareWords(source, site, limit)
  const told = (pieces: typeof left) =>
    pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('')
  return [told(left), told(right)]
}

describe('two texts are compared word by word', () => {
  test.each([
    ['a b c', 'a x c', 'a [b] c', 'a [x] c'],
    ['same', 'same', 'same', 'same'],
    ['', 'new', '', '[new]'],
    ['gone', '', '[gone]', ''],
    ['one two three', 'one three', 'one [two ]three', 'one three'],
    ['a b a b', 'b a b a', '[a ]b a b', 'b a b[ a]'],
    ['line\none', 'line one', 'line[\n]one', 'line[ ]one'],
    ['fee €5', 'fee €6', 'fee €[5]', 'fee €[6]'],
    ['שלום עולם', 'שלום חבר', 'שלום [עולם]', 'שלום [חבר]'],
    ['ok 😀 end', 'ok 😁 end', 'ok [😀] end', 'ok [😁] end'],
  ])('%j and %j', (source, site, left, right) => {
    expect(marked(source, site)).toEqual([left, right])
  })

  test('and what is shown of each is what it is, whatever was marked', () => {
    const words = ['a', 'b', ' ', '\n', '.', 'ccc', '😀', 'ü']
    for (let n = 0; n < 500; n++) {
      const text = (seed: number) =>
        Array.from({ length: 20 }, (_, i) => words[(seed * (i + 3) * 31 + (i >> 1)) % 8]).join('')
      const [a, b] = [text(n), text(n * 7 + 1)]
      const { left, right } = compareWords(a, b, 1000)
      expect(left.map((one) => one.text).join('')).toBe(a)
      expect(right.map((one) => one.text).join('')).toBe(b)
      expect(
        left
          .filter((one) => !one.changed)
          .map((one) => one.text)
          .join(''),
      ).toBe(
        right
          .filter((one) => !one.changed)
          .map((one) => one.text)
          .join(''),
      )
    }
  })

  test('of texts of a megabyte the part around the first difference', () => {
    const long = 'word '.repeat(200_000)
    const { left, right, skipped, leftMore } = compareWords(
      `${long}old end`,
      `${long}new end`,
      1500,
    )
    expect(left.find((one) => one.changed)?.text).toBe('old')
    expect(right.find((one) => one.changed)?.text).toBe('new')
    expect(skipped).toBeGreaterThan(999_000)
    expect(leftMore).toBe(0)
    const other = compareWords('x'.repeat(1_000_000), 'y '.repeat(500_000), 1500)
    expect(other.left).toEqual([{ text: 'x'.repeat(1500), changed: true }])
    expect(other.leftMore).toBe(998_500)
  })

  test('and never cuts a character in two', () => {
    const { left } = compareWords('😀'.repeat(100), '😁', 101)
    expect(
      left
        .map((one) => one.text)
        .join('')
        .isWellFormed(),
    ).toBe(true)
  })
})

test.each([
  ['https://acme.com/a', true],
  ['http://acme.com', true],
  ['mailto:a@b.c', true],
  ['javascript:alert(1)', false],
  [' javascript:alert(1)', false],
  ['JaVaScRiPt:alert(1)', false],
  ['java\nscript:alert(1)', false],
  ['data:text/html,x', false],
  ['vbscript:x', false],
  ['file:///etc/passwd', false],
  ['chrome-extension://x/options.html', false],
  ['/browse/PAY-1', false],
  ['//evil.example', false],
  ['', false],
])('a link to %j may be followed: %s', (href, safe) => {
  expect(isSafe(href)).toBe(safe)
})

test.each([
  ['2013-07-08T16:24:54.230+02:00', '8 Jul 2013, 16:24'],
  ['2013-12-31', '31 Dec 2013'],
  ['last summer', 'last summer'],
  ['2013-99-08T16:24', '8 99 2013, 16:24'],
])('%s is told as %s, by the clock of the source', (iso, words) => {
  expect(moment(iso)).toBe(words)
})

describe('the site that is asked about', () => {
  const page = { own: false, origin: 'https://acme.atlassian.net' }
  const panel = { own: true, origin: null }
  test('is where the browser says the page is, whatever the page says', () => {
    expect(siteOf({ site: 'https://other.atlassian.net' }, page)).toBe(page.origin)
    expect(siteOf({ site: 'https://other.atlassian.net/x?y' }, panel)).toBe(
      'https://other.atlassian.net',
    )
    expect(siteOf({ site: 'nonsense' }, panel)).toBeNull()
    expect(siteOf({}, panel)).toBeNull()
  })

  test('is one of Jira Cloud, or a practice site that a migration went to', async () => {
    await writeAgent({ address: 'http://127.0.0.1:9', token: 'x', name: 'x' })
    expect(await knownSite({}, page)).toBe(page.origin)
    for (const origin of [
      'https://evilatlassian.net',
      'http://127.0.0.1:1',
      'http://acme.atlassian.net',
    ])
      await expect(knownSite({}, { own: false, origin })).rejects.toMatchObject({
        view: { code: 'site-unknown' },
      })
    await writeAgent({ address: 'http://127.0.0.1:9', token: null, name: 'x' })
    await expect(knownSite({}, page)).rejects.toMatchObject({ view: { code: 'not-paired' } })
  })
})
