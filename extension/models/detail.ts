import { computed, createModel, effect, signal } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { live } from '../cache/live.ts'
import { detailById, migrationById, readWhole } from '../cache/questions.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { untilBack } from './until-back.ts'

/** A running migration changes several times a second; a person reads once in a while. */
const askAgainAfterMs = 1000

/** One migration with its kinds, projects, findings and timeline, asked again as the row changes. */
export const DetailModel = createModel((id: string) => {
  const row = live(() => migrationById(id))
  const detail = live(() => detailById(id))
  /** Whether the agent's list was read to its end: until then nobody knows what is not there. */
  const whole = live(readWhole)
  const problem = signal<ProblemView | null>(null)
  const changed = computed(() => row.value?.changed)
  const status = computed(() => row.value?.status)
  let asking = false
  let again = false
  /** The status changed since the last question left: no rest before the next. */
  let hurry = false
  let wake = () => {}

  async function ask(): Promise<void> {
    again = asking
    if (asking) return
    asking = true
    hurry = false
    try {
      await call('detail', { id })
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    }
    if (!hurry) await rest()
    asking = false
    if (again) await ask()
  }

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, askAgainAfterMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  effect(() => {
    if (changed.value !== undefined) void ask()
  })
  untilBack(problem, () => void ask())
  // How it ended is not for later: the page must not say less than its title.
  effect(() => {
    if (status.value === undefined) return
    hurry = true
    wake()
  })
  return {
    whole,
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
