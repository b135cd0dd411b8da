import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addClient, knowsClient } from '../../agent/ledger/clients.ts'
import { causesWithFields } from '../../agent/ledger/findings.ts'
import { addItems, settleVerdicts } from '../../agent/ledger/items.ts'
import {
  changeMigration,
  deleteMigration,
  migrationsSince,
  moveMigration,
} from '../../agent/ledger/migrations.ts'
import { openLedger } from '../../agent/ledger/open.ts'
import { retryFailed } from '../../agent/ledger/retry.ts'
import { ledgerVersions } from '../../agent/ledger/schema.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { commentOn, planned, testLedger } from '../support/ledger.ts'

let at: Awaited<ReturnType<typeof testLedger>>
beforeEach(async () => {
  at = await testLedger()
})
afterEach(() => at.close())

describe('the ledger', () => {
  test('belongs to one agent at a time, and says so to a second', () => {
    expect(() => openLedger(at.path)).toThrow(/Another Landfall agent already works in/)
  })

  test('is free again once closed, also when nothing was ever asked', async () => {
    const path = join(at.folder, 'other', 'ledger.sqlite')
    await openLedger(path).close()
    await openLedger(path).close()
  })

  test('tells a cursor what changed since, and a foreign cursor everything', async () => {
    const { cursor } = await migrationsSince(at.db, 0)
    expect((await migrationsSince(at.db, cursor)).rows).toEqual([])
    await changeMigration(at.db, 'm1', 5, { sentence: 'Moving.' })
    const later = await migrationsSince(at.db, cursor)
    expect(later.rows.map((row) => row.sentence)).toEqual(['Moving.'])
    expect((await migrationsSince(at.db, 9_999)).rows).toHaveLength(1)
    await deleteMigration(at.db, 'm1')
    expect(await migrationsSince(at.db, later.cursor)).toMatchObject({ rows: [], deleted: ['m1'] })
  })

  test('refuses a move that makes no sense, and changes nothing then', async () => {
    await expect(moveMigration(at.db, 'm1', 'finish', 5)).rejects.toThrow(/saved cannot finish/)
    const { rows } = await migrationsSince(at.db, 0)
    expect(rows[0]?.status).toBe('saved')
  })

  test('writes down when an item failed, and forgets it with the verdict', async () => {
    await addItems(at.db, 'm1', [
      { item: planned('comment', '1', commentOn('A-1', '1')), batchId: null },
    ])
    const read = () => at.db.selectFrom('item').selectAll().executeTakeFirstOrThrow()
    const { seq, settledAt } = await read()
    expect(settledAt).toBeNull()
    const before = Date.now()
    await settleVerdicts(at.db, [{ seq, verdict: 'failed', differences: [] }])
    const settled = (await read()).settledAt ?? 0
    expect(settled).toBeGreaterThanOrEqual(before)
    expect(settled).toBeLessThanOrEqual(Date.now())
    await retryFailed(at.db, 'm1')
    await at.db.updateTable('item').set({ verdict: null }).execute()
    expect((await read()).settledAt).toBeNull()
  })

  test('of an earlier version is brought up to date, with the end of its run for its items', async () => {
    const path = join(at.folder, 'old.sqlite')
    const old = new DatabaseSync(path)
    for (const version of ledgerVersions.slice(0, 2)) old.exec(version)
    old.exec(`pragma user_version = 2;
      insert into migration select 'm1', 'Old', 'incomplete', 'idle', 'reported', '[]', null, null, 0, '{}', '{}', '{}', '{}',
        'production', null, 'move', null, null, '', 1, 0, 0, 1, 2, 777, 888, 1;
      insert into item (migrationId, kind, sourceId, label, phase, lane, state, counted, again, verdict)
        values ('m1', 'issue', '1', 'A-1', 'issues', 'A', 'failed', 1, 0, 'failed'),
          ('m1', 'issue', '2', 'A-2', 'issues', 'A', 'sent', 1, 0, 'verified')`)
    old.close()
    const ledger = openLedger(path)
    const rows = await ledger.db.selectFrom('item').select(['sourceId', 'settledAt']).execute()
    await ledger.close()
    expect(rows).toEqual([
      { sourceId: '1', settledAt: 777 },
      { sourceId: '2', settledAt: null },
    ])
  })

  test('keeps of a client only the hash of its token', async () => {
    await addClient(at.db, 'a-long-random-token', 'Browser', 1)
    expect(await knowsClient(at.db, 'a-long-random-token')).toBe(true)
    expect(await knowsClient(at.db, 'another-token')).toBe(false)
    expect(JSON.stringify(await at.db.selectFrom('client').selectAll().execute())).not.toContain(
      'a-long-random-token',
    )
  })
})

