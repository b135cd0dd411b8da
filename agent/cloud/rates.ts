import type { SiteRequest } from './send.ts'

/**
 * What the site allows for API tokens (developer.atlassian.com/cloud/jira/platform/rate-limiting,
 * August 2026): requests a second for each endpoint and method, shared by all that use the site.
 */
export const perSecond: Record<SiteRequest['method'], number> = {
  GET: 100,
  POST: 100,
  PUT: 50,
  DELETE: 50,
}
/** Practitioners advise 60 % of it: the rest is for the people and apps that use the site meanwhile. */
const fullShare = 0.6
const leastShare = 0.05
/** After a limit the share comes back in steps of a twentieth, one each ten seconds. */
const recoverStep = 0.05
const recoverMs = 10_000
/** So many may leave at once; the others follow at the rate. */
const burst = 5

/** 20 writes in 2 s and 100 in 30 s to one issue; a tenth longer, since they do not arrive as evenly as they leave. */
const issueWindows = [
  { writes: 20, withinMs: 2_200 },
  { writes: 100, withinMs: 33_000 },
]

/** The pace of one endpoint and method: slots at an even rate that gives way and slowly comes back. */
export function createRate(method: SiteRequest['method']) {
  let share = fullShare
  let changedAt = Number.NEGATIVE_INFINITY
  let nextFree = 0

  function recover(now: number) {
    const steps = Math.floor((now - changedAt) / recoverMs)
    if (!Number.isFinite(steps) || steps <= 0 || share >= fullShare) return
    share = Math.min(fullShare, share + steps * recoverStep)
    changedAt += steps * recoverMs
  }

  return {
    /** Requests a second at this moment. */
    perSecond(now: number) {
      recover(now)
      return perSecond[method] * share
    },
    /** When the next request may leave, at the earliest; that slot is then taken. */
    take(now: number): number {
      recover(now)
      const intervalMs = 1000 / (perSecond[method] * share)
      const at = Math.max(now, nextFree - burst * intervalMs)
      nextFree = Math.max(now, nextFree) + intervalMs
      return at
    },
    /** The site said no (half the pace), or that it is near (a fifth less), at most once a second. */
    slowDown(now: number, how: 'limit' | 'near') {
      if (now - changedAt < 1_000) return
      share = Math.max(leastShare, share * (how === 'limit' ? 0.5 : 0.8))
      changedAt = now
    },
  }
}

/** Remembers the writes to each issue for as long as the site counts them. */
export function createIssueWindows() {
  const writes = new Map<string, number[]>()
  const longest = Math.max(...issueWindows.map((window) => window.withinMs))
  const most = Math.max(...issueWindows.map((window) => window.writes))

  function forget(now: number) {
    for (const [key, times] of writes) if ((times.at(-1) ?? 0) < now - longest) writes.delete(key)
  }

  return {
    /** When this issue may be written to, not before `at`; that write is then counted. */
    take(issue: string, at: number): number {
      const times = writes.get(issue) ?? []
      for (const { writes: limit, withinMs } of issueWindows) {
        const first = times.at(-limit)
        if (first !== undefined) at = Math.max(at, first + withinMs)
      }
      times.push(at)
      if (times.length > most) times.shift()
      writes.set(issue, times)
      // A migration touches millions of issues: only the last half minute's are worth remembering.
      if (writes.size > 10_000) forget(at)
      return at
    },
    size: () => writes.size,
  }
}
