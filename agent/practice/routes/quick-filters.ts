import { ok } from '../answer.ts'
import { type Call, pageOf, type Route } from '../site.ts'
import { needBoard } from './agile.ts'

/** The quick filters of a board. The public API only lists them: boards are given theirs by hand. */
function listQuickFilters(call: Call) {
  const board = needBoard(call)
  const all = call.store.all('quickFilter', board.id)
  const { self: _, ...page } = pageOf(call, all, ({ id, data }) => ({
    id,
    boardId: board.id,
    ...data,
    position: all.findIndex((each) => each.id === id),
  }))
  return ok(page)
}

export const quickFilterRoutes: Route[] = [
  ['GET', '/rest/agile/1.0/board/{boardId}/quickfilter', listQuickFilters],
]
