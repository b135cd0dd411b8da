import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Sample } from '../../shared/api-watch.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { onReturn } from './return.ts'

/** The agent keeps a sample every three seconds; asking more often would bring nothing. */
const askAgainAfterMs = 3000

/** How fast it went between two samples. */
export interface Speed {
  at: number
  activity: Sample['activity']
  /** Items that were sent or read back, a second. */
  items: number
  requests: number
  /** Of the documented rate, in percent. */
  share: number
  held: Sample['held']
}

/** Speeds between the samples; a stage that counts anew and a new run say nothing of the way between. */
export function speedsOf(samples: readonly Sample[]): Speed[] {
  return samples.slice(1).map((sample, i) => {
    const before = samples[i] ?? sample
    const seconds = (sample.at - before.at) / 1000
    const per = (now: number, then: number) =>
      seconds <= 0 ? 0 : Math.max(0, now - then) / seconds
    const { at, activity, held } = sample
    const share = sample.share * 100
    const items = per(sample.sent, before.sent) + per(sample.checked, before.checked)
    return { at, activity, held, items, share, requests: per(sample.requests, before.requests) }
  })
}

/** The speeds of a migration's runs, asked again as its row changes. */
export const ProgressModel = createModel(
  (id: string, changed: ReadonlySignal<number | undefined>) => {
    const samples = signal<Sample[] | null>(null)
    const problem = signal<ProblemView | null>(null)
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    let again = false

    async function ask(): Promise<void> {
      try {
        const answer = await call('samples', { id })
        if (!left) samples.value = answer.samples
        problem.value = null
      } catch (error) {
        problem.value = viewOf(error)
      }
      if (left) return
      timer = setTimeout(() => {
        timer = undefined
        if (again) look()
      }, askAgainAfterMs)
    }
    function look(): void {
      again = timer !== undefined
      if (!again) void ask()
    }
    effect(() => {
      if (changed.value !== undefined) look()
    })
    onReturn(problem, look)
    effect(() => () => {
      left = true
      clearTimeout(timer)
    })
    return {
      /** null until the agent has answered. */
      speeds: computed(() => (samples.value === null ? null : speedsOf(samples.value))),
      problem,
      reload: look,
    }
  },
)
export type ProgressModel = InstanceType<typeof ProgressModel>
