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
  // An upload that tells how far it is cannot be a fetch.
  expect(using(/Bearer/)).toEqual(['agent-client.ts', 'send-file.ts'])
})

test('no view puts text into the page other than as text', () => {
  expect(using(/innerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|outerHTML/)).toEqual([])
})

const overlay = join(root, '.output/chrome-mv3/content-scripts/overlay.js')
test.runIf(existsSync(overlay))('the overlay stays light: every page of the site loads it', () => {
  const built = readFileSync(overlay)
  expect(gzipSync(built).length).toBeLessThan(45_000)
  expect(built.includes('DexieError'), 'the cache belongs to the background').toBe(false)
})
