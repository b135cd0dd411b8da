import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createSourceFiles,
  fileAddress,
  liveFinder,
  type SourceFiles,
} from '../../../agent/source/datacenter/files.ts'
import { must } from '../../../shared/assert.ts'
import { Problem } from '../../../shared/problem.ts'
import { type DataCenter, startDataCenter } from '../../support/data-center/box.ts'
import { hostile } from '../../support/data-center/world.ts'

describe('files of a live source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-files-'))
  let box: DataCenter
  const opened: SourceFiles[] = []
  function open(url = box.url, secret = box.token) {
    const files = createSourceFiles({ url, user: null, secret }, join(folder, 'files'), {
      signal: new AbortController().signal,
      patienceMs: 60_000,
      sleep: async () => {},
    })
    opened.push(files)
    return files
  }
  const attachment = (id: number) =>
    must(
      box.world.issues.flatMap((one) => one.attachments).find((one) => one.id === id),
      'an attachment',
    )
  const address = (id: number) => fileAddress(box.url, String(id), attachment(id).filename)
  const problem = (work: Promise<unknown>): Promise<Problem> =>
    work.then(
      () => Promise.reject(new Error('It came.')),
      (error: unknown) => (error instanceof Problem ? error : Promise.reject(error)),
    )

  beforeAll(async () => {
    box = await startDataCenter()
  })
  afterAll(async () => {
    for (const one of opened) await one.close()
    await box?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('are found by the plan through their rows, whatever they are called', () => {
    const row = { attachmentId: '7', filename: `../../${hostile}`, size: 3 }
    const { path, size } = liveFinder('https://jira.acme.com/jira')(row)
    expect(size).toBe(3)
    expect(path.startsWith('https://jira.acme.com/jira/secure/attachment/7/')).toBe(true)
    expect(new URL(path).pathname.split('/')).toHaveLength(6)
    // Web servers refuse some characters in a path even where they are escaped.
    expect(path).not.toMatch(/%(2F|5C|25|00|0A)/i)
    const odd = liveFinder('https://jira.acme.com')({ ...row, filename: '\ud83d\n100%/\\' })
    expect(odd.path).toMatch(/\/7\/[^/]+$/)
  })

  test('come byte by byte, and are gone once they are let go', async () => {
    const files = open()
    const { bytes } = attachment(502)
    const file = await files.fetch(address(502), bytes.length)
    expect(readFileSync(file.path).equals(bytes)).toBe(true)
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    file.release()
    expect(existsSync(file.path)).toBe(false)
    expect(readdirSync(join(folder, 'files'))).toEqual([])
  })

  test('that are shorter than their row says are not taken', async () => {
    const files = open()
    box.moods.file = () => ({ status: 200, bytes: Buffer.from('short') })
    const said = await problem(files.fetch(address(501), 8))
    box.moods.file = undefined
    expect(said).toMatchObject({ code: 'source-unreadable', again: true })
    expect(said.message).toContain('8 bytes')
    expect(readdirSync(join(folder, 'files'))).toEqual([])
  })

  test('that are gone, or forbidden, say so', async () => {
    const files = open()
    box.moods.file = () => ({ status: 404, bytes: Buffer.from('<html>no</html>') })
    expect((await problem(files.fetch(address(501), 8))).message).toContain('404')
    box.moods.file = undefined
  })

  test('a redirect to another host gets neither token nor question', async () => {
    const asked: string[] = []
    const other = createServer((request, response) => {
      asked.push(String(request.headers.authorization))
      response.end('the plan\n')
    })
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/steal`
    box.moods.file = () => ({ status: 302, headers: { location } })
    const said = await problem(open().fetch(address(501), 9))
    box.moods.file = undefined
    other.closeAllConnections()
    await new Promise((done) => other.close(done))
    expect(said.message).toContain('the token was not sent there')
    expect(asked).toEqual([])
  })

  test('an address that is not the source’s is not asked at all', async () => {
    const said = await problem(open().fetch('https://evil.example/secure/attachment/1/x', 1))
    expect(said.code).toBe('source-unreadable')
    const beside = await problem(open().fetch(`${box.url}.evil.example/secure/attachment/1/x`, 1))
    expect(beside.code).toBe('source-unreadable')
  })

  test('a token that was taken back is asked with once, not for each file', async () => {
    const files = open()
    box.moods.revoked = 'refused'
    const before = box.asked.length
    for (let n = 0; n < 20; n++)
      expect((await problem(files.fetch(address(501), 9))).code).toBe('source-token-refused')
    box.moods.revoked = undefined
    expect(box.asked.length - before).toBe(1)
  })

  test('what a dead run left behind is removed', () => {
    const file = join(folder, 'files')
    open()
    expect(readdirSync(file)).toEqual([])
  })
})
