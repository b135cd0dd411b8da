import { afterEach, beforeEach, expect, test } from 'vitest'
import { failLane } from '../../agent/ledger/batches.ts'
import { causesWithFields } from '../../agent/ledger/findings.ts'
import { listItems } from '../../agent/ledger/item-list.ts'
import { addItems } from '../../agent/ledger/items.ts'
import { countFailed, retryFailed } from '../../agent/ledger/retry.ts'
import { rootOf } from '../../agent/ledger/roots.ts'
import { findingsOf } from '../../agent/report/findings.ts'
import { commentOn, planned, testLedger } from '../support/ledger.ts'

let at: Awaited<ReturnType<typeof testLedger>>
beforeEach(async () => {
  at = await testLedger()
})
afterEach(() => at.close())

const fail = (seq: number, code: string, rootSeq: number | null = null) =>
  at.db
    .updateTable('item')
    .set({ state: 'failed', verdict: 'failed', reasonCode: code, reasonText: 'No.', rootSeq })
    .where('seq', '=', seq)
    .execute()

/** 1: a workflow (a means), 2 and 3: comments, 4: a status. */
async function four() {
  const items = [
    planned(
      'workflow',
      'A workflow',
      { name: 'A', projectKey: 'A', statuses: [], initial: '' },
      { projectKey: 'A', phase: 'frame' },
    ),
    planned('comment', '1', commentOn('A-1', '1'), { projectKey: 'A' }),
    planned('comment', '2', commentOn('A-1', '2'), { projectKey: 'A' }),
    planned('status', '7', { name: 'Straße', description: '', category: 'TODO' }),
  ]
  await addItems(
    at.db,
    'm1',
    items.map((item) => ({ item, batchId: null })),
  )
}

test('a means that failed is the cause of what needs it, though it is no item itself', async () => {
  await four()
  await fail(1, 'refused')
  await fail(2, 'needs-another', 1)
  const [finding, ...others] = await findingsOf(at.db, 'm1')
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    kind: 'project',
    code: 'workflow-refused',
    items: 0,
    dependents: 1,
    text: 'Could not be made on the site: workflow A workflow. No.',
  })
  const cause = { kind: 'workflow', code: 'refused' } as const
  expect(await countFailed(at.db, 'm1', cause)).toEqual({ failed: 1, again: 1 })
  expect(await retryFailed(at.db, 'm1', cause)).toBe(2)
  expect(await causesWithFields(at.db, 'm1')).toEqual([])
})

test('what was mended by itself takes nothing down any more', async () => {
  await four()
  await fail(2, 'refused')
  await fail(3, 'needs-another', 2)
  expect(await causesWithFields(at.db, 'm1')).toMatchObject([{ items: 1, dependents: 1 }])
  await at.db.updateTable('item').set({ verdict: 'verified' }).where('seq', '=', 2).execute()
  const causes = await causesWithFields(at.db, 'm1')
  expect(causes).toMatchObject([{ reasonCode: 'needs-another', items: 1, dependents: 0 }])
  const listed = await listItems(at.db, 'm1', { causes }, 0, 10)
  expect(listed.map((item) => item.seq)).toEqual([3])
})

test('the root of a chain is its beginning, and what is only on its way is none', async () => {
  await four()
  const need = { kind: 'status', name: 'straße' } as const
  expect(await rootOf(at.db, 'm1', need)).toBeNull()
  await fail(4, 'refused')
  expect(await rootOf(at.db, 'm1', need)).toBe(4)
  await fail(1, 'needs-another', 4)
  expect(await rootOf(at.db, 'm1', { kind: 'workflow', projectKey: 'A' })).toBe(4)
})

test('a project that is stopped counts with what stopped it', async () => {
  await four()
  await fail(2, 'key-mismatch')
  const reason = { code: 'key-mismatch', text: 'No.', hint: 'Look.', again: false, root: 2 }
  expect(await failLane(at.db, 'm1', { projectKey: 'A' }, reason)).toBe(2)
  expect(await causesWithFields(at.db, 'm1')).toMatchObject([
    { kind: 'comment', reasonCode: 'key-mismatch', items: 1, dependents: 1 },
  ])
})
