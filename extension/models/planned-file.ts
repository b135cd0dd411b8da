import { createModel, signal } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { plannedTable } from '../agent-setup.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import type { PlannedPlace } from './place.ts'
import { saveBlob } from './save-blob.ts'

/** All items of a list of a plan as a file. */
export const PlannedFileModel = createModel(({ at: _, ...asked }: PlannedPlace) => {
  const busy = signal(false)
  const problem = signal<ProblemView | null>(null)
  async function save(): Promise<void> {
    busy.value = true
    problem.value = null
    try {
      const { address, token } = await readAgent()
      if (token === null) throw notPaired()
      const table = await plannedTable({ address, token }, { ...asked, limit: 0 })
      saveBlob(table, `landfall-planned-${asked.what}.csv`)
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = false
    }
  }
  return {
    busy,
    problem,
    save: () => {
      void save()
    },
  }
})
