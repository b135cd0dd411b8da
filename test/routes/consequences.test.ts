import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import type { ConsequencesView } from '../../shared/api-deeds.ts'
import { addSample, finishSample } from '../report/filled-ledger.ts'
import { type Door, openDoor } from './door.ts'

let door: Door
beforeEach(async () => {
  door = await openDoor()
  await addSample(door.ledger, 'm1')
  await finishSample(door.ledger, 'm1')
})
afterEach(() => door.close())

const ask = async () =>
  (await (await door.call('/api/migrations/m1/consequences')).json()) as ConsequencesView
const put = (path: string, bytes: number) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, Buffer.alloc(bytes))
}

describe('before a stop or a delete', () => {
  test('it is counted what is on the site, by kind, and what was not sent yet', async () => {
    const { db } = door.ledger
    const told = await ask()
    for (const { kind, items } of told.onSite) {
      const rows = await db
        .selectFrom('item')
        .select('seq')
        .where('migrationId', '=', 'm1')
        .where('kind', '=', kind)
        .where('state', '=', 'sent')
        .execute()
      expect(items, kind).toBe(rows.length)
    }
    expect(told.onSite.map(({ kind }) => kind)).toContain('issue')
    expect(told.onSite.map(({ kind }) => kind)).not.toContain('user')
  })

  test('it is counted what goes off the disk, and a delete takes just that', async () => {
    const folder = folderParts(door.folder)
    const archive = join(folder.appFiles('m1'), 'com.example.app', 'rows.csv')
    put(join(folder.snapshots, 'm1.sqlite'), 4096)
    put(join(folder.report('m1'), 'report.zip'), 10)
    put(archive, 300)
    const other = join(folder.appFiles('m2'), 'com.example.app', 'rows.csv')
    put(other, 5)
    expect((await ask()).disk).toEqual([
      { part: 'snapshot', bytes: 4096 },
      { part: 'reports', bytes: 10 },
      { part: 'apps', bytes: 300 },
    ])
    await door.call('/api/migrations/m1', { method: 'DELETE' })
    expect(existsSync(archive)).toBe(false)
    expect(existsSync(folder.appFiles('m1'))).toBe(false)
    expect(existsSync(other)).toBe(true)
  })

  test('of a migration that is not there it says so', async () => {
    expect((await door.call('/api/migrations/none/consequences')).status).toBe(404)
  })
})
