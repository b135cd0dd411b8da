import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'

/**
 * A question to the cache as a signal: asked again whenever its rows change, from whatever page they
 * were changed. Made inside createModel, it ends with the model. undefined until the first answer.
 */
export function live<T>(question: () => Promise<T>): ReadonlySignal<T | undefined> {
  const answer = signal<T | undefined>(undefined)
  effect(() => {
    const subscription = liveQuery(question).subscribe({
      next: (value) => {
        answer.value = value
      },
      // A cache that cannot be read shows as an error of the page, not as an empty list.
      error: (error: unknown) => reportError(error),
    })
    return () => subscription.unsubscribe()
  })
  return answer
}

/**
 * The same for a question that depends on signals: `asked` is read as one, and each new value of it is a
 * new question. The last answer stays until the next is there. `asked` giving undefined asks nothing.
 */
export function liveOf<Asked, T>(
  asked: () => Asked | undefined,
  question: (asked: Asked) => Promise<T>,
): ReadonlySignal<T | undefined> {
  const answer = signal<T | undefined>(undefined)
  effect(() => {
    const now = asked()
    if (now === undefined) return
    const subscription = liveQuery(() => question(now)).subscribe({
      next: (value) => {
        answer.value = value
      },
      error: (error: unknown) => reportError(error),
    })
    return () => subscription.unsubscribe()
  })
  return answer
}
