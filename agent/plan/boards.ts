import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { BoardRow } from '../../shared/rows.ts'
import type { Context } from './context.ts'
import { boardsLane, type FilterPlan, type Filters, projectOf } from './filters.ts'
import { leftOut, moved, reason } from './item.ts'
import { type Linked, readLinked } from './linked.ts'
import { cut, cutName, fold } from './names.ts'

/** Why a board of the source stays, null where it moves; by its id. */
export type Boards = Map<string, { row: BoardRow; leftOut: Reason | null }>

export function decideBoards(context: Context, filters: Filters): Boards {
  const { snapshot, projects, options } = context
  const rule = options.scope?.boards ?? 'all'
  const linked = rule === 'linked' ? readLinked(snapshot, projects) : null
  const boards: Boards = new Map()
  for (const row of snapshot.rows('board'))
    boards.set(row.id, { row, leftOut: rule === 'none' ? none : whyNot(row, filters, linked) })
  return boards
}

const none = reason('not-in-scope', 'You chose to move no boards.')

function whyNot(row: BoardRow, filters: Filters, linked: Linked | null): Reason | null {
  if (linked && !linked.boards.has(row.id))
    return reason('not-linked', 'The board belongs to no project that moves.')
  const filter = filters.get(row.filterId ?? '')
  if (!filter) return reason('dangling', 'Its filter is not in the source.')
  if (!filter.leftOut) return null
  return reason('filter-stays', `Its filter "${filter.row.name}" stays: ${filter.leftOut.text}`)
}

export function* planBoards(boards: Boards, filters: Filters): Generator<PlannedItem> {
  for (const { row, leftOut: why } of boards.values()) {
    const place = {
      sourceId: row.id,
      label: row.name,
      phase: 'content' as const,
      lane: boardsLane,
    }
    const filter = filters.get(row.filterId ?? '')
    if (why || !filter) {
      yield leftOut('board', place, why ?? none)
      continue
    }
    // "Must be less than 255 characters" (API document).
    const losses: Reason[] = []
    const within = cutName('board', row.name, 254, losses)
    const name = besideThose(within, filter, losses)
    losses.push(
      reason(
        'board-setup',
        'Its columns, swimlanes, quick filters, card colours and estimation can only be set on the site itself: there it begins with the standard ones.',
      ),
    )
    const projectKey = projectOf(filter)
    yield moved('board', place, { name, type: row.kind, filter: filter.row.id, projectKey }, losses)
  }
}

/**
 * The site's own filter may have boards of its own. Sprints belong to their board, so ours is never mixed with
 * one that is there: it comes beside it, under a name that tells them apart.
 */
function besideThose(name: string, filter: FilterPlan, losses: Reason[]): string {
  const site = filter.leftOut === null ? filter.kept?.standing.one : undefined
  const taken = new Set(site?.boards.map(fold))
  if (!taken.has(fold(name))) return name
  let own = name
  for (let n = 2; taken.has(fold(own)); n += 1) own = `${cut(name, 248)} (${n})`
  losses.push(
    reason(
      'renamed',
      `The site's filter "${site?.name}" has a board "${name}" already: this board is named "${own}".`,
    ),
  )
  return own
}
