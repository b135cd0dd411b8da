export type SitePause = 'rate limit' | 'site unreachable'

/** Many requests may wait at the same time; the people watching are told one reason, or none. */
export interface Pauses {
  /** Something waits, and why; call the answer when it no longer does. */
  hold(reason: SitePause, sentence: string): () => void
}

/** An unreachable site is the graver of the two, so it is the one that is told. */
export function createPauses(
  onPause: (reason: SitePause | null, sentence: string | null) => void,
): Pauses {
  const held = new Map<symbol, { reason: SitePause; sentence: string }>()
  let told: string | null = null

  function tell() {
    const all = [...held.values()]
    const top = all.findLast((one) => one.reason === 'site unreachable') ?? all.at(-1) ?? null
    const now = top ? `${top.reason}: ${top.sentence}` : null
    if (now === told) return
    told = now
    onPause(top?.reason ?? null, top?.sentence ?? null)
  }

  return {
    hold(reason, sentence) {
      const mine = Symbol(reason)
      held.set(mine, { reason, sentence })
      tell()
      return () => {
        held.delete(mine)
        tell()
      }
    },
  }
}
