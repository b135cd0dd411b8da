import { isMeans, type PlannedItem, type PlannedKind } from '../../shared/plan.ts'
import { addBatch } from '../ledger/batches.ts'
import { addItems } from '../ledger/items.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { batchKind, batchSizes } from './sender.ts'

/** So many items are written in one transaction: big enough to be fast, small enough not to hold up the screen. */
const itemsATransaction = 2000

/**
 * Writes the plan into the ledger, in its order, and puts what is to be sent into batches: items of one
 * kind and lane that follow each other, as many as one request (or one look back after a crash) can take.
 * @returns how many items of the source were planned, sent or not, and what else of each kind beside them.
 */
export async function enqueue(
  db: LedgerDb,
  migrationId: string,
  plan: AsyncIterable<PlannedItem>,
  signal: AbortSignal,
  onProgress: (items: number) => void,
): Promise<{ items: number; means: ReadonlyMap<PlannedKind, number> }> {
  let written = 0
  const means = new Map<PlannedKind, number>()
  let buffer: PlannedItem[] = []
  const open = new Map<string, OpenBatch>()
  const flush = async () => {
    signal.throwIfAborted()
    const items = buffer
    buffer = []
    await db.transaction().execute(async (tx) => {
      const rows: { item: PlannedItem; batchId: number | null }[] = []
      for (const item of items)
        rows.push({
          item,
          batchId: item.leftOut ? null : await batchFor(tx, migrationId, open, item),
        })
      await addItems(tx, migrationId, rows)
    })
    for (const { kind } of items)
      if (isMeans(kind)) means.set(kind, (means.get(kind) ?? 0) + 1)
      else written += 1
    onProgress(written)
  }
  for await (const item of plan) {
    buffer.push(item)
    if (buffer.length >= itemsATransaction) await flush()
  }
  if (buffer.length) await flush()
  return { items: written, means }
}

/** The batch that a lane is filling. Only the last one of a lane is open to more. */
interface OpenBatch {
  id: number
  kind: string
  phase: string
  size: number
  /** Keys of issues created in it: a sub-task cannot go out in the request that creates its parent. */
  keys: Set<string>
}

async function batchFor(
  db: LedgerDb,
  migrationId: string,
  open: Map<string, OpenBatch>,
  item: PlannedItem,
): Promise<number> {
  const kind = batchKind(item.kind)
  const last = open.get(item.lane)
  const limit = batchSizes[kind] ?? 1
  if (
    last &&
    last.kind === kind &&
    last.phase === item.phase &&
    last.size < limit &&
    !needsEarlier(item, last)
  ) {
    last.size += 1
    note(last, item)
    return last.id
  }
  const id = await addBatch(db, migrationId, item.phase, item.lane, kind)
  // Lanes of issues come and go by the hundred thousand: only the latest few can still be filling.
  if (open.size > 500) open.delete(open.keys().next().value as string)
  open.delete(item.lane)
  const fresh: OpenBatch = { id, kind, phase: item.phase, size: 1, keys: new Set() }
  note(fresh, item)
  open.set(item.lane, fresh)
  return id
}

function needsEarlier(item: PlannedItem, batch: OpenBatch): boolean {
  const promise = item.promise as { parentKey?: string | null } | null
  return item.kind === 'issue' && Boolean(promise?.parentKey && batch.keys.has(promise.parentKey))
}

function note(batch: OpenBatch, item: PlannedItem): void {
  if (item.kind === 'issue' && item.issueKey) batch.keys.add(item.issueKey)
}

/** Forgets a plan that was being written when the agent died, before it is made anew. */
export async function forgetPlan(db: LedgerDb, migrationId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('item').where('migrationId', '=', migrationId).execute()
    await tx.deleteFrom('batch').where('migrationId', '=', migrationId).execute()
    await tx.deleteFrom('tally').where('migrationId', '=', migrationId).execute()
  })
}
