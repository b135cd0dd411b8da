import type { Kind, Means, Phase } from './plan.ts'

/** How many items of a kind move and stay, and of a reason or loss: its first sentence, and whether others differ. */
export interface ForecastCount {
  moved: number
  withLoss: number
  leftOut: number
}
export interface ForecastReason {
  what: 'loss' | 'left out'
  kind: Kind
  code: string
  text: string
  varies: boolean
  items: number
  example: string
}

export interface ForecastProject {
  name: string
  kinds: Partial<Record<Kind, ForecastCount>>
  /** Requests for what belongs to it alone, in shares; absent in a forecast of an earlier Landfall. */
  requests?: number
}

/** What the plan would do, in numbers: small whatever the source's size. All of it is plain JSON. */
export interface Forecast {
  kinds: Partial<Record<Kind, ForecastCount>>
  /** '' = what belongs to no one project. */
  projects: Record<string, ForecastProject>
  reasons: ForecastReason[]
  /** Requests that write, by phase and kind of thing. */
  writes: Partial<Record<Phase, Partial<Record<Kind | Means, number>>>>
  /** Requests that read: what the site has, what is looked at before it is written, and what was written. */
  reads: number
  fileBytes: number
  /** Milliseconds that an answer of the site takes (median of the first requests); absent or null = not measured. */
  latencyMs?: number | null
}

/** Requests a second to one endpoint at the pace that is kept (60 % of what the site allows), and when it is slow. */
const rates = { best: 60, worst: 30 }
/** Bytes a second of files: Atlassian publishes 25 GB an hour for its own tool; twice and half of that. */
const fileRates = { best: (50 * 1e9) / 3600, worst: (12.5 * 1e9) / 3600 }
/** The site does not give deletes and puts more than half of that. */
const half = new Set<string>(['fillerDelete'])

/** So many lanes are sent at once (agent/push); the issues of a project are one lane, in the order of their keys. */
const lanes = 8
/** Writes take longer than the questions that were measured, and sites are slower on a full day: an allowance. */
const slower = { best: 1, worst: 3 }

/**
 * Seconds [at best, at worst] that a real site takes: kinds of a phase go beside each other, each to its own
 * endpoint, and phases one after the other; then everything is read back, one question after the other. Where
 * it was measured how long an answer takes, waiting for answers counts where that takes longer than the pace.
 */
export function estimateSeconds(forecast: Forecast): [number, number] {
  const projects = Object.values(forecast.projects).filter(({ kinds }) => kinds.issue?.moved).length
  const at = (how: 'best' | 'worst') => {
    const answer = ((forecast.latencyMs ?? 0) / 1000) * slower[how]
    const paced = forecast.reads / rates[how] / (how === 'best' ? 2 : 1)
    let seconds = Math.max(paced, forecast.reads * answer)
    for (const [phase, writes] of Object.entries(forecast.writes)) {
      const each = Object.entries(writes).map(
        ([kind, n]) => n / (half.has(kind) ? rates[how] / 2 : rates[how]),
      )
      const all = Object.values(writes).reduce((sum, n) => sum + n, 0)
      const beside = phase === 'issues' ? Math.min(lanes, Math.max(projects, 1)) : lanes
      seconds += Math.max(...each, (all * answer) / beside)
    }
    return Math.ceil(seconds + (2 * forecast.fileBytes) / fileRates[how])
  }
  return [at('best'), at('worst')]
}

/** All requests: those that write and those that read. */
export function requestsOf(forecast: Forecast): { writes: number; reads: number } {
  let writes = 0
  for (const ofPhase of Object.values(forecast.writes))
    for (const n of Object.values(ofPhase)) writes += n
  return { writes, reads: forecast.reads }
}
