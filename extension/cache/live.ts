import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import { oneAtATime } from '../one-at-a-time.ts'

/** A cache that cannot be read shows as an error of the page, not as an empty list. */
const unread = (error: unknown): void => reportError(error)

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
      error: unread,
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
      error: unread,
    })
    return () => subscription.unsubscribe()
  })
  return answer
}

/**
 * The same for an answer of thousands of keys. Dexie would note each key that it reads, to know when to ask again
 * (50 ms of a page's time for 10,000), and would give no answer while its rows change faster than it comes.
 * So what is watched is a small question about the same rows, a count of an index: it changes with each of them.
 * The answer itself is read beside it, one at a time, and each one is given.
 * @param same whether an answer says what the one before did: then that one stays, and nobody draws anew
 */
export function liveKeys<Asked, T>(
  asked: () => Asked | undefined,
  watched: (asked: Asked) => Promise<unknown>,
  question: (asked: Asked) => Promise<T>,
  same: (before: T, now: T) => boolean,
): ReadonlySignal<T | undefined> {
  const answer = signal<T | undefined>(undefined)
  effect(() => {
    const now = asked()
    if (now === undefined) return
    const leaving = new AbortController()
    const read = oneAtATime(async () => {
      if (leaving.signal.aborted) return
      const value = await question(now)
      if (leaving.signal.aborted) return
      const before = answer.peek()
      if (before === undefined || !same(before, value)) answer.value = value
    }, unread)
    const subscription = liveQuery(() => watched(now)).subscribe({ next: read, error: unread })
    return () => {
      leaving.abort()
      subscription.unsubscribe()
    }
  })
  return answer
}
