import { createModel, signal } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import { rowsOf } from '../cache/list.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { hindrance } from './deeds.ts'

type BulkDeed = 'archive' | 'unarchive'
interface Outcome {
  deed: BulkDeed
  done: MigrationView[]
  /** Those left as they were, and why. */
  refused: { row: MigrationView; why: string }[]
}

/** Archives many migrations, or takes them out again: one after the other, each refusal told. */
export const BulkModel = createModel(() => {
  const busy = signal<{ done: number; all: number } | null>(null)
  const outcome = signal<Outcome | null>(null)

  async function carryOut(ids: readonly string[], deed: BulkDeed, here: boolean): Promise<void> {
    const done: MigrationView[] = []
    const refused: Outcome['refused'] = []
    outcome.value = null
    for (const [i, row] of (await rowsOf(ids)).entries()) {
      busy.value = { done: i, all: ids.length }
      const why = hindrance(row, deed, here)
      if (why !== null) {
        refused.push({ row, why })
        continue
      }
      try {
        await call('act', { id: row.id, act: deed })
        done.push(row)
      } catch (error) {
        refused.push({ row, why: viewOf(error).sentence })
      }
    }
    busy.value = null
    outcome.value = { deed, done, refused }
  }
  return {
    busy,
    outcome,
    start: (ids: readonly string[], deed: BulkDeed, agentHere: boolean) => {
      if (busy.value === null) void carryOut(ids, deed, agentHere)
    },
    dismiss: () => {
      outcome.value = null
    },
  }
})
export type BulkModel = InstanceType<typeof BulkModel>
