import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MigrationView } from '../../shared/api.ts'
import type { InspectionView } from '../../shared/api-setup-views.ts'
import { type Door, openDoor } from '../routes/door.ts'
import { backupXml } from '../support/make-backup.ts'

let door: Door
let folder: string
beforeEach(async () => {
  door = await openDoor()
  folder = mkdtempSync(join(tmpdir(), 'landfall-exchanged-'))
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true, force: true })
})

const xml = (...keys: string[]) =>
  backupXml(keys.map((key, i) => ['Project', { id: i + 1, key, name: key }]))

test('a backup that was exchanged after it was inspected is told, and inspecting it again settles that', {
  timeout: 90_000,
}, async () => {
  const path = join(folder, 'entities.xml')
  writeFileSync(path, xml('A'))
  const source = { kind: 'backup', path, attachments: null, timeZone: null }
  const made = await door.call('/api/migrations', {
    method: 'POST',
    body: JSON.stringify({
      name: 'Weekend',
      source,
      site: { kind: 'practice' },
      step: 'inspection',
    }),
  })
  const { id } = (await made.json()) as MigrationView
  const look = async () =>
    (await (await door.call(`/api/migrations/${id}/inspection`)).json()) as InspectionView
  const inspect = async () => {
    await door.call(`/api/migrations/${id}/inspect`, { method: 'POST' })
    await expect.poll(async () => (await look()).state, { timeout: 30_000 }).toBe('done')
    return look()
  }
  const codes = (view: InspectionView) => view.inspection?.notes.map(({ code }) => code) ?? []

  expect(codes(await inspect())).not.toContain('file-changed')
  writeFileSync(path, xml('A', 'B'))
  const told = await look()
  expect(codes(told)[0]).toBe('file-changed')
  expect(told.projects.map(({ key }) => key)).toEqual(['A'])
  const again = await inspect()
  expect(codes(again)).not.toContain('file-changed')
  expect(again.projects.map(({ key }) => key)).toEqual(['A', 'B'])
})
