import { afterAll, expect, test } from 'vitest'
import { addItems } from '../../agent/ledger/items.ts'
import { withoutOwn } from '../../agent/without-own.ts'
import { planned, testLedger } from '../support/ledger.ts'
import { site, siteFilter } from '../support/plan-source.ts'

const at = await testLedger()
afterAll(at.close)

test('what a migration sent itself does not meet its next plan, what it only planned still does', async () => {
  const status = (id: string, name: string) =>
    planned('status', id, { name, description: '', category: 'TODO' })
  await addItems(at.db, 'm1', [
    { item: status('1', 'Open (2)'), batchId: null },
    { item: status('2', 'Later'), batchId: null },
    { item: planned('group', 'staff', { name: 'Staff' }), batchId: null },
  ])
  await at.db.updateTable('item').set({ state: 'sent' }).where('sourceId', '!=', '2').execute()
  const facts = site({
    statuses: ['OPEN (2)', 'Later', 'Open'].map((name) => ({ id: name, name, category: 'TODO' })),
    groups: ['staff', 'others'],
  })
  const left = await withoutOwn(at.db, 'm1', facts)
  expect(left.statuses.map(({ name }) => name)).toEqual(['Later', 'Open'])
  expect(left.groups).toEqual(['others'])
  expect(await withoutOwn(at.db, 'another', facts)).toEqual(facts)
})

test('what the site had, and the first plan used, is still the site’s for the next plan', async () => {
  const status = { name: 'Open', description: '', category: 'TODO' as const }
  await addItems(at.db, 'm3', [
    { item: planned('status', '1', { ...status, reused: true }), batchId: null },
    { item: planned('status', '2', { ...status, name: 'Open (2)' }), batchId: null },
    { item: planned('group', 'staff', { name: 'Staff', reused: true }), batchId: null },
  ])
  await at.db.updateTable('item').set({ state: 'sent' }).where('migrationId', '=', 'm3').execute()
  const facts = site({
    statuses: ['Open', 'Open (2)'].map((name) => ({ id: name, name, category: 'TODO' })),
    groups: ['staff'],
  })
  const left = await withoutOwn(at.db, 'm3', facts)
  expect(left.statuses.map(({ name }) => name)).toEqual(['Open'])
  expect(left.groups).toEqual(['staff'])
})

test('of filters and dashboards it is known by number, and the site’s that stand for ours stay the site’s', async () => {
  const kept = { id: '7', ownerAccountId: 'me', shares: [], editors: [] }
  const filter = (id: string, more = {}) =>
    planned('filter', id, { name: 'Open', description: '', jql: '', ...more })
  await addItems(at.db, 'm2', [
    { item: filter('1'), batchId: null },
    { item: filter('2', { kept }), batchId: null },
  ])
  for (const [sourceId, siteId] of [
    ['1', '6'],
    ['2', '7'],
  ] as const)
    await at.db
      .updateTable('item')
      .set({ state: 'sent', siteId })
      .where('migrationId', '=', 'm2')
      .where('sourceId', '=', sourceId)
      .execute()
  const filters = ['5', '6', '7'].map((id) => siteFilter(id, 'Open'))
  const left = await withoutOwn(at.db, 'm2', site({ filters }))
  expect(left.filters?.map(({ id }) => id)).toEqual(['5', '7'])
})