test('a ledger of an older Landfall is brought up to date, with all that it holds', async () => {
  const path = join(at.folder, 'older.sqlite')
  const older = new DatabaseSync(path)
  older.exec(ledgerVersions.slice(0, 2).join(';'))
  older.exec(`pragma user_version = 2;
    insert into item (migrationId, kind, sourceId, label, phase, lane, state, counted, reasonCode, again, verdict)
    values ('m1', 'comment', '1', 'Comment 1', 'content', 'x', 'failed', 1, 'needs-another', 1, 'failed')`)
  older.close()
  const { db, close } = openLedger(path)
  expect(await db.selectFrom('item').selectAll().execute()).toMatchObject([
    { label: 'Comment 1', rootSeq: null, retriedRun: null },
  ])
  const [cause] = await causesWithFields(db, 'm1')
  expect(cause).toMatchObject({ kind: 'comment', items: 1, dependents: 0 })
  expect(await retryFailed(db, 'm1')).toBe(1)
  await close()
})

test('a rule for filters that nobody chose stays what it did when it became a choice', async () => {
  const path = join(at.folder, 'fifth.sqlite')
  const older = new DatabaseSync(path)
  older.exec(ledgerVersions.slice(0, 5).join(';'))
  older.exec('pragma user_version = 5')
  const add =
    older.prepare(`insert into migration values (?, 'M', 'saved', 'idle', 'new', '[]', null, null, 0,
    '{}', '{}', '{}', ?, 'test', null, 'move', null, null, '', 0, 0, 0, 0, null, null, 0, 0)`)
  add.run('unasked', '{"status":"stop","filter":"reuse"}')
  add.run('chosen', '{"filter":"stop"}')
  add.run('unsaid', '{}')
  older.close()
  const { db, close } = openLedger(path)
  const rows = await db.selectFrom('migration').select(['id', 'collisionsJson']).execute()
  expect(Object.fromEntries(rows.map((row) => [row.id, JSON.parse(row.collisionsJson)]))).toEqual({
    unasked: { status: 'stop', filter: 'rename' },
    chosen: { filter: 'stop' },
    unsaid: {},
  })
  await close()
})

describe('the vault', () => {
  test('gives back what was put in, and keeps it unreadable in the ledger', async () => {
    const vault = openVault(at.db, join(at.folder, 'key'))
    await vault.put('site:m1', 'the-secret-token')
    expect(await vault.get('site:m1')).toBe('the-secret-token')
    expect(await vault.get('site:m2')).toBeNull()
    expect(readFileSync(at.path).includes('the-secret-token')).toBe(false)
    expect(statSync(join(at.folder, 'key')).mode & 0o077).toBe(0)
  })

  test('does not open what was sealed under another name or another key', async () => {
    const vault = openVault(at.db, join(at.folder, 'key'))
    await vault.put('site:m1', 'the-secret-token')
    await at.db.updateTable('secret').set({ name: 'site:m9' }).execute()
    await expect(vault.get('site:m9')).rejects.toThrow(/cannot be opened/)
    await at.db.updateTable('secret').set({ name: 'site:m1' }).execute()
    await expect(openVault(at.db, join(at.folder, 'other-key')).get('site:m1')).rejects.toThrow(
      /cannot be opened/,
    )
  })
})
