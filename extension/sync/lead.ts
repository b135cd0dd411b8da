/** Of all open pages one works for the others; in front of a person if there is such a page. */

/** The same for all pages of a profile: who holds the lock leads, and whoever closes lets it go. */
const lockName = 'landfall-follow'

const inFront = () => typeof document === 'undefined' || document.visibilityState === 'visible'

/**
 * Does the work while this page leads, until the signal ends. Pages beside it only read the cache: a browser opens
 * six connections to an agent, and six streams would leave none for anything else.
 * A page that comes to the front takes the lead, for the timers of a hidden one may run once a minute.
 * @param work goes on until the signal that it is given ends
 */
export async function lead(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  let leads = false
  let hurry = inFront()
  let waiting = new AbortController()
  const takeOver = () => {
    if (leads || !inFront()) return
    hurry = true
    waiting.abort()
  }
  const channel = new BroadcastChannel(lockName)
  channel.addEventListener('message', takeOver)
  const turned = () => {
    if (inFront()) takeOver()
    else if (leads) channel.postMessage('the leader is hidden')
  }
  globalThis.document?.addEventListener('visibilitychange', turned, { signal })

  while (!signal.aborted) {
    const over = new AbortController()
    waiting = new AbortController()
    const how = hurry ? { steal: true } : { signal: AbortSignal.any([signal, waiting.signal]) }
    hurry = false
    await navigator.locks
      .request(lockName, how, () => {
        leads = true
        turned()
        return work(AbortSignal.any([signal, over.signal]))
      })
      .catch((error: unknown) => {
        // Another page took the lead, or this one no longer waits for it.
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
      })
    leads = false
    over.abort()
  }
  channel.close()
}
