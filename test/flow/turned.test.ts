import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'landfall-turned-'))
const backup = join(folder, 'turned.xml')
const out = join(folder, 'out')

/** Turns what follows, and (CSI 8 m) hides it on a terminal; both may stand in XML. */
const before = '\u202e\u009b8m'
/** Never closed. */
const behind = '\u2067'
const names =
  /(<(?:Project|Version|Component|Issue|User|SearchRequest|FileAttachment|Group|CustomField|PortalPage) [^>]*? (?:name|summary|displayName|filename|description|pagename)=")([^"]+)/g

/** What turns or hides the text behind it; ends of lines and tabs do neither. */
const harmful = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u

beforeAll(async () => {
  const zip = await JSZip.loadAsync(
    readFileSync((await writeSample(join(folder, 'sample'))).backup),
  )
  const xml = await must(zip.file('entities.xml'), 'The sample has entities.').async('string')
  writeFileSync(backup, xml.replace(names, `$1${before}$2${behind}`))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command as a person does: its words, on both streams. */
async function words(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [join(root, 'agent/cli.ts'), ...args], { cwd: root })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk
    })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, text }
}

/** The places where a text turns or hides what follows, with a little around them. */
const found = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const at = line.search(harmful)
    return at < 0 ? [] : [JSON.stringify(line.slice(Math.max(0, at - 40), at + 40))]
  })

/** All files below, those in zips too, by name. */
async function* filesIn(path: string): AsyncGenerator<[name: string, text: string]> {
  for (const name of readdirSync(path)) {
    const file = join(path, name)
    if (statSync(file).isDirectory()) yield* filesIn(file)
    else if (name.endsWith('.zip'))
      for (const entry of Object.values((await JSZip.loadAsync(readFileSync(file))).files))
        yield [`${name}/${entry.name}`, await entry.async('string')]
    else yield [name, readFileSync(file, 'utf8')]
  }
}

describe('a source whose names turn and hide what follows them', () => {
  test('is told of on a terminal without that', async () => {
    const inspected = await words('inspect', backup)
    expect(inspected.text).toContain('Jira')
    expect(found(inspected.text)).toEqual([])
    const told = await words('inspect', backup, '--json')
    expect(found(told.text)).toEqual([])
    const checked = await words('check', backup, '--practice')
    expect(checked.text).toContain('\ufffd')
    expect(found(checked.text)).toEqual([])
  })

  test('moves, and each file of its reports can be read', async () => {
    const { code, text } = await words('migrate', backup, '--practice', '--out', out)
    expect(found(text)).toEqual([])
    expect(code).toBe(0)
    const faults: string[] = []
    const named = new Set<string>()
    for await (const [name, text] of filesIn(out)) {
      // For scripts, with the values as they are.
      if (/\.sqlite$|id-mappings/.test(name)) continue
      if (text.includes('\ufffd')) named.add(name.replace(/^.*\//, ''))
      faults.push(...found(text).map((one) => `${name}: ${one}`))
    }
    expect(faults.slice(0, 20)).toEqual([])
    // The names are there, or nothing was proven.
    expect([...named]).toEqual(expect.arrayContaining(['report.html', 'items.csv']))
  })
})
