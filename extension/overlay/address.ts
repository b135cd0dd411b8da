/** Where the Navigation API is missing, the address is looked at so often. */
const lookEveryMs = 1000

/**
 * Tells each address that the page shows, without a reload, until the signal. The entry of the history has
 * changed by then: `navigate` would come before, and also for journeys that the page then calls off.
 */
export function watchAddress(signal: AbortSignal, tell: (address: URL) => void): void {
  let last = location.href
  const look = () => {
    if (location.href === last) return
    last = location.href
    tell(new URL(last))
  }
  const { navigation } = globalThis as { navigation?: EventTarget }
  if (navigation) {
    navigation.addEventListener('currententrychange', look, { signal })
    return
  }
  const timer = setInterval(look, lookEveryMs)
  signal.addEventListener('abort', () => clearInterval(timer))
}
