import type { Kind, Phase, PlannedItem, PlannedKind, Promises, Reason } from '../../shared/plan.ts'
import { straight } from '../../shared/straight.ts'

/** Where an item belongs: what every planned item says beside its promise. */
export interface Place {
  sourceId: string
  label: string
  projectKey?: string | null
  issueKey?: string | null
  phase: Phase
  /** Defaults to the issue's key, then the project's, then the phase. */
  lane?: string
}

/** An item that will be written, with what is promised of it and what will not survive. */
export function moved<K extends PlannedKind>(
  kind: K,
  place: Place,
  promise: Promises[K],
  losses: Reason[] = [],
): PlannedItem<K> {
  return { ...settle(kind, place), promise, losses, leftOut: null }
}

/** An item that is not moved at all, with the reason. */
export function leftOut<K extends Kind>(kind: K, place: Place, why: Reason): PlannedItem<K> {
  // The promise of what is left out is null for every kind; the contract types it by kind.
  return { ...settle(kind, place), promise: null as Promises[K], losses: [], leftOut: why }
}

export const reason = (code: string, text: string): Reason => ({
  code,
  text: straight(text),
})

function settle<K extends PlannedKind>(kind: K, place: Place) {
  const projectKey = place.projectKey ?? null
  const issueKey = place.issueKey ?? null
  return {
    kind,
    sourceId: place.sourceId,
    label: place.label,
    projectKey,
    issueKey,
    phase: place.phase,
    lane: place.lane ?? issueKey ?? projectKey ?? place.phase,
  }
}
