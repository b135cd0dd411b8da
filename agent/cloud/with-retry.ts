import type { Clock } from './clock.ts'
import type { Pauses } from './pauses.ts'
import { describeNetworkError, fateOf } from './problems.ts'
import { requestLimitMs, type Send, type SiteRequest } from './send.ts'
import { retryAfterMs } from './with-pace.ts'

/** The documented recipe for a failing answer: at most four more times, from 5 s, doubled up to 30 s. */
const retries = 4
const firstRetryMs = 5_000
const mostRetryMs = 30_000
/** Our own numbers for a site that does not answer at all: from 1 s, doubled up to a minute, without end. */
const firstWaitMs = 1_000
const mostWaitMs = 60_000
/** A download that broke so often may be the file's own trouble: then the site is asked something else. */
const brokenDownloads = 4

/**
 * Sends again what may be sent again. A limit (429) was not executed, so everything is sent again after
 * it, when with-pace below lets it. A request that never left is sent again until the signal aborts; one
 * that may have landed is sent again only when it is idempotent. A download that keeps breaking while the site
 * answers is given up: the site is there, and the file is not to be had. All else is handed on or thrown.
 */
export function withRetry(send: Send, options: { clock: Clock; pauses: Pauses }): Send {
  const { clock, pauses } = options
  const spread = (ms: number) => ms * (0.7 + 0.6 * clock.random())

  const retried: Send = async (request, signal) => {
    let silent = 0
    let failed = 0
    let broken = 0

    /** Whether a download is given up; where the site is away this waits until it is back, for one more try. */
    async function isGivenUp(): Promise<boolean> {
      broken += 1
      if (!request.stream || broken < brokenDownloads) return false
      if (broken > brokenDownloads) return true
      await retried(anything, signal)
      return false
    }

    async function waitOut(why: string, leastMs: number) {
      const waitMs = Math.max(leastMs, spread(Math.min(mostWaitMs, firstWaitMs * 2 ** silent++)))
      const release = pauses.hold(
        'site unreachable',
        `${why} Trying again in ${Math.ceil(waitMs / 1000)} s.`,
      )
      try {
        await clock.wait(waitMs, signal)
      } finally {
        release()
      }
    }

    for (;;) {
      let answer: Awaited<ReturnType<Send>>
      try {
        answer = await send(request, signal)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        const fate = fateOf(error)
        if (fate === 'broken' || (fate === 'unknown' && !request.idempotent)) throw error
        if (fate === 'unknown' && (await isGivenUp())) throw error
        await waitOut(describeNetworkError(error), 0)
        continue
      }
      if (answer.status === 429) continue
      if (answer.status < 500 || !request.idempotent) return answer
      const asked = retryAfterMs(answer.headers, clock.now()) ?? 0
      if ([502, 503, 504].includes(answer.status)) {
        if (await isGivenUp()) return answer
        await waitOut(`The site answers with ${answer.status} (not available).`, asked)
        continue
      }
      if (failed >= retries) return answer
      const backoff = spread(Math.min(mostRetryMs, firstRetryMs * 2 ** failed++))
      await clock.wait(Math.max(asked, backoff), signal)
    }
  }
  return retried
}

/** What every account may ask and every site answers at once. */
const anything: SiteRequest = {
  ...{ method: 'GET', path: '/rest/api/3/serverInfo', template: '/rest/api/3/serverInfo' },
  ...{ query: {}, headers: {}, body: null, idempotent: true, writesTo: [] },
  ...{ limitMs: requestLimitMs, stream: false },
}
