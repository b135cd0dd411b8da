import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  folder = mkdtempSync(join(tmpdir(), 'landfall-copied-'))
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true, force: true })
})

const send = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const answer = await door.call(path, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return (await answer.json()) as T
}

test('a copy begins from what was read for the original, and each can be deleted alone', async () => {
  const path = join(folder, 'entities.xml')
  writeFileSync(path, backupXml([['Project', { id: 1, key: 'A', name: 'A' }]]))
  const body = {
    name: 'Rehearsal',
    source: { kind: 'backup', path, attachments: null, timeZone: null },
    site: { kind: 'practice' },
    step: 'inspection',
  }
  const { id } = await send<MigrationView>('POST', '/api/migrations', body)
  const unread = await send<MigrationView>('POST', `/api/migrations/${id}/copy`, {})
  const look = (of: string) => send<InspectionView>('GET', `/api/migrations/${of}/inspection`)
  expect((await look(unread.id)).state, 'there is nothing to take along yet').toBe('none')

  await send('POST', `/api/migrations/${id}/inspect`)
  await expect.poll(async () => (await look(id)).state, { timeout: 30_000 }).toBe('done')
  const copy = await send<MigrationView>('POST', `/api/migrations/${id}/copy`, {})
  const found = await look(copy.id)
  expect(found.state).toBe('done')
  expect(found.projects.map(({ key }) => key)).toEqual(['A'])

  const [own, copied] = [id, copy.id].map((one) => join(door.folder, `snapshots/${one}.sqlite`))
  expect(statSync(own as string).ino, 'one file on the disk').toBe(statSync(copied as string).ino)
  // Reading the original anew leaves the copy what it was made from.
  writeFileSync(path, backupXml([['Project', { id: 1, key: 'B', name: 'B' }]]))
  await send('POST', `/api/migrations/${id}/inspect`)
  await expect.poll(async () => (await look(id)).projects[0]?.key, { timeout: 30_000 }).toBe('B')
  expect((await look(copy.id)).projects[0]?.key).toBe('A')
  expect((await door.call(`/api/migrations/${id}`, { method: 'DELETE' })).ok).toBe(true)
  expect([existsSync(own as string), existsSync(copied as string)]).toEqual([false, true])
  expect((await look(copy.id)).state).toBe('done')
})
