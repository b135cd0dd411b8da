import type { AfterContext } from './check.ts'
import { fold } from './check.ts'
import { boardPage, filterPage } from './pages.ts'

/** What Atlassian's assistant puts behind a name that the site has already; with a number from the second on. */
const mark = /\s*\(migrated(?:[ -]?\d+)?\)\s*$/i

/** The name that it would have without the mark; null where there is none. */
export const twinName = (name: string): string | null =>
  mark.test(name) ? name.replace(mark, '').trim() : null

/** Something of the site that has a name. */
export interface Named {
  what: string
  name: string
  path: string | null
  projectKey?: string | null
}
/** One with the mark, and what has the same name without. */
export interface Migrated extends Named {
  plain: string
  twin: Named | null
}

/** Everything of the site whose name carries the mark, each beside its twin. Names that the source has itself are left. */
export async function migratedNames(context: AfterContext): Promise<Migrated[]> {
  const found: Migrated[] = []
  const own = sourceNames(context)
  for (const [what, all] of await namedThings(context)) {
    const plain = new Map(all.map((one) => [fold(one.name), one]))
    for (const one of all) {
      const name = twinName(one.name)
      if (name === null || own.has(fold(one.name))) continue
      found.push({ ...one, what, plain: name, twin: plain.get(fold(name)) ?? null })
    }
  }
  return found
}

async function namedThings({ read, projects }: AfterContext): Promise<[string, Named[]][]> {
  const admin = (path: string) => `/secure/admin/${path}.jspa`
  const list = (what: string, all: readonly { name: string }[], path: string | null): Named[] =>
    all.map(({ name }) => ({ what, name, path }))
  const boards = new Map<string, Named>()
  for (const board of await read.boards({ name: '(migrated' }))
    boards.set(board.id, {
      what: 'Board',
      name: board.name,
      path: boardPage(board),
      projectKey: board.projectKey,
    })
  if (boards.size)
    for (const { key } of projects)
      for (const board of await read.boardsOf(key))
        boards.set(board.id, {
          what: 'Board',
          name: board.name,
          path: boardPage(board),
          projectKey: key,
        })
  const filters = (await read.filters(null, 'any')).map(
    ({ id, name }): Named => ({ what: 'Filter', name, path: filterPage(id) }),
  )
  return [
    ['Field', list('Field', await read.customFields(), admin('ViewCustomFields'))],
    ['Status', list('Status', await read.statuses(), admin('ViewStatuses'))],
    ['Issue type', list('Issue type', await read.issueTypes(), admin('ViewIssueTypes'))],
    ['Priority', list('Priority', await read.priorities(), admin('ViewPriorities'))],
    ['Resolution', list('Resolution', await read.resolutions(), admin('ViewResolutions'))],
    ['Link type', list('Link type', await read.linkTypes(), admin('ViewLinkTypes'))],
    ['Role', list('Role', await read.roles(), null)],
    ['Filter', filters],
    ['Board', [...boards.values()]],
  ]
}

/** Names with the mark that the source has: it may be that it was moved before. */
function sourceNames({ snapshot }: AfterContext): ReadonlySet<string> {
  const names = new Set<string>()
  const tables = [
    'customField',
    'status',
    'issueType',
    'priority',
    'resolution',
    'linkType',
  ] as const
  for (const table of [...tables, 'role', 'filter', 'board'] as const)
    for (const { name } of snapshot.rows(table)) if (mark.test(name)) names.add(fold(name))
  return names
}
