import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { openLedger } from '../../agent/ledger/open.ts'
import type { PlannedItem, PlannedKind, Promises } from '../../shared/plan.ts'

/** A real ledger in a folder of its own, with one saved migration. */
export async function testLedger() {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-ledger-'))
  const path = join(folder, 'ledger.sqlite')
  const ledger = openLedger(path)
  await addMigration(ledger.db, {
    id: 'm1',
    name: 'Test',
    source: { kind: 'backup', path: '/backup.zip', attachments: null, timeZone: null },
    site: { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: 1,
  })
  return {
    ledger,
    db: ledger.db,
    path,
    folder,
    async close() {
      await ledger.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A planned item with the parts that a test cares about. */
export function planned<K extends PlannedKind>(
  kind: K,
  sourceId: string,
  promise: Promises[K],
  more: Partial<PlannedItem<K>> = {},
): PlannedItem {
  return {
    kind,
    sourceId,
    label: `${kind} ${sourceId}`,
    projectKey: null,
    issueKey: null,
    phase: 'content',
    lane: 'lane',
    promise,
    losses: [],
    leftOut: null,
    ...more,
  } as PlannedItem
}

export async function* streamOf(items: PlannedItem[]): AsyncGenerator<PlannedItem> {
  yield* items
}

/** A promise of a small comment. */
export const commentOn = (issueKey: string, id: string): Promises['comment'] => ({
  issueKey,
  body: {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: `Comment ${id}` }] }],
  },
  visibility: null,
  origin: { v: 1, source: 's', kind: 'comment', id },
})
