/** What the page's own login sees of an issue on its site. */
export type Sight = 'seen' | 'logged out' | 'not visible' | 'limited' | 'unreachable'

/** The site is asked once, and not for long: nothing waits for it. */
const withinMs = 10_000

/**
 * Asks the page's own site, with the login of the person in front of it, whether it shows the issue: the
 * page's markup is not read for it. Only that origin is ever asked from here, and nothing is written.
 */
export async function lookAtIssue(issue: string): Promise<Sight> {
  const status = async (path: string) => {
    const address = new URL(`/rest/api/3/${path}`, location.origin)
    const answer = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(withinMs),
    })
    // What stands in the answer is not asked for.
    void answer.body?.cancel()
    return answer.status
  }
  try {
    const seen = await status(`issue/${encodeURIComponent(issue)}?fields=created`)
    if (seen < 300) return 'seen'
    if (seen === 429) return 'limited'
    if (seen === 401) return 'logged out'
    if (seen >= 500) return 'unreachable'
    // Jira answers 404 to a stranger as well as to one who may not see it.
    return (await status('myself')) === 401 ? 'logged out' : 'not visible'
  } catch {
    return 'unreachable'
  }
}
