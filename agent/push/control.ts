import type { PauseReason } from '../../shared/status.ts'

/**
 * How a run is held, and let go. Pausing has reasons, and work goes on when the last one is gone;
 * stopping is final for this run. Both are looked at between batches, never in the middle of a request.
 */
export interface Control {
  /** Aborts when the run is to stop. */
  readonly signal: AbortSignal
  readonly reasons: ReadonlySet<PauseReason>
  hold(reason: PauseReason): void
  release(reason: PauseReason): void
  stop(): void
  /** Milliseconds in which it was held so far: by a person, or by an outage. A rate limit is the site's own pace. */
  heldMs(): number
  /** Resolves when no person holds the run any more; rejects when it is stopped. */
  clear(): Promise<void>
}

/**
 * @param onChange called at each change of the reasons, so that the ledger and the screen can say them
 * @param now epoch ms
 */
export function createControl(
  onChange: (reasons: PauseReason[]) => void,
  now: () => number = Date.now,
): Control {
  const aborter = new AbortController()
  const reasons = new Set<PauseReason>()
  let waiting: (() => void)[] = []
  let [held, since] = [0, null as number | null]
  const changed = () => {
    const holds = [...reasons].some((reason) => reason !== 'rate limit')
    if (holds) since ??= now()
    else if (since !== null) {
      held += now() - since
      since = null
    }
    onChange([...reasons])
  }
  const wake = () => {
    const woken = waiting
    waiting = []
    for (const go of woken) go()
  }
  aborter.signal.addEventListener('abort', wake)
  return {
    signal: aborter.signal,
    reasons,
    hold(reason) {
      if (reasons.has(reason)) return
      reasons.add(reason)
      changed()
    },
    release(reason) {
      if (!reasons.delete(reason)) return
      changed()
      wake()
    },
    heldMs: () => held + (since === null ? 0 : now() - since),
    stop: () => aborter.abort(new Stopped()),
    async clear() {
      // Only 'by you' is waited for here: the other reasons are waited out inside the site client.
      while (reasons.has('by you') && !aborter.signal.aborted)
        await new Promise<void>((go) => waiting.push(go))
      aborter.signal.throwIfAborted()
    },
  }
}

/** Why the signal of a Control was aborted. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  constructor() {
    super('The run was stopped.')
  }
}
