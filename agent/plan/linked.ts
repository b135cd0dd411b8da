import type { SnapshotReader } from '../../shared/record.ts'
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
