import type { Forecast, ForecastCount, ForecastReason } from '../../shared/forecast.ts'
import type { Kind, Means, Phase, PlannedItem } from '../../shared/plan.ts'
import { kinds, phases } from '../../shared/plan.ts'
import { alwaysReads, createRequests } from './requests.ts'

export type { Forecast, ForecastCount, ForecastReason } from '../../shared/forecast.ts'
export { estimateSeconds, requestsOf } from '../../shared/forecast.ts'

const counted = new Set<string>(kinds)

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
  const requests = createRequests()
  const writes = new Map<Phase, Map<Kind | Means, number>>()
  let reads = alwaysReads

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
      const cost = requests.of(item)
      reads += cost.reads
      if (cost.writes > 0) {
        const ofPhase = writes.get(item.phase) ?? new Map<Kind | Means, number>()
        writes.set(item.phase, ofPhase)
        ofPhase.set(item.kind, (ofPhase.get(item.kind) ?? 0) + cost.writes)
      }
      if (!item.leftOut && item.kind === 'attachment')
        forecast.fileBytes += (item.promise as { size: number }).size
      const key = item.projectKey ?? ''
      const project = forecast.projects[key] ?? { name: '', kinds: {}, requests: 0 }
      forecast.projects[key] = project
      project.requests = (project.requests ?? 0) + cost.writes + cost.reads
      if (!counted.has(item.kind)) return
      count(forecast.kinds, item)
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
        const ofPhase = writes.get(phase)
        if (ofPhase)
          forecast.writes[phase] = Object.fromEntries(
            [...ofPhase].map(([kind, n]) => [kind, Math.ceil(n)]),
          )
      }
      forecast.reads = Math.ceil(reads)
      return forecast
    },
  }
}
