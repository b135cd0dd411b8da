import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const sources = readdirSync(join(root, 'extension'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, 'extension', file), 'utf8') }))
const using = (what: RegExp) =>
  sources.filter(({ text }) => what.test(text)).map(({ file }) => file)

test('one file touches the browser, so that all it can do is read in one place', () => {
  expect(using(/from 'wxt\/browser'/)).toEqual(['platform.ts'])
})

test('one file speaks to the agent, so that the token goes nowhere else', () => {
  // The others ask the site on which they lie, with the login of the page.
  expect(using(/\bfetch\(/)).toEqual([
    'agent-client.ts',
    'overlay/issue/sight.ts',
    'overlay/repair/page.ts',
  ])
  expect(using(/Bearer/)).toEqual(['agent-client.ts'])
})

test('no view puts text into the page other than as text', () => {
  expect(using(/innerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|outerHTML/)).toEqual([])
})

const isWords = (file: string) => /(^|\/)words[^/]*\.ts$/.test(file)

test('what a person reads stands in a file of words, and nowhere else', () => {
  // A sentence: a capital, a small letter, at least two more words, an end. What is thrown at developers is none.
  const sentence = /(["'`])[A-Z][a-z’]+(?: [^"'`\n]*){2,}[.:?!]\1/
  const forDevelopers = /new Error\(|console\.|^\s*(?:\/\/|\*|\/\*)|DOMException|must\(/
  const found = sources
    .filter(({ file }) => !isWords(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .filter((line) => sentence.test(line) && !forDevelopers.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
  expect(found, 'move it to one of extension/words*.ts').toEqual([])
})

test('no text is kept that nobody shows', () => {
  const uses = sources.map(({ text }) => text).join('\n')
  const times = (what: RegExp) => uses.match(what)?.length ?? 0
  const dead = sources
    .filter(({ file }) => isWords(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^export const (\w+)([^=]*)= (?:\{\n([\s\S]*?)\n\})?/gm)].flatMap(
        ([, name = '', type = '', body = '']) => {
          if (times(new RegExp(`\\b${name}\\b`, 'g')) < 2) return [`${file}: ${name}`]
          // A list by a type's own words is read by a word that is only known when it is shown.
          if (
            /Record</.test(type) ||
            times(new RegExp(`\\b${name}\\[|\\.\\.\\.${name}\\b`, 'g')) > 0
          )
            return []
          return [...body.matchAll(/^ {2}(\w+):/gm)]
            .map(([, key = '']) => key)
            .filter((key) => times(new RegExp(`\\.${key}\\b|\\[[^\\]\n]*'${key}'`, 'g')) === 0)
            .map((key) => `${file}: ${name}.${key}`)
        },
      ),
    )
  expect(dead, 'take it away').toEqual([])
})

const overlay = join(root, '.output/chrome-mv3/content-scripts/overlay.js')
test.runIf(existsSync(overlay))('the overlay stays light: every page of the site loads it', () => {
  const built = readFileSync(overlay)
  expect(gzipSync(built).length).toBeLessThan(45_000)
  expect(built.includes('DexieError'), 'the cache belongs to the background').toBe(false)
})
