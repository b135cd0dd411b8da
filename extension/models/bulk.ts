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

/** So many go to the agent at once: often enough for a person to see that it goes on. */
const atOnce = 100

/** Archives many migrations, or takes them out again, piece by piece; each refusal is told. */
export const BulkModel = createModel(() => {
  const busy = signal<{ done: number; all: number } | null>(null)
  const outcome = signal<Outcome | null>(null)
  let stopped = false

  async function carryOut(ids: readonly string[], deed: BulkDeed, here: boolean): Promise<void> {
    const done: MigrationView[] = []
    const refused: Outcome['refused'] = []
    outcome.value = null
    stopped = false
    for (let from = 0; from < ids.length && !stopped; from += atOnce) {
      busy.value = { done: from, all: ids.length }
      const rows = await rowsOf(ids.slice(from, from + atOnce))
      const why = await refusals(rows, deed, here)
      for (const row of rows) {
        const reason = why.get(row.id)
        if (reason === undefined) done.push(row)
        else refused.push({ row, why: reason })
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
    /** Ends after the piece that is under way; what was done by then is told, and can be undone. */
    stop: () => {
      stopped = true
    },
    dismiss: () => {
      outcome.value = null
    },
  }
})
export type BulkModel = InstanceType<typeof BulkModel>

/** Does it to those that it makes sense for; gives why not, of those left as they were. */
async function refusals(
  rows: readonly MigrationView[],
  deed: BulkDeed,
  here: boolean,
): Promise<Map<string, string>> {
  const why = new Map(
    rows.flatMap((row) => {
      const reason = hindrance(row, deed, here)
      return reason === null ? [] : [[row.id, reason]]
    }),
  )
  const ids = rows.map(({ id }) => id).filter((id) => !why.has(id))
  if (ids.length === 0) return why
  try {
    const { refused } = await call('archiveMany', { ids, archived: deed === 'archive' })
    for (const one of refused) why.set(one.id, one.why)
  } catch (error) {
    for (const id of ids) why.set(id, viewOf(error).sentence)
  }
  return why
}
