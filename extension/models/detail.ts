import { computed, createModel, effect, signal } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { live } from '../cache/live.ts'
import { detailById, migrationById } from '../cache/questions.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'

/** A running migration changes several times a second; a person reads once in a while. */
const askAgainAfterMs = 1000

/** One migration with its kinds, projects, findings and timeline, asked again as the row changes. */
export const DetailModel = createModel((id: string) => {
  const row = live(() => migrationById(id))
  const detail = live(() => detailById(id))
  const problem = signal<ProblemView | null>(null)
  const changed = computed(() => row.value?.changed)
  let asking = false
  let again = false

  async function ask(): Promise<void> {
    again = asking
    if (asking) return
    asking = true
    try {
      await call('detail', { id })
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    }
    await new Promise((resolve) => setTimeout(resolve, askAgainAfterMs))
    asking = false
    if (again) await ask()
  }

  effect(() => {
    if (changed.value !== undefined) void ask()
  })
  return {
    /** null: the cache knows no such migration; undefined: not looked yet. */
    row,
    detail,
    problem,
    /** Rises with each change of the row; what else is shown of it is asked for anew then. */
    changed,
    reload: () => {
      void ask()
    },
  }
})
export type DetailModel = InstanceType<typeof DetailModel>
