import type { Kind, Phase, PlannedItem, Reason } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { Context } from './context.ts'
import { leftOut, reason } from './item.ts'

const withItsApp = reason(
  'not-yet',
  'Properties that apps keep move with their app, where that is chosen; they are counted there.',
)

/** Why an item of a kind that does not move stays behind, for an issue that does move. */
export const whyLeft = {
  vote: reason('votes', 'The site only lets a person vote for themselves.'),
  history: reason(
    'history',
    'The site has no way to write history; it is kept in the snapshot and can be read there.',
  ),
} as const

/** Everything that belongs to no issue and does not move in this version, each with its reason. */
export function* planLeftOut(context: Context): Generator<PlannedItem> {
  const { snapshot } = context
  const left = (kind: Kind, sourceId: string, label: string, why: Reason, phase: Phase) =>
    leftOut(kind, { sourceId, label, phase, lane: kind }, why)
  yield* plain(snapshot, left)
}

function* plain(
  snapshot: SnapshotReader,
  left: (kind: Kind, id: string, label: string, why: Reason, phase: Phase) => PlannedItem,
): Generator<PlannedItem> {
  for (const row of snapshot.rows('property')) {
    const label = `${row.key} of ${row.entity} ${row.entityId}`
    yield left('property', row.id, label, withItsApp, 'parts')
  }
}

/** Source ids stay unique where the source has a row twice: the second becomes "id#2". */
export function unique(): (kind: Kind, id: string) => string {
  const seen = new Map<string, number>()
  return (kind, id) => {
    const count = (seen.get(`${kind}/${id}`) ?? 0) + 1
    seen.set(`${kind}/${id}`, count)
    return count === 1 ? id : `${id}#${count}`
  }
}
