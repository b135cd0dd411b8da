import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createMarkup } from '../../agent/markup.ts'
import { plainText, textLength } from '../../agent/plan/adf.ts'
import { convertMarkup, isValid } from '../../agent/plan/markup.ts'
import { splitDoc } from '../../agent/plan/split.ts'
import { oddities } from '../../agent/sample/oddities.ts'
import { staff } from '../../agent/sample/people.ts'
import { createRandom } from '../../agent/sample/random.ts'
import { replies } from '../../agent/sample/replies.ts'
import { bugs, chores, drawGaps, stories } from '../../agent/sample/texts.ts'

const backups = resolve(import.meta.dirname, '../../../shared/backups')
const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** Every text of the sample, with gaps drawn. */
function sampleTexts(): string[] {
  const gaps = drawGaps(createRandom(1), staff)
  return [
    ...[...bugs, ...stories, ...chores].map((story) => story.description(gaps) ?? ''),
    ...replies.map((reply) => reply(gaps)),
    ...oddities.flatMap((odd) => [
      odd.description ?? '',
      ...(odd.comments ?? []).map((comment) => comment.body),
    ]),
  ]
}

/** Descriptions and comments of real backups, in both forms in which a backup writes them. */
function realTexts(): string[] {
  const files = existsSync(backups) ? globSync('**/*.xml', { cwd: backups }) : []
  return files.flatMap((file) => {
    const xml = readFileSync(join(backups, file), 'utf8')
    const cdata = xml.matchAll(/<(?:description|body|environment)><!\[CDATA\[([\s\S]*?)\]\]><\//g)
    const attributes = xml.matchAll(/<(?:Issue|Action) [^>]*?(?:description|body)="([^"]+)"/g)
    return [...cdata, ...attributes].map((found) => found[1] ?? '')
  })
}

describe('the conversion of markup', () => {
  test('gives a valid document for every text of the sample and of real backups', () => {
    const texts = [...sampleTexts(), ...realTexts()]
    for (const text of texts) {
      const { doc } = convertMarkup(text)
      expect(isValid(doc), text.slice(0, 300)).toBe(true)
    }
  })

  test('gives a valid document for mutated markup, and never throws', () => {
    const random = createRandom(7)
    const texts = sampleTexts().filter((text) => text.length > 0 && text.length < 5_000)
    const bits = [
      '{code}',
      '{panel}',
      '|',
      '||',
      '!',
      '[~',
      ']',
      '*',
      '{color:red}',
      '\n# ',
      '\n** ',
      '{quote}',
      '\ud83e',
      '\u0007',
      '{noformat}',
      '\n----\n',
    ]
    for (let n = 0; n < 1_500; n += 1) {
      const text = random.pick(texts)
      const at = random.below(text.length)
      const cut = text.slice(0, at) + random.pick(bits) + text.slice(at + random.below(8))
      const { doc } = convertMarkup(cut)
      expect(isValid(doc), cut).toBe(true)
    }
  })

  test('keeps tables, code, panels, lists and mentions', () => {
    const { doc } = convertMarkup(
      '||a||b||\n|1|2|\n\n{code:java}int i;{code}\n{panel:title=T}in{panel}\n* one\n** two\n\n[~fred] wrote',
    )
    const json = JSON.stringify(doc)
    for (const type of ['table', 'tableHeader', 'codeBlock', 'panel', 'bulletList', 'mention'])
      expect(json).toContain(`"type":"${type}"`)
  })

  test('names an image and says so', () => {
    const { doc, lost } = convertMarkup('See !screen shot.png|thumbnail! here')
    expect(plainText(doc)).toContain('Attachment: screen shot.png')
    expect(lost.map((loss) => loss.code)).toEqual(['inline-image'])
  })

  test('takes out control characters and lone surrogates, and keeps emoji', () => {
    const { doc } = convertMarkup('a\u0007b \ud83e c \u{1f98a}')
    const text = plainText(doc)
    expect(text).toContain('ab')
    expect(text).toContain('\u{1f98a}')
    expect(text.isWellFormed()).toBe(true)
  })
})

describe('the worker', () => {
  const markup = createMarkup({ limitMs: 3_000 })
  afterAll(() => markup.close())

  test('converts texts in flight, each to its own answer', async () => {
    const texts = Array.from({ length: 40 }, (_, n) => `*bold ${n}* and {{code ${n}}}`)
    const converted = await Promise.all(texts.map((text) => markup.toAdf(text)))
    for (const [n, { doc }] of converted.entries())
      expect(plainText(doc).trim()).toBe(`bold ${n} and code ${n}`)
  })

  test('gives up on a text that takes too long, keeps its words, and goes on', async () => {
    const long = `first ${'[~u'.repeat(10_000)} last`
    const [slow, fast] = await Promise.all([markup.toAdf(long), markup.toAdf('*next*')])
    expect(slow.lost.map((loss) => loss.code)).toEqual(['markup-as-text'])
    expect(plainText(slow.doc)).toContain('last')
    expect(slow.doc.content[0]?.type).toBe('paragraph')
    expect(plainText(fast.doc).trim()).toBe('next')
    expect(fast.lost).toEqual([])
  })

  test('reads plain text as the transformer would', async () => {
    for (const text of ['One line.', 'Two\nlines', 'A paragraph\n\nand another, "quoted" <tag>']) {
      const { doc } = await markup.toAdf(text)
      expect(doc).toEqual(convertMarkup(text).doc)
    }
  })
})

describe('splitting a long document', () => {
  test('leaves a short one as it is', () => {
    const { doc } = convertMarkup('*short*')
    expect(splitDoc(doc, 1_000)).toEqual([doc])
  })

  test('parts every text within the limit, validly, with every word in its order', () => {
    for (const text of sampleTexts()) {
      const { doc } = convertMarkup(text)
      const parts = splitDoc(doc, 120)
      for (const part of parts) {
        expect(isValid(part), JSON.stringify(part)).toBe(true)
        expect(textLength(part)).toBeLessThanOrEqual(120)
      }
      const letters = (text: string) => words(text).join('')
      expect(letters(parts.map(plainText).join(''))).toBe(letters(plainText(doc)))
    }
  })

  test('does not part a pair of surrogates', () => {
    const { doc } = convertMarkup('🦊'.repeat(500))
    for (const part of splitDoc(doc, 101)) expect(plainText(part).isWellFormed()).toBe(true)
  })
})
