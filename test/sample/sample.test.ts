import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'

let folder = ''
let entities = ''
let written: Awaited<ReturnType<typeof writeSample>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-sample-'))
  written = await writeSample(join(folder, 'one'))
  const zip = await JSZip.loadAsync(readFileSync(written.backup))
  entities = (await zip.file('entities.xml')?.async('string')) ?? ''
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
const hashes = (root: string) =>
  files(root).map((path) => [
    path.slice(root.length),
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  ])

describe('the sample', () => {
  test('is the same to the byte every time', async () => {
    await writeSample(join(folder, 'two'))
    expect(hashes(join(folder, 'two'))).toEqual(hashes(join(folder, 'one')))
  })

  test('states counts that are right', () => {
    const stated = [...entities.matchAll(/^ {5}(\w+) +: (\d+)$/gm)].filter(([, n]) => n !== 'Total')
    expect(stated.length).toBeGreaterThan(25)
    for (const [, entity, count] of stated)
      expect(entities.match(new RegExp(`^ {4}<${entity} `, 'gm'))?.length, entity).toBe(
        Number(count),
      )
    expect(written.issues).toBeGreaterThan(300)
  })

  test('has an attachment row for each file, and one row without a file', () => {
    const rows = entities.match(/^ {4}<FileAttachment /gm)?.length ?? 0
    expect(files(written.attachments)).toHaveLength(rows - 1)
    expect(rows).toBeGreaterThan(50)
  })

  test('has the odd cases of real sources', () => {
    expect(entities).toContain('&lt;script&gt;')
    expect(entities).toContain('الدفع')
    expect(entities).toContain('👨‍👩‍👧')
    expect(entities).toMatch(/userKey="oleg"/)
    expect(entities).not.toMatch(/<User [^>]*userName="oleg"/)
    expect(entities).toMatch(/userName="build-bot"[^>]*emailAddress=""/)
    expect(entities).toMatch(/<Action [^>]*rolelevel="10100"/)
  })
})
