import type { Phase } from '../../shared/plan.ts'
import { phases } from '../../shared/plan.ts'
import { claimedBatches, nextBatches } from '../ledger/batches.ts'
import type { Control } from './control.ts'
import { reconcileBatch, sendBatch } from './send.ts'
import type { PushContext } from './sender.ts'

/** So many requests are in flight at once; the pacer below decides how fast each endpoint may go. */
export const lanesAtOnce = 8

/**
 * Sends everything that is planned, phase by phase. Begins with what a dead agent left in flight.
 * @param onPhase told when a phase begins, with the phase before it done.
 */
export async function push(
  ctx: PushContext,
  control: Control,
  onPhase: (phase: Phase) => Promise<void>,
): Promise<void> {
  // The dead agent cannot have sent anything after this one began.
  const since = ctx.now()
  for (const batch of await claimedBatches(ctx.db, ctx.migrationId)) {
    await control.clear()
    await reconcileBatch(ctx, batch, 'The agent was stopped while it was being sent.', since)
  }
  for (const phase of phases) {
    await onPhase(phase)
    await drain(ctx, control, phase)
  }
}

/** The batch table is the queue: one batch a lane at a time, several lanes beside each other, until none is left. */
async function drain(ctx: PushContext, control: Control, phase: Phase): Promise<void> {
  const busy = new Map<string, Promise<void>>()
  const failures: unknown[] = []
  try {
    while (!failures.length) {
      await control.clear()
      const free = lanesAtOnce - busy.size
      const held = new Set(busy.keys())
      const batches = free > 0 ? await nextBatches(ctx.db, ctx.migrationId, phase, held, free) : []
      // A lane that came free while the queue was asked may have more: only an answer that held no lane back is the end.
      if (!batches.length && !held.size) break
      for (const batch of batches) {
        const work = sendBatch(ctx, batch)
          .catch((error: unknown) => {
            failures.push(error)
          })
          .finally(() => busy.delete(batch.lane))
        busy.set(batch.lane, work)
      }
      if (busy.size) await Promise.race(busy.values())
    }
  } finally {
    // Whatever ends the loop, a request that is under way is seen to its end.
    await Promise.all(busy.values())
  }
  if (failures.length) throw failures[0]
  ctx.signal.throwIfAborted()
}
