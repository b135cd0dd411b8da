import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { openLedger } from '../../agent/ledger/open.ts'

const root = resolve(import.meta.dirname, '../..')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-start-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs npm start's command to its end. @returns what a person reads */
async function start(args: string[], env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, ['agent/main.ts', 'start', '--once', ...args], {
    cwd: root,
    env: { ...process.env, LANDFALL_FOLDER: folder, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  const code = await new Promise((done) => child.once('close', done))
  expect(code, said).toBe(0)
  return said
}

describe('npm start', () => {
  let practice: string
  const siteOf = (said: string) => /Practice site +(\S+)/.exec(said)?.[1] ?? ''

  test('works where serve does, and migrates the sample to its end', {
    timeout: 240_000,
  }, async () => {
    // The usual port is taken: it takes another one and says where to enter it.
    const other = createServer()
    const port = await new Promise<number>((done) =>
      other.listen(0, '127.0.0.1', () => done((other.address() as { port: number }).port)),
    )
    const said = await start([], { LANDFALL_PORT: String(port) })
    other.close()
    expect(said).toContain(`working in ${folder}`)
    expect(said).toContain(`Another program uses port ${port}`)
    expect(said).toMatch(/Enter http:\/\/127\.0\.0\.1:\d+ in the extension: Options, Agents\./)
    expect(said).toMatch(/ 0 failed\n/)
    expect(said).toContain('FINISHED')
    expect(existsSync(join(folder, 'ledger.sqlite'))).toBe(true)
    practice = siteOf(said)
  })

  test('keeps what is not its own on the practice site, and says so', {
    timeout: 60_000,
  }, async () => {
    const ledger = openLedger(join(folder, 'ledger.sqlite'))
    await addMigration(ledger.db, {
      id: 'mine',
      name: 'My own rehearsal',
      source: { kind: 'backup', path: '/b.zip', attachments: null, timeZone: null },
      site: { kind: 'practice' },
      scope: { projects: null },
      mode: 'move',
      at: 1,
    })
    await ledger.db
      .updateTable('migration')
      .set({ startedAt: 2 })
      .where('id', '=', 'mine')
      .execute()
    await ledger.close()
    const said = await start(['--port', '0'])
    expect(said).toContain('keeps what your own rehearsals put there: "My own rehearsal"')
    expect(said).toContain('the sample is not migrated')
    expect(said).not.toContain('FINISHED')
    expect(siteOf(said), 'links from before still lead there').toBe(practice)
  })
})

test('an older Node is told what it needs, in a sentence', async () => {
  const code =
    "Object.defineProperty(process.versions, 'node', { value: '20.11.1' }); await import('./agent/needs-node.js')"
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: root })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  expect(await new Promise((done) => child.once('close', done))).toBe(1)
  expect(said).toMatch(/^Landfall needs Node 24 or newer, and this is 20\.11\.1/)
})
