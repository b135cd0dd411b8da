import type { PlanOptions, SiteFacts } from '../shared/plan.ts'
import { Problem, viewProblem } from '../shared/problem.ts'
import type { SnapshotReader } from '../shared/record.ts'
import { connectSite, untried } from './cloud/connect.ts'
import type { SiteReading } from './cloud/reading.ts'
import type { CheckContext } from './plan/checks/check.ts'
import { neededFromSite } from './plan/plan.ts'

/** What the site says, and what to plan by; the plan may go on asking it until it is closed. */
export interface AskedSite {
  options: PlanOptions
  answers: CheckContext['site']
  close(): Promise<void>
}

export interface SiteQuestion {
  access(): Promise<{ url: string; email: string; token: string }>
  snapshot: SnapshotReader
  /** What to plan by, once the site can be asked for it. */
  options(read: SiteReading): Promise<PlanOptions>
  /** The same without it. */
  fallback(): PlanOptions
  answers(read: SiteReading, facts: SiteFacts): Promise<CheckContext['site']>
  signal: AbortSignal
}

/**
 * Asks a site for checks outside a run. One that does not answer at once is not waited for: its problem is the
 * answer then, as is that of one which refuses. Throws only where the signal aborts.
 */
export async function askSite(question: SiteQuestion): Promise<AskedSite> {
  const { signal, snapshot } = question
  const away = new AbortController()
  let close = async () => {}
  try {
    const { url, email, token } = await question.access()
    const site = await connectSite({
      url,
      email,
      token,
      signal: AbortSignal.any([signal, away.signal]),
      pace: 'off',
      onPause(reason, sentence) {
        if (reason !== 'site unreachable') return
        away.abort(
          new Problem('site-unreachable', untried(sentence) ?? url, {
            hint: 'Look at the network and at status.atlassian.com, then run the checks again.',
            again: true,
          }),
        )
      },
    })
    close = site.close
    const options = await question.options(site.read)
    const facts = await site.read.facts(neededFromSite(snapshot, options))
    return { options, answers: await question.answers(site.read, facts), close }
  } catch (error) {
    await close()
    signal.throwIfAborted()
    const problem = viewProblem(away.signal.aborted ? away.signal.reason : error)
    const nothing = async () => {}
    return { options: question.fallback(), answers: { facts: null, problem }, close: nothing }
  }
}
