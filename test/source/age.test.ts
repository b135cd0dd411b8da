import { appendFileSync, mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { folderParts } from '../../agent/config.ts'
import { addMigration, getMigration } from '../../agent/ledger/migrations.ts'
import { openLedger } from '../../agent/ledger/open.ts'
import { openSource, snapshotAge } from '../../agent/source-snapshot.ts'
import { backupXml, scratch } from '../support/make-backup.ts'

const project = (id: number, key: string) => ['Project', { id, key, name: key }] as const
const xml = (...keys: string[]) =>
  backupXml(
    keys.map((key, i): [string, Record<string, string | number>] => [...project(i + 1, key)]),
  )

async function world() {
  const place = await scratch()
  const folder = folderParts(place.path)
  mkdirSync(folder.snapshots, { recursive: true })
  const ledger = openLedger(folder.ledger)
  const path = await place.file('entities.xml', xml('A'))
  await addMigration(ledger.db, {
    id: 'm',
    name: 'm',
    source: { kind: 'backup', path, attachments: null, timeZone: null },
    site: { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: 1,
  })
  const parts = { ledger, folder, now: () => 1 }
  const { signal } = new AbortController()
  return {
    path,
    db: ledger.db,
    snapshot: join(folder.snapshots, 'm.sqlite'),
    async keys(): Promise<string[]> {
      const opened = await openSource(parts, await getMigration(ledger.db, 'm'), { signal })
      try {
        return [...opened.rows('project')].map((row) => row.key)
      } finally {
        opened.close()
      }
    },
    log: async () =>
      (await ledger.db.selectFrom('event').select('text').orderBy('n').execute()).map(
        (row) => row.text,
      ),
    async [Symbol.asyncDispose]() {
      await ledger.close()
      await place[Symbol.asyncDispose]()
    },
  }
}

describe('a snapshot that is there already', () => {
  test('is used as it is while the backup lies as it was read', async () => {
    await using its = await world()
    const { keys, log, snapshot, path } = its
    expect(snapshotAge(snapshot, path)).toBe('none')
    expect(await keys()).toEqual(['A'])
    expect(snapshotAge(snapshot, path)).toBe('current')
    expect(await keys()).toEqual(['A'])
    expect(await log()).toHaveLength(1)
  })

  test('of another format is read anew, and the log says so', async () => {
    await using its = await world()
    const { keys, log, snapshot, path } = its
    await keys()
    const old = new DatabaseSync(snapshot)
    old.exec(`UPDATE snapshot SET value = '1' WHERE name = 'formatVersion'; DELETE FROM project`)
    old.close()
    expect(snapshotAge(snapshot, path)).toBe('outdated')
    expect(await keys()).toEqual(['A'])
    expect((await log()).at(-1)).toContain('another version of Landfall')
  })

  test('of a backup that was exchanged is read anew, and so is its plan', async () => {
    await using its = await world()
    const { keys, log, path, db } = its
    await keys()
    await db.updateTable('migration').set({ stage: 'planned' }).execute()
    await writeFile(path, xml('A', 'B'))
    expect(await keys()).toEqual(['A', 'B'])
    expect((await log()).at(-1)).toContain('not the one that was read before')
    expect((await getMigration(db, 'm')).stage).toBe('read')
  })

  test('stays in use once something was sent from it, with a warning', async () => {
    await using its = await world()
    const { keys, log, path, db, snapshot } = its
    await keys()
    const sent = { kind: 'issue', projectKey: 'A', phase: 'issues', state: 'sent' } as const
    await db
      .insertInto('tally')
      .values({ migrationId: 'm', ...sent, verdict: '', loss: 0, n: 1 })
      .execute()
    appendFileSync(path, '\n')
    expect(snapshotAge(snapshot, path)).toBe('changed')
    expect(await keys()).toEqual(['A'])
    expect((await log()).at(-1)).toContain('stays in use')
  })
})
