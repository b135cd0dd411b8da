import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { live } from '../cache/live.ts'
import { readReach } from '../cache/questions.ts'

/** What went wrong because nobody was there to answer; any other refusal stands until a person tries again. */
const passing = new Set(['agent-away', 'background-silent', 'not-paired'])

/** The cache learns a moment late that the agent died: asked in between, it would be asked without end. */
const leastMs = 1500

/**
 * Asks again by itself when the agent is back: as soon as it is here while the last answer failed for want of
 * it, and every moment until that is over. To be called while the model is made; it ends with it.
 * @param problem why there is no answer; null while there is one, or none was asked for
 */
export function onReturn(problem: ReadonlySignal<ProblemView | null>, ask: () => void): void {
  const reach = live(readReach)
  const due = computed(
    () => reach.value?.state === 'here' && passing.has(problem.value?.code ?? ''),
  )
  let askedAt = Number.NEGATIVE_INFINITY
  effect(() => {
    if (!due.value) return
    const go = () => {
      askedAt = performance.now()
      timer = setTimeout(go, leastMs)
      untracked(ask)
    }
    let timer = setTimeout(go, Math.max(0, askedAt + leastMs - performance.now()))
    return () => clearTimeout(timer)
  })
}
