import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { live } from '../cache/live.ts'
import { readReach } from '../cache/questions.ts'

/** A reconnect comes soon enough for a person, and seldom enough for an agent that is starting. */
const againAfterMs = 2000

/** Nobody answered, so nothing was said of what was asked. */
const unanswered = new Set(['agent-away', 'background-silent'])
/** A pairing ends it, too; asking by itself does not. */
const ended = new Set([...unanswered, 'not-paired'])

/** Whether it is only that nobody answered. */
export const isUnanswered = (problem: ProblemView | null): boolean =>
  problem !== null && unanswered.has(problem.code)

/**
 * Asks again while the agent is away: every two seconds, and at once when the dashboard hears that it is back.
 * Made inside createModel, it ends with the model.
 * @param problem what the last question met; each failure puts a new one
 * @param again the question, never a deed: it may be asked as often as it likes
 */
export function untilBack(problem: ReadonlySignal<ProblemView | null>, again: () => void): void {
  const reach = live(readReach)
  effect(() => {
    if (!isUnanswered(problem.value)) return
    const timer = setTimeout(again, againAfterMs)
    return () => clearTimeout(timer)
  })
  effect(() => {
    if (reach.value?.state !== 'here') return
    untracked(() => {
      if (problem.value && ended.has(problem.value.code)) again()
    })
  })
}
