import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigrationView } from '../../shared/api.ts'
import type { FilesTestView, InspectionView } from '../../shared/api-setup-views.ts'
import { type Door, openDoor } from '../routes/door.ts'
import { type BackupRow, backupXml } from '../support/make-backup.ts'

const root = mkdtempSync(join(tmpdir(), 'landfall-files-'))
const backup = join(root, 'entities.xml')
const files = join(root, 'home', 'data', 'attachments')
let door: Door
let id: string

beforeAll(async () => {
  const file = (n: number) => ({ id: n, issue: n < 102 ? 5 : 6, filename: `${n}.txt`, filesize: 3 })
  writeFileSync(
    backup,
    backupXml([
      ['Project', { id: 2, key: 'PAY', name: 'Pay', originalkey: 'OLD' }],
      ['Issue', { id: 5, project: 2, number: 1, key: 'PAY-1', summary: 'x' }],
      ['Issue', { id: 6, project: 2, number: 2, key: 'PAY-2', summary: 'y' }],
      ...[100, 101, 102].map((n): BackupRow => ['FileAttachment', file(n)]),
    ]),
  )
  // Of a project that was renamed, by its first key; one of the three is gone.
  for (const [issue, n] of [
    ['OLD-1', 100],
    ['OLD-2', 102],
  ]) {
    mkdirSync(join(files, 'OLD', '10000', String(issue)), { recursive: true })
    writeFileSync(join(files, 'OLD', '10000', String(issue), String(n)), 'abc')
  }
  mkdirSync(join(root, 'empty'))
  door = await openDoor()
  const made = await door.post('/api/migrations', {
    name: 'Files',
    source: { kind: 'backup', path: backup },
    step: 'source',
  })
  id = ((await made.json()) as MigrationView).id
})
afterAll(async () => {
  await door.close()
  rmSync(root, { recursive: true, force: true })
})

const look = async (folder: string, path: string | null = null) =>
  (await (
    await door.post(`/api/migrations/${id}/files-test`, { folder, path })
  ).json()) as FilesTestView

test('before the source was read it is told whether the folder is there', async () => {
  expect(await look(files)).toEqual({
    folder: files,
    there: true,
    of: null,
    looked: 0,
    found: 0,
    files: [],
  })
  expect(await look(join(root, 'gone'))).toMatchObject({ there: false })
  expect(await look(backup)).toMatchObject({ there: false })
})

test('then also how many of the files lie in it', async () => {
  await door.post(`/api/migrations/${id}/inspect`)
  const state = async () =>
    ((await (await door.call(`/api/migrations/${id}/inspection`)).json()) as InspectionView).state
  await expect.poll(state, { timeout: 30_000 }).toBe('done')
  for (const folder of [files, join(root, 'home')])
    expect(await look(folder)).toEqual({
      ...{ folder, there: true, of: 3, looked: 3, found: 2 },
      files: [
        { issueKey: 'PAY-1', name: '100.txt', found: true },
        { issueKey: 'PAY-1', name: '101.txt', found: false },
        { issueKey: 'PAY-2', name: '102.txt', found: true },
      ],
    })
  expect(await look(join(root, 'empty'))).toMatchObject({ there: true, looked: 3, found: 0 })
  expect(await look(join(root, 'gone'))).toMatchObject({ there: false, of: 3, looked: 0 })
  expect(await look(files, backup)).toMatchObject({ of: 3, found: 2 })
  // Another backup was picked and not saved yet: its files are no matter of the one that was read.
  expect(await look(files, join(root, 'other.xml'))).toMatchObject({
    there: true,
    of: null,
    files: [],
  })
})
