import { afterEach, beforeEach, expect, test } from 'vitest'
import { addBatch } from '../../agent/ledger/batches.ts'
import { addItems, itemPage } from '../../agent/ledger/items.ts'
import { countFailed, retryFailed } from '../../agent/ledger/retry.ts'
import { commentOn, planned, testLedger } from '../support/ledger.ts'

let at: Awaited<ReturnType<typeof testLedger>>
beforeEach(async () => {
  at = await testLedger()
})
afterEach(() => at.close())

/** Three comments that failed, each in a batch of its own: twice for one cause, once for another. */
async function failed() {
  for (const [id, code] of [
    ['1', 'too-long'],
    ['2', 'refused'],
    ['3', 'too-long'],
  ] as const) {
    const batchId = await addBatch(at.db, 'm1', 'content', `A-${id}`, 'comment')
    await addItems(at.db, 'm1', [
      { item: planned('comment', id, commentOn(`A-${id}`, id)), batchId },
    ])
    await at.db.updateTable('batch').set({ state: 'done' }).where('id', '=', batchId).execute()
    await at.db
      .updateTable('item')
      .set({ state: 'failed', verdict: 'failed', reasonCode: code, reasonText: 'No.' })
      .where('sourceId', '=', id)
      .execute()
  }
}

test('one cause is tried again alone: its items are planned and its batches open, others stay', async () => {
  await failed()
  const cause = { kind: 'comment', code: 'too-long' } as const
  expect(await countFailed(at.db, 'm1', cause)).toEqual({ failed: 2, again: 2 })
  expect(await retryFailed(at.db, 'm1', cause)).toBe(2)
  const items = await itemPage(at.db, 'm1', {}, 0, 10)
  expect(items.map((item) => [item.sourceId, item.state, item.reasonCode])).toEqual([
    ['1', 'planned', null],
    ['2', 'failed', 'refused'],
    ['3', 'planned', null],
  ])
  const batches = await at.db.selectFrom('batch').select('state').orderBy('id').execute()
  expect(batches.map((batch) => batch.state)).toEqual(['open', 'done', 'open'])
  expect(await countFailed(at.db, 'm1', cause)).toEqual({ failed: 0, again: 0 })
})

test('a failure that nobody gave a reason for is a cause, too', async () => {
  await failed()
  await at.db.updateTable('item').set({ reasonCode: null }).where('sourceId', '=', '2').execute()
  expect(await retryFailed(at.db, 'm1', { kind: 'comment', code: 'failed' })).toBe(1)
})
