import type { SourceClient } from './client.ts'
import { inParallel } from './parallel.ts'
import type { People } from './people.ts'
import type { Rows } from './rows.ts'
import { addShares } from './schemes.ts'
import { epoch, idOf, type Json, record, records, text } from './shapes.ts'

/** Jira Software answers at most 50 at once, whatever is asked for. */
const pageSize = 50

async function* pages(client: SourceClient, path: string, query = {}): AsyncGenerator<Json> {
  for (let startAt = 0; ; ) {
    const page = record(await client.find(path, { ...query, startAt, maxResults: pageSize }))
    const values = records(page.values)
    yield* values
    startAt += values.length
    if (values.length === 0 || page.isLast === true) return
  }
}

/** Boards with their sprints, and the filters that they stand on. */
export async function readBoards(
  client: SourceClient,
  rows: Rows,
): Promise<{ filters: Set<string>; sprints: Set<string> }> {
  const filters = new Set<string>()
  const sprints = new Set<string>()
  const seen = new Set<string>()
  const boards: { id: string; name: string; kind: 'scrum' | 'kanban' }[] = []
  for await (const board of pages(client, '/rest/agile/1.0/board')) {
    const id = idOf(board.id)
    if (id === null || seen.has(id)) continue
    seen.add(id)
    const kind = text(board.type) === 'scrum' ? 'scrum' : 'kanban'
    boards.push({ id, name: text(board.name) ?? id, kind })
  }
  await inParallel(boards, async ({ id, name, kind }) => {
    const at = `/rest/agile/1.0/board/${id}`
    const setup = record(await client.find(`${at}/configuration`))
    const filterId = idOf(record(setup.filter).id)
    if (filterId !== null) filters.add(filterId)
    rows.add('board', { id, name, owner: null, filterId, kind })
    // A sprint shows on every board that has one of its issues; it belongs to the one it was made on.
    if (kind === 'scrum')
      for await (const sprint of pages(client, `${at}/sprint`)) addSprint(rows, sprints, sprint, id)
  })
  return { filters, sprints }
}

function addSprint(rows: Rows, known: Set<string>, sprint: Json, boardId: string | null): void {
  const id = idOf(sprint.id)
  if (id === null || known.has(id)) return
  known.add(id)
  const state = text(sprint.state)?.toLowerCase()
  rows.add('sprint', {
    id,
    name: text(sprint.name) ?? id,
    goal: text(sprint.goal),
    boardId: idOf(sprint.originBoardId) ?? boardId,
    state: state === 'closed' || state === 'active' ? state : 'future',
    start: epoch(sprint.startDate),
    end: epoch(sprint.endDate),
    complete: epoch(sprint.completeDate),
  })
}

/** Sprints that issues name and no board showed: their board may be hidden, or gone. */
export async function readLooseSprints(
  client: SourceClient,
  rows: Rows,
  known: Set<string>,
  named: ReadonlySet<string>,
): Promise<void> {
  for (const id of named)
    if (!known.has(id)) {
      const sprint = record(await client.find(`/rest/agile/1.0/sprint/${id}`))
      if (idOf(sprint.id) === id) addSprint(rows, known, sprint, null)
    }
}

/** Filters by id, with those that their JQL names; Jira lists only the favourites of this account. */
export async function readFilters(
  client: SourceClient,
  rows: Rows,
  people: People,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const favourites = records(await client.find('/rest/api/2/filter/favourite'))
  const waiting = [...wanted, ...favourites.flatMap((row) => idOf(row.id) ?? [])]
  const seen = new Set<string>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const row = record(await client.find(`/rest/api/2/filter/${id}`))
    if (idOf(row.id) !== id) continue
    const jql = text(row.jql)
    rows.add('filter', {
      id,
      name: text(row.name) ?? id,
      owner: people.ref(row.owner),
      jql,
      description: text(row.description),
    })
    addShares(rows, people, id, row)
    // filter = 10100, savedFilter in (10100, 10101)
    for (const [, ids = ''] of (jql ?? '').matchAll(
      /\b(?:saved)?filter\s*(?:=|in\s*\()\s*([\d,\s]+)/gi,
    ))
      waiting.push(...ids.split(/[,\s]+/).filter(Boolean))
  }
}

/** Dashboards that the account sees. */
export async function readDashboards(
  client: SourceClient,
  rows: Rows,
  people: People,
): Promise<void> {
  const seen = new Set<string>()
  for (let startAt = 0; ; ) {
    const page = record(
      await client.find('/rest/api/2/dashboard', { startAt, maxResults: pageSize }),
    )
    const dashboards = records(page.dashboards)
    for (const row of dashboards) {
      const id = idOf(row.id)
      // The dashboard of the system is everybody's and nobody's; a site has its own.
      if (id === null || seen.has(id)) continue
      seen.add(id)
      rows.add('dashboard', {
        id,
        name: text(row.name) ?? id,
        owner: people.ref(row.owner),
        description: text(row.description),
        layout: null,
      })
    }
    startAt += dashboards.length
    if (dashboards.length === 0 || text(page.next) === null) return
  }
}
