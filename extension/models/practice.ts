import { createModel, signal } from '@preact/signals'
import type { PracticeView } from '../../shared/api-practice.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { live } from '../cache/live.ts'
import { migrationById } from '../cache/questions.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'

/** The question before the practice site is emptied, and the emptying. @param id the migration that wants it */
export const PracticeModel = createModel((id: string | null) => {
  const row = live(() => (id === null ? Promise.resolve(null) : migrationById(id)))
  const view = signal<PracticeView | null>(null)
  const problem = signal<ProblemView | null>(null)
  const asking = signal(false)
  const busy = signal(false)
  const done = signal(false)

  async function go(what: 'practice' | 'emptyPractice'): Promise<boolean> {
    problem.value = null
    try {
      view.value = await call(what, null)
      return true
    } catch (error) {
      problem.value = viewOf(error)
      return false
    }
  }
  return {
    row,
    /** What is on the site; null until the agent has told it. */
    view,
    problem,
    /** Whether the question stands open. */
    asking,
    busy,
    /** It was emptied just now. */
    done,
    ask: () => {
      done.value = false
      view.value = null
      asking.value = true
      void go('practice')
    },
    look: () => {
      void go('practice')
    },
    keep: () => {
      asking.value = false
    },
    empty: async (): Promise<boolean> => {
      busy.value = true
      done.value = await go('emptyPractice')
      busy.value = false
      if (done.value) asking.value = false
      return done.value
    },
  }
})
export type PracticeModel = InstanceType<typeof PracticeModel>
