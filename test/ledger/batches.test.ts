import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  batchItems,
  claimBatch,
  claimedBatches,
  failLane,
  nextBatches,
  settleBatch,
} from '../../agent/ledger/batches.ts'
import { itemPage } from '../../agent/ledger/items.ts'
import { retryFailed } from '../../agent/ledger/retry.ts'
import { countsOf, progressOf, tally } from '../../agent/ledger/tally.ts'
import { enqueue, forgetPlan } from '../../agent/push/enqueue.ts'
import { must } from '../../shared/assert.ts'
import { commentOn, planned, streamOf, testLedger } from '../support/ledger.ts'

let at: Awaited<ReturnType<typeof testLedger>>
beforeEach(async () => {
  at = await testLedger()
})
afterEach(() => at.close())

const never = new AbortController().signal
const plan = (items: Parameters<typeof streamOf>[0]) =>
  enqueue(at.db, 'm1', streamOf(items), never, () => undefined)
const comments = (lane: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    planned('comment', `${from + i}`, commentOn(lane, `${from + i}`), { lane, issueKey: lane }),
  )

describe('the queue', () => {
  test('puts items of one kind and lane that follow each other into batches, and left-out ones into none', async () => {
    await plan([
      ...comments('A-1', 1, 25),
      ...comments('A-2', 26, 27),
      planned('history', '9', null, { leftOut: { code: 'history', text: 'No.' }, lane: 'A-2' }),
    ])
    const batches = await nextBatches(at.db, 'm1', 'content', new Set(), 10)
    expect(batches.map((batch) => batch.lane)).toEqual(['A-1', 'A-2'])
    expect(
      (await batchItems(at.db, must(batches[0], 'a batch').id)).map((item) => item.sourceId),
    ).toEqual(comments('A-1', 1, 20).map((item) => item.sourceId))
    expect(countsOf(await tally(at.db, 'm1'))).toEqual({
      source: 28,
      verified: 0,
      verifiedWithLoss: 0,
      different: 0,
      leftOut: 1,
      failed: 0,
    })
  })

  test('gives a busy lane no second batch, and finds lanes behind a long one', async () => {
    await plan([...comments('A-1', 1, 400), ...comments('A-2', 500, 501)])
    const [first] = await nextBatches(at.db, 'm1', 'content', new Set(), 1)
    expect(first?.lane).toBe('A-1')
    const others = await nextBatches(at.db, 'm1', 'content', new Set(['A-1']), 2)
    expect(others.map((batch) => batch.lane)).toEqual(['A-2'])
  })

  test('never sends a sub-task in the request that creates its parent', async () => {
    const issue = (number: number, parentKey: string | null) =>
      planned('issue', `${number}`, { key: `A-${number}`, number, parentKey } as never, {
        phase: 'issues',
        lane: 'A',
        projectKey: 'A',
        issueKey: `A-${number}`,
      })
    await plan([issue(1, null), issue(2, null), issue(3, 'A-1'), issue(4, 'A-1'), issue(5, 'A-3')])
    const [first] = await nextBatches(at.db, 'm1', 'issues', new Set(), 5)
    const sizes = await at.db
      .selectFrom('item')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .groupBy('batchId')
      .orderBy('batchId')
      .execute()
    expect(sizes.map((row) => row.n)).toEqual([2, 2, 1])
    expect(first?.kind).toBe('issue')
  })
})

describe('a batch', () => {
  test('is claimed by one only, and settled only by who holds its token', async () => {
    await plan(comments('A-1', 1, 2))
    const [batch] = await nextBatches(at.db, 'm1', 'content', new Set(), 1)
    const claimed = must(await claimBatch(at.db, must(batch, 'a batch'), 10), 'the first claim')
    expect(await claimBatch(at.db, must(batch, 'a batch'), 11)).toBeNull()
    expect(claimed.items.map((item) => item.state)).toEqual(['sending', 'sending'])

    await at.db.updateTable('batch').set({ token: 7 }).where('id', '=', claimed.batch.id).execute()
    const stale = claimed.items.map((item) => ({ item, event: 'settle' as const, siteId: 'x' }))
    expect(await settleBatch(at.db, claimed.batch, stale)).toBe(false)
    expect((await batchItems(at.db, claimed.batch.id)).map((item) => item.siteId)).toEqual([
      null,
      null,
    ])
  })

  test('that a dead agent left in flight is found again', async () => {
    await plan(comments('A-1', 1, 2))
    const [batch] = await nextBatches(at.db, 'm1', 'content', new Set(), 1)
    await claimBatch(at.db, must(batch, 'a batch'), 10)
    expect((await claimedBatches(at.db, 'm1')).map((one) => one.id)).toEqual([batch?.id])
    expect(await nextBatches(at.db, 'm1', 'content', new Set(), 1)).toEqual([])
  })

  test('counts in the tally exactly as its items stand, through failure and retry', async () => {
    await plan(comments('A-1', 1, 3).map((item) => ({ ...item, projectKey: 'A' })))
    const [batch] = await nextBatches(at.db, 'm1', 'content', new Set(), 1)
    const claimed = must(await claimBatch(at.db, must(batch, 'a batch'), 10), 'a claim')
    const reason = { code: 'refused', text: 'No.', hint: 'Try.', again: true }
    const [a, b, c] = claimed.items.map((item) => must(item, 'an item'))
    await settleBatch(
      at.db,
      claimed.batch,
      [
        { item: must(a, 'a'), event: 'settle', siteId: '1' },
        { item: must(b, 'b'), event: 'refuse', reason },
        { item: must(c, 'c'), event: 'notFound' },
      ],
      true,
    )
    expect(progressOf(await tally(at.db, 'm1'))).toEqual({ sent: 2, total: 3, checked: 1 })
    expect(await failLane(at.db, 'm1', { projectKey: 'A' }, reason)).toBe(1)
    expect(countsOf(await tally(at.db, 'm1')).failed).toBe(2)
    expect(await retryFailed(at.db, 'm1')).toBe(2)
    expect(countsOf(await tally(at.db, 'm1')).failed).toBe(0)
    const again = await nextBatches(at.db, 'm1', 'content', new Set(), 1)
    expect(
      must(await claimBatch(at.db, must(again[0], 'a batch'), 20), 'a claim').items.map(
        (item) => item.sourceId,
      ),
    ).toEqual(['2', '3'])
  })
})

test('a plan that was being written when the agent died is forgotten whole', async () => {
  await plan(comments('A-1', 1, 30))
  await forgetPlan(at.db, 'm1')
  expect(await itemPage(at.db, 'm1', {}, 0, 10)).toEqual([])
  expect(await tally(at.db, 'm1')).toEqual([])
  await plan(comments('A-1', 1, 30))
  expect(countsOf(await tally(at.db, 'm1')).source).toBe(30)
})
