import type { Forecast, ForecastCount, ForecastReason } from '../../shared/forecast.ts'
import type { Kind, Means, Phase, PlannedItem, PlannedKind } from '../../shared/plan.ts'
import { kinds, phases } from '../../shared/plan.ts'

export type { Forecast, ForecastCount, ForecastReason } from '../../shared/forecast.ts'
export { estimateSeconds, requestsOf } from '../../shared/forecast.ts'

/** Issues go 50 at a time, read back 100 at a time; statuses 50 at a time; people are only looked up. */
const perRequest: Partial<Record<PlannedKind, number>> = { issue: 50, filler: 50, status: 50 }
/** A screen with its schemes, a workflow with its scheme: about so many requests each. */
const severalRequests: Partial<Record<PlannedKind, number>> = { screens: 4, progress: 2 }
const issuesRead = 100
/** Comments and work logs that come with an issue; more of them are asked for issue by issue. */
const counted = new Set<string>(kinds)

/** The share of a writing request that an item takes; people are only looked up. */
export const writesOf = ({ kind, leftOut }: PlannedItem): number =>
  leftOut || kind === 'user' ? 0 : (severalRequests[kind] ?? 1) / (perRequest[kind] ?? 1)

/**
 * Requests that read items back, by how many of each kind move. Origins of comments and work logs, watchers and
 * web links are asked for issue by issue; files are read whole.
 */
export const readsOf = (moved: (kind: Kind) => number): number =>
  moved('issue') / issuesRead +
  Math.min(moved('issue'), moved('comment')) +
  Math.min(moved('issue'), moved('worklog')) +
  Math.min(moved('issue'), moved('watcher')) +
  Math.min(moved('issue'), moved('remoteLink')) +
  moved('attachment')

/** Counts a plan while it passes by. */
export function createForecast() {
  const forecast: Forecast = {
    kinds: {},
    projects: {},
    reasons: [],
    writes: {},
    reads: 0,
    fileBytes: 0,
  }
  const reasons = new Map<string, ForecastReason>()
  const amounts = new Map<Phase, Map<PlannedKind, number>>()

  function count(into: Partial<Record<Kind, ForecastCount>>, item: PlannedItem) {
    const kind = item.kind as Kind
    const counts = into[kind] ?? { moved: 0, withLoss: 0, leftOut: 0 }
    into[kind] = counts
    if (item.leftOut) counts.leftOut += 1
    else {
      counts.moved += 1
      if (item.losses.length) counts.withLoss += 1
    }
  }

  function tell(what: ForecastReason['what'], item: PlannedItem, why: PlannedItem['losses'][0]) {
    const kind = item.kind as Kind
    const key = `${what} ${kind} ${why.code}`
    const known = reasons.get(key)
    if (!known)
      reasons.set(key, { what, kind, ...why, varies: false, items: 1, example: item.label })
    else {
      known.items += 1
      if (known.text !== why.text) known.varies = true
    }
  }

  return {
    see(item: PlannedItem) {
      if (!item.leftOut) {
        const ofPhase = amounts.get(item.phase) ?? new Map<PlannedKind, number>()
        amounts.set(item.phase, ofPhase)
        ofPhase.set(item.kind, (ofPhase.get(item.kind) ?? 0) + 1)
        if (item.kind === 'attachment')
          forecast.fileBytes += (item.promise as { size: number }).size
      }
      if (!counted.has(item.kind)) return
      count(forecast.kinds, item)
      const key = item.projectKey ?? ''
      const project = forecast.projects[key] ?? { name: '', kinds: {} }
      forecast.projects[key] = project
      if (item.kind === 'project') project.name = item.label.replace(`${key} `, '')
      count(project.kinds, item)
      if (item.leftOut) tell('left out', item, item.leftOut)
      for (const code of new Set(item.losses.map((loss) => loss.code))) {
        const loss = item.losses.find((one) => one.code === code)
        if (loss) tell('loss', item, loss)
      }
    },
    /** The numbers, once the whole plan has passed. */
    end(): Forecast {
      forecast.reasons = [...reasons.values()].sort((a, b) => b.items - a.items)
      for (const phase of phases) {
        const writes: Partial<Record<Kind | Means, number>> = {}
        for (const [kind, n] of amounts.get(phase) ?? [])
          if (kind !== 'user')
            writes[kind] = Math.ceil((n * (severalRequests[kind] ?? 1)) / (perRequest[kind] ?? 1))
        if (Object.keys(writes).length) forecast.writes[phase] = writes
      }
      forecast.reads = Math.ceil(readsOf((kind) => forecast.kinds[kind]?.moved ?? 0))
      return forecast
    },
  }
}
