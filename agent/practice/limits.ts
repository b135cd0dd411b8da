/**
 * Jira Cloud's limits for API tokens, as its page on rate limiting of August 2026 has them: a token bucket
 * per endpoint and method, shared by all, and a limit on the writes to one issue.
 */
const bursts = { GET: 100, POST: 100, PUT: 50, DELETE: 50 } as const
/** Endpoints that the page names with a rate of their own, a second. */
const exceptions: Record<string, number> = {
  'GET /rest/api/3/issue/{issueIdOrKey}': 150,
  'GET /rest/api/3/issue/{issueIdOrKey}/changelog': 200,
  'GET /rest/api/3/user': 150,
  'GET /rest/api/3/user/search': 200,
  'GET /rest/api/3/attachment/content/{id}': 300,
  'POST /rest/api/3/search/approximate-count': 150,
  'PUT /rest/api/3/component/{id}': 500,
}
const perIssue = [
  { writes: 20, withinMs: 2_000 },
  { writes: 100, withinMs: 30_000 },
]

export interface Limited {
  reason: 'jira-burst-based' | 'jira-per-issue-on-write'
  limit: number
  waitMs: number
}
export interface Admitted {
  limit: number
  remaining: number
}

/** Remembers who came when; the clock is given, so that nothing here waits. */
export function createLimits(now: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const writes = new Map<string, number[]>()

  function burst(method: keyof typeof bursts, path: string): Limited | Admitted {
    const name = `${method} ${path}`
    const limit = exceptions[name] ?? bursts[method]
    const at = now()
    const bucket = buckets.get(name) ?? { tokens: limit, at }
    bucket.tokens = Math.min(limit, bucket.tokens + ((at - bucket.at) * limit) / 1000)
    bucket.at = at
    buckets.set(name, bucket)
    if (bucket.tokens < 1) {
      const waitMs = Math.ceil(((1 - bucket.tokens) * 1000) / limit)
      return { reason: 'jira-burst-based', limit, waitMs }
    }
    bucket.tokens -= 1
    return { limit, remaining: Math.floor(bucket.tokens) }
  }

  function issueWrite(issue: string): Limited | null {
    const at = now()
    const longest = 30_000
    const recent = (writes.get(issue) ?? []).filter((time) => at - time < longest)
    for (const { writes: limit, withinMs } of perIssue) {
      const within = recent.filter((time) => at - time < withinMs)
      const first = within.at(-limit)
      if (first !== undefined)
        return { reason: 'jira-per-issue-on-write', limit, waitMs: first + withinMs - at }
    }
    recent.push(at)
    writes.set(issue, recent)
    // Issues that were not written to lately are forgotten, or a long migration would fill the memory.
    if (writes.size > 5_000)
      for (const [key, times] of writes) if (at - (times.at(-1) ?? 0) >= longest) writes.delete(key)
    return null
  }

  return {
    /** Counts one request, or says why it has to wait. */
    take(method: keyof typeof bursts, path: string, issue: string | null): Limited | Admitted {
      if (method !== 'GET' && issue !== null) {
        const limited = issueWrite(issue)
        if (limited) return limited
      }
      return burst(method, path)
    },
  }
}
export type Limits = ReturnType<typeof createLimits>
