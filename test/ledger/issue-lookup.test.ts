import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test, vi } from 'vitest'
import { itemsOfIssues } from '../../agent/ledger/after-items.ts'
import { forgetVerdicts } from '../../agent/ledger/items.ts'
import { marksOf } from '../../agent/ledger/marks.ts'
import { itemByKey } from '../../agent/ledger/parts-of-issue.ts'
import { rootOf } from '../../agent/ledger/roots.ts'
import { homeless } from '../../agent/push/homeless.ts'
import type { PushContext } from '../../agent/push/sender.ts'
import { itemsWithLinks } from '../../agent/repair/source-of.ts'
import { ofIssues, type VerifyContext } from '../../agent/verify/judge.ts'
import { commentOn, planned, testLedger } from '../support/ledger.ts'

const at = await testLedger()
const { db } = at
const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
afterAll(async () => {
  prepare.mockRestore()
  await at.close()
})

/** How the ledger goes through the items for what this asks, a line a question. */
async function waysOf(ask: () => Promise<unknown>): Promise<string[]> {
  prepare.mockClear()
  await ask()
  const asked = prepare.mock.calls.map(([sql], i) => ({ sql, on: prepare.mock.contexts[i] }))
  return asked
    .flatMap(({ sql, on }) => (on as DatabaseSync).prepare(`explain query plan ${sql}`).all())
    .map(({ detail }) => String(detail))
    .filter((detail) => /\bitem\b/.test(detail))
}

const push = { db, migrationId: 'm1' } as PushContext
const verify = { db, migrationId: 'm1' } as VerifyContext
const comment = planned('comment', '1', commentOn('A-1', '1'), { issueKey: 'A-1' })
const row = { ...comment, seq: 1, promiseJson: JSON.stringify(comment.promise) }

// With a million of them whoever goes through all items of a kind never comes to an end.
test.each([
  [
    'whether an issue is there before something is written to it',
    () => homeless(push, [row as never]),
  ],
  ['what took an item down', () => rootOf(db, 'm1', { kind: 'issue', issueKey: 'A-1' })],
  ['what a page of issues is compared with', () => ofIssues(verify, ['A-1', 'A-2'], ['comment'])],
  ['what the checks afterwards look at', () => itemsOfIssues(db, 'm1', ['A-1'], ['attachment'])],
  ['an issue by its key', () => itemByKey(db, 'm1', { issueKey: 'A-1' })],
  ['texts with links to the old server', () => itemsWithLinks(db, 'm1', null, ['A-1'], 10)],
  ['the marks of a page of the site', () => marksOf(db, ['m1'], ['A-1', 'A-2'])],
])('%s: looked up by the issue', async (_what, ask) => {
  const ways = await waysOf(ask)
  expect(ways.length).toBeGreaterThan(0)
  for (const way of ways) expect(way).toMatch(/itemIssue \(migrationId=\? AND issueKey=\?/)
})

test('no question about one migration goes through the items of all', async () => {
  const ways = await waysOf(() => forgetVerdicts(db, 'm1'))
  expect(ways).toEqual([expect.stringContaining('migrationId=?')])
})
