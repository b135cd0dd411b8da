import { readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unfinished } from '../../agent/snapshot/keep.ts'
import { openSnapshot } from '../../agent/snapshot/read.ts'
import { createSnapshot } from '../../agent/snapshot/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { SnapshotInfo } from '../../shared/record.ts'

const info: SnapshotInfo = {
  sourceId: 'a',
  sourceKind: 'backup',
  label: 'backup.zip',
  version: '8.1.0',
  build: null,
  exportedAt: 1_500_000_000_000,
  timeZone: 'UTC',
  timeZoneFrom: 'header',
  baseUrl: null,
  illegalCharacters: 2,
  file: { bytes: 12, modifiedAt: 1_500_000_000_000 },
}
const issue = { table: 'issue', columns: ['id', 'projectId', 'number', 'key', 'summary'] }
const comment = { table: 'comment', columns: ['id', 'issueId', 'body'] }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landfall-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a snapshot', () => {
  test('has its name only when it is whole, and is one file', () => {
    const path = join(folder, 'a.sqlite')
    const writer = createSnapshot(path)
    writer.row(issue, ['1', '7', 3, 'A-3', 'x'])
    expect(readdirSync(folder)).not.toContain('a.sqlite')
    writer.finish(info, [], [])
    expect(readdirSync(folder)).toEqual(['a.sqlite'])
    const snapshot = openSnapshot(path)
    expect(snapshot.info()).toEqual({ ...info, live: null })
    snapshot.close()
  })

  test('replaces an older one, and what a crash left of another', () => {
    const path = join(folder, 'a.sqlite')
    writeFileSync(`${path}.part`, 'rubbish')
    writeFileSync(`${path}.part-wal`, 'rubbish')
    writeFileSync(path, 'old')
    const writer = createSnapshot(path)
    writer.finish(info, [], [])
    expect(readdirSync(folder)).toEqual(['a.sqlite'])
    openSnapshot(path).close()
  })

  test('that is abandoned leaves nothing behind', () => {
    const writer = createSnapshot(join(folder, 'a.sqlite'))
    writer.row(issue, ['1', '7', 3, 'A-3', 'x'])
    writer.abandon()
    expect(readdirSync(folder)).toEqual([])
  })

  test('that can be gone on with keeps what was safe, for the same source only', () => {
    const path = join(folder, 'a.sqlite')
    const project = { table: 'project', columns: ['id', 'key'] }
    const first = createSnapshot(path, { resume: 'one' })
    first.row(project, ['7', 'A'])
    first.row(issue, ['1', '7', 1, 'A-1', 'x'])
    first.note('place', '', 'after 1')
    first.checkpoint()
    first.row(issue, ['2', '7', 2, 'A-2', 'x'])
    first.note('place', '', 'after 2')
    first.leave()
    expect(unfinished(path, 'place')).toEqual({ of: 'one', note: 'after 1' })
    const again = createSnapshot(path, { resume: 'one' })
    expect(again.noted('place')).toEqual([['', 'after 1']])
    expect([again.count('issue'), again.count('project')], 'the frame is read again').toEqual([
      1, 0,
    ])
    again.leave()
    const other = createSnapshot(path, { resume: 'another' })
    expect([other.noted('place'), other.count('issue')]).toEqual([[], 0])
    other.leave()
    // A backup takes seconds: its reading begins anew whatever lies there.
    createSnapshot(path).abandon()
    expect(unfinished(path, 'place')).toBeNull()
  })

  test('gives ids as text in the order of numbers, and those that are none after them', () => {
    const path = join(folder, 'a.sqlite')
    const writer = createSnapshot(path)
    for (const id of ['10', '9', 'x1', '100', '9007199254740993'])
      writer.row(comment, [id, id === '9' ? '2' : '1', null])
    for (const n of [10, 9, 100]) writer.row(issue, [String(n), '7', n, `A-${n}`, ''])
    writer.finish(info, [], [])
    const snapshot = openSnapshot(path)
    const ids = [...snapshot.rows('comment')].map((row) => row.id)
    expect(ids).toEqual(['9', '10', '100', '9007199254740993', 'x1'])
    expect(snapshot.ofIssues('comment', ['1', '2']).map((row) => row.id)).toEqual([
      '10',
      '100',
      '9007199254740993',
      'x1',
      '9',
    ])
    expect(snapshot.issues('7', 9, 1).map((row) => row.number)).toEqual([10])
    expect(snapshot.issues('7', 0, 9).map((row) => row.number)).toEqual([9, 10, 100])
    expect(snapshot.ofIssues('comment', [])).toEqual([])
    expect(snapshot.issue('nope')).toBeNull()
    snapshot.close()
  })

  test('keeps every row, whatever their number', () => {
    const path = join(folder, 'a.sqlite')
    const writer = createSnapshot(path)
    for (let id = 0; id < 1_234; id++) {
      writer.row(comment, [String(id), '1', 'y'])
      if (id % 7 === 0) writer.row(issue, [String(id), '1', id, `A-${id}`, 'x'])
    }
    writer.finish(info, [], [])
    const snapshot = openSnapshot(path)
    expect(snapshot.count('comment')).toBe(1_234)
    expect(snapshot.count('issue')).toBe(177)
    snapshot.close()
  })

  test('on a full disk ends with a sentence and removes what it wrote', () => {
    const writer = createSnapshot(join(folder, 'a.sqlite'), { maxBytes: 2_000_000 })
    const fill = () => {
      for (let id = 0; id < 10_000; id++) writer.row(comment, [String(id), '1', 'x'.repeat(1_000)])
    }
    expect(fill).toThrow(Problem)
    expect(readdirSync(folder)).toEqual([])
    const other = createSnapshot(join(folder, 'b.sqlite'), { maxBytes: 2_000_000 })
    try {
      for (let id = 0; id < 10_000; id++) other.row(comment, [String(id), '1', 'x'.repeat(1_000)])
    } catch (error) {
      expect(error).toMatchObject({ code: 'snapshot-disk-full' })
    }
  })

  test('refuses a file that is none, with what to do', () => {
    const path = join(folder, 'a.sqlite')
    writeFileSync(path, 'not a database, but long enough to look at'.repeat(100))
    expect(() => openSnapshot(path)).toThrow('cannot be used')
    expect(() => openSnapshot(join(folder, 'b.sqlite'))).toThrow('no such file')
    const db = new DatabaseSync(join(folder, 'c.sqlite'))
    db.exec('CREATE TABLE snapshot (name TEXT, value TEXT)')
    db.close()
    expect(() => openSnapshot(join(folder, 'c.sqlite'))).toThrow('its format is')
  })

  test('refuses rows for tables and columns that it does not have', () => {
    const writer = createSnapshot(join(folder, 'a.sqlite'))
    expect(() => writer.row({ table: 'secret', columns: ['id'] }, ['1'])).toThrow('no table secret')
    const other = createSnapshot(join(folder, 'b.sqlite'))
    expect(() => other.row({ table: 'issue', columns: ['password'] }, ['1'])).toThrow('no column')
  })
})
