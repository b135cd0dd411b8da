/**
 * Where a page shows the key of an issue: links to it, and what Jira calls the keys of cards and rows. Of a
 * card that is no link only the name (data-testid) tells; those seen in the wild are the ones listed here.
 */
const places = [
  'a[href*="/browse/"]',
  '[data-testid="platform-card.common.ui.key.key"]',
  '[data-testid="software-backlog.card-list.card.card-contents.key"]',
  '[data-testid="business-list.ui.list-view.key-cell.issue-key"]',
].join(',')

const key = /^[A-Z][A-Z0-9_]*-\d+$/
/** The agent takes so many keys a question. */
const mostKeys = 500

export interface Shown {
  issueKey: string
  element: Element
}

/** The issues that the page shows now, each with the elements that carry its key. */
export function shownIssues(root: ParentNode): Shown[] {
  const shown: Shown[] = []
  const named = new Set<string>()
  const others = new Map<string, Element>()
  for (const element of root.querySelectorAll(places)) {
    const text = element.textContent?.trim() ?? ''
    if (key.test(text)) {
      // A cell and the link within it are one place.
      if (element.querySelector('a[href*="/browse/"]')) continue
      shown.push({ issueKey: text, element })
      named.add(text)
      continue
    }
    const linked = /\/browse\/([A-Z][A-Z0-9_]*-\d+)(?:[?#]|$)/.exec(
      element.getAttribute('href') ?? '',
    )
    if (linked?.[1] && !others.has(linked[1])) others.set(linked[1], element)
  }
  // An issue whose key stands nowhere is shown by the first link to it.
  for (const [issueKey, element] of others)
    if (!named.has(issueKey)) shown.push({ issueKey, element })
  return shown
}

export const keysOf = (shown: readonly Shown[]): string[] =>
  [...new Set(shown.map(({ issueKey }) => issueKey))].slice(0, mostKeys)

/** A page that has drawn nothing more for so long is taken as drawn. */
const quietMs = 250
/** After so long the page is taken as it is. */
const mostMs = 4000

/**
 * Resolves once the page has drawn itself: its changes are only counted while it is busy, and looked at in
 * idle moments. Never rejects.
 * @param signal the person went on: resolves at once
 */
export function whenDrawn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let quiet: ReturnType<typeof setTimeout>
    const done = () => {
      watch.disconnect()
      clearTimeout(quiet)
      clearTimeout(end)
      signal.removeEventListener('abort', done)
      if (signal.aborted) resolve()
      else whenIdle(resolve)
    }
    const wait = () => {
      clearTimeout(quiet)
      quiet = setTimeout(done, quietMs)
    }
    const watch = new MutationObserver(wait)
    const end = setTimeout(done, mostMs)
    if (signal.aborted) return done()
    signal.addEventListener('abort', done)
    if (document.body) watch.observe(document.body, { childList: true, subtree: true })
    wait()
  })
}

/** Firefox has it, too; what has not waits for the next turn. */
export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 500 })
  else setTimeout(work)
}

/**
 * Collects the keys of each screen once it is drawn. A screen that a person leaves meanwhile has none, and
 * neither has that of a single issue: what is open there has a verdict of its own.
 */
export function keyCollector(signal: AbortSignal) {
  let screen = new AbortController()
  return async (_address: URL, subject: { kind: string } | null): Promise<string[]> => {
    screen.abort()
    screen = new AbortController()
    if (subject?.kind === 'issue' || subject?.kind === 'people') return []
    const leaving = AbortSignal.any([signal, screen.signal])
    await whenDrawn(leaving)
    return leaving.aborted ? [] : keysOf(shownIssues(document))
  }
}
