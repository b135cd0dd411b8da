import type { Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext, useEffect, useRef } from 'preact/hooks'

/**
 * When the answers came (epoch ms) that stand on the page though the agent has fallen silent, by who shows them;
 * null where the answer says its age itself.
 */
export type OldAnswers = ReadonlyMap<object, number | null>
/** null: the page has no dock to say it. */
export const OldAnswersContext = createContext<Signal<OldAnswers> | null>(null)

/** Tells the dock of an answer that `isOld`. @returns whether there is a dock on the page that says so */
export function useOldAnswer(isOld: boolean, at: number | null): boolean {
  const all = useContext(OldAnswersContext)
  const { current: me } = useRef({})
  useEffect(() => {
    if (all === null || !isOld) return
    all.value = new Map(all.peek()).set(me, at)
    return () => {
      const rest = new Map(all.peek())
      rest.delete(me)
      all.value = rest
    }
  }, [all, isOld, at])
  return all !== null
}

/** The oldest of them, epoch ms; null where none says when it came. */
export function oldestOf(all: OldAnswers): number | null {
  const known = [...all.values()].filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}
