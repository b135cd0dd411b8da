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
