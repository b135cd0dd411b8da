import { type Signal, signal } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { onOpen } from './opening.ts'
import { isUnanswered, untilBack } from './until-back.ts'

interface Ways<T> {
  /** Whether the answer will be another soon: then it is asked for again while the page is open. */
  goesOn?: (answer: T) => boolean
  /** Hears each answer that counts. `before`: the one before it, if the agent was away since; it may have been restarted. */
  onAnswer?: (answer: T, before: T | null) => void
  /** Where the last answer is kept for a visit while the agent is away. */
  kept?: {
    read: () => Promise<{ answer: T; at: number } | null>
    write: (answer: T, at: number) => Promise<void>
  }
}

/** Often enough for a bar to move, seldom enough for an agent that works. */
const askAgainAfterMs = 700

/**
 * A question to the agent. Its last answer stays, with its time, when the next one fails; while the agent is
 * away it is asked again by itself. Made inside createModel, it ends with the model.
 * @param look the question as it stands now; it changes nothing, so it may be asked at any time
 */
export function question<T>(look: () => Promise<T>, { goesOn, onAnswer, kept }: Ways<T> = {}) {
  const answer: Signal<T | null> = signal(null)
  /** When the answer came; null while there is none. */
  const at = signal<number | null>(null)
  /** Whether the agent said it on this visit; else it is what was kept of an earlier one. */
  const fresh = signal(false)
  const problem = signal<ProblemView | null>(null)
  const busy = signal(false)
  /** What a deed was refused for: it is to be read, so that no look by itself takes it away. */
  let refused: ProblemView | null = null
  /** Rises when what is asked for is another thing: a refusal of before is none of it. */
  let subject = 0
  /** How many deeds are under way. Nothing is asked by itself meanwhile: their answer is the news. */
  let deeds = 0
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let following: ReturnType<typeof setTimeout> | undefined

  async function ask(load: () => Promise<T>, isDeed: boolean): Promise<T | null> {
    asked += 1
    const mine = asked
    const of = subject
    clearTimeout(timer)
    busy.value = true
    if (isDeed) deeds += 1
    try {
      const got = await load()
      if (mine !== asked) return got
      const before = isUnanswered(problem.value) ? answer.value : null
      answer.value = got
      at.value = Date.now()
      fresh.value = true
      problem.value = refused
      keep(got, at.value)
      onAnswer?.(got, before)
      return got
    } catch (error) {
      const met = viewOf(error)
      // A refusal is to be read, also where something else was asked since.
      const isRefusal = isDeed && !isUnanswered(met) && of === subject
      if (isRefusal) refused = met
      if (mine === asked || isRefusal) problem.value = met
      return null
    } finally {
      if (isDeed) deeds -= 1
      if (mine === asked) {
        busy.value = false
        if (answer.value !== null && goesOn?.(answer.value) && !isUnanswered(problem.value))
          timer = setTimeout(again, askAgainAfterMs)
      }
    }
  }
  const again = () => {
    if (deeds === 0) void ask(look, false)
  }
  /** Without room on the disk the next visit finds nothing kept; this one misses nothing. */
  const keep = (got: T, when: number) =>
    void kept?.write(got, when).catch((error: unknown) => console.warn('Not kept:', error))
  onOpen(() => {
    void kept
      ?.read()
      .then((found) => {
        if (found === null || answer.value !== null) return
        answer.value = found.answer
        at.value = found.at
      })
      .catch((error: unknown) => console.warn('Nothing kept to read:', error))
    return () => {
      asked += 1
      clearTimeout(timer)
      clearTimeout(following)
    }
  })
  untilBack(problem, again)
  return {
    answer,
    at,
    fresh,
    problem,
    busy,
    /** Asks now. Resolves to the answer, or to null where there is none. */
    look: () => {
      refused = null
      return ask(look, false)
    },
    /**
     * Asks once more because something has changed, where nothing is being done; a refusal stays to be read. A run
     * changes several times a second: many changes are one question.
     */
    follow: () => {
      following ??= setTimeout(() => {
        following = undefined
        again()
      }, askAgainAfterMs)
    },
    /** Does something whose answer is the same view. Resolves to null where it was not done. */
    act: (deed: () => Promise<T>) => {
      refused = null
      return ask(deed, true)
    },
    /** What was asked for is another thing now. */
    forget: () => {
      asked += 1
      subject += 1
      clearTimeout(timer)
      refused = null
      answer.value = null
      at.value = null
      problem.value = null
      busy.value = false
    },
  }
}
