import { createModel, signal } from '@preact/signals'
import type { RepairView } from '../../shared/api-repair.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { untilBack } from './until-back.ts'

/** The repairs of a migration, newest first, a page at a time. */
export const RepairsMadeModel = createModel((id: string) => {
  const repairs = signal<RepairView[] | null>(null)
  const next = signal<number | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** After which one the page follows that was asked for last. */
  let wanted: number | null = null
  async function read(after: number | null): Promise<void> {
    wanted = after
    try {
      const page = await call('repairList', {
        id,
        limit: 50,
        ...(after === null ? {} : { after }),
      })
      repairs.value = after === null ? page.repairs : [...(repairs.value ?? []), ...page.repairs]
      next.value = page.next
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    }
  }
  untilBack(problem, () => void read(wanted))
  return {
    repairs,
    next,
    problem,
    load: () => {
      void read(null)
    },
    more: () => {
      void read(next.value)
    },
  }
})
export type RepairsMadeModel = InstanceType<typeof RepairsMadeModel>
