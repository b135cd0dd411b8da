import type { Reason } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { fold } from './names.ts'
import type { ProjectPlan } from './projects.ts'

/** Which filters and boards belong to a project that moves. */
export interface Linked {
  filters: ReadonlySet<string>
  boards: ReadonlySet<string>
  /** The filters of all boards: a board cannot be without its own. */
  boardFilters: ReadonlySet<string>
}

/** A filter belongs to the projects that its JQL names; a board to those of its filter. */
export function readLinked(
  snapshot: SnapshotReader,
  projects: ReadonlyMap<string, ProjectPlan>,
): Linked {
  const words = new Set<string>()
  for (const { row, leftOut } of projects.values())
    if (!leftOut) for (const word of [row.id, row.key, row.name]) words.add(fold(word))
  const filters = new Set<string>()
  for (const row of snapshot.rows('filter'))
    if (projectsNamed(row.jql ?? '').some((name) => words.has(fold(name)))) filters.add(row.id)
  const boards = new Set<string>()
  const boardFilters = new Set<string>()
  for (const row of snapshot.rows('board')) {
    if (!row.filterId) continue
    boardFilters.add(row.filterId)
    if (filters.has(row.filterId)) boards.add(row.id)
  }
  return { filters, boards, boardFilters }
}

/**
 * Why a filter is not in scope, null where it is. A board that moves takes its filter along, whatever was
 * chosen for filters.
 */
export function filterScope({
  snapshot,
  projects,
  options,
}: Pick<Context, 'snapshot' | 'projects' | 'options'>): (id: string) => Reason | null {
  const { filters = 'all', boards = 'all' } = options.scope ?? {}
  if (filters === 'all') return () => null
  const linked = readLinked(snapshot, projects)
  return (id) => {
    const ofBoard = linked.boardFilters.has(id) && (boards === 'all' || linked.filters.has(id))
    if (ofBoard && boards !== 'none') return null
    if (filters === 'none') return reason('not-in-scope', 'You chose to move no filters.')
    if (linked.filters.has(id)) return null
    return reason('not-linked', 'The filter belongs to no project that moves.')
  }
}

const one = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,()"']+`
const named = new RegExp(
  String.raw`\bproject\s*(?:=|\bin\b)\s*(?:\(\s*((?:${one})(?:\s*,\s*(?:${one}))*)\s*\)|(${one}))`,
  'gi',
)

/** Keys, names and ids of the projects that a JQL asks for; what it excludes does not count. */
export function projectsNamed(jql: string): string[] {
  const found: string[] = []
  for (const [, list, single] of jql.matchAll(named))
    for (const [word] of (list ?? single ?? '').matchAll(new RegExp(one, 'g')))
      found.push(word.replace(/^(["'])(.*)\1$/, '$2').replace(/\\(.)/g, '$1'))
  return found
}
