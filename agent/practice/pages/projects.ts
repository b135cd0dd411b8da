import { asIssue, findProject, keyOf } from '../issue/find.ts'
import type { Issue, Thing } from '../kinds.ts'
import type { Site } from '../site.ts'
import type { Store } from '../store.ts'
import { type Html, html } from './html.ts'
import { callOf, findAll } from './search.ts'

/** Issues on one page of the list, and cards on a board. */
const mostListed = 50
const mostCards = 200

interface Shown {
  title: string
  content: Html
}

export const liveProjects = (store: Store): Thing<'project'>[] =>
  store
    .all('project')
    .filter(({ data }) => !data.deleted)
    .toSorted((a, b) => (a.data.key < b.data.key ? -1 : 1))

export function directoryPage(store: Store): Shown {
  const rows = liveProjects(store).map(
    ({ data }) =>
      html`<tr><td><a href="/jira/software/c/projects/${data.key}/issues">${data.name}</a></td><td>${data.key}</td><td>${data.projectTypeKey}</td></tr>`,
  )
  return {
    title: 'Projects',
    content: html`<h1>Projects</h1><table><tr><th>Name</th><th>Key</th><th>Type</th></tr>${rows}</table>`,
  }
}

function issuesOf(store: Store, projectId: number, after: number, limit: number): Issue[] {
  const sql = 'SELECT * FROM issue WHERE projectId = ? AND number > ? ORDER BY number LIMIT ?'
  return store.rows(sql, projectId, after, limit).map(asIssue)
}

/** The board that came with the project, else the first that belongs to it. */
const boardOf = (store: Store, { id }: Thing<'project'>): number =>
  store.all('board').find(({ data }) => data.projectId === id)?.id ?? 1

const header = (store: Store, project: Thing<'project'>) => html`
<div data-testid="horizontal-nav-header.ui.board-header.header"><h1>${project.data.name}</h1></div>
<div data-testid="horizontal-nav.ui.content.horizontal-nav">
<a href="/jira/software/c/projects/${project.data.key}/boards/${boardOf(store, project)}">Board</a>
<a href="/jira/software/c/projects/${project.data.key}/issues">Issues</a></div>`

/** The issues of a project by number, a page after another. */
export function listPage(store: Store, key: string, after: number): Shown | null {
  const project = findProject(store, key)
  if (!project) return null
  const issues = issuesOf(store, project.id, after, mostListed)
  const rows = issues.map((issue) => {
    const own = `${project.data.key}-${issue.number}`
    return html`<tr data-testid="native-issue-table.ui.issue-row">
<td data-testid="business-list.ui.list-view.key-cell.issue-key"><a href="/browse/${own}">${own}</a></td>
<td data-testid="business-list.ui.list-view.summary-cell">${issue.data.summary}</td>
<td data-testid="business-list.ui.list-view.status-cell.cell-container">${store.get('status', issue.statusId)?.data.name ?? ''}</td></tr>`
  })
  const last = issues.at(-1)
  const more =
    last && issues.length === mostListed
      ? html`<a href="/jira/software/c/projects/${project.data.key}/issues?after=${last.number}">More</a>`
      : html``
  const content = html`${header(store, project)}<table data-testid="business-list.ui.list-view.base-table.base-table-with-analytics">${rows}</table>${more}`
  return { title: project.data.name, content }
}

/** What a board's filter finds, in columns by status; a board that was never made shows its project. */
export function boardPage(site: Site, key: string, id: string): Shown | null {
  const { store } = site
  const project = findProject(store, key)
  if (!project) return null
  const board = store.get('board', id)?.data
  const jql = store.get('filter', board?.filterId ?? 0)?.data.jql
  const found = jql === undefined ? null : findAll(callOf(site), jql)
  const issues = found?.issues ?? issuesOf(store, project.id, 0, mostCards)
  const byStatus = Map.groupBy(issues, ({ statusId }) => statusId)
  const columns = [...byStatus].map(([statusId, issues]) => {
    const cards = issues.map((issue) => {
      const own = keyOf(store, issue)
      return html`<div class="card" data-testid="platform-board-kit.ui.card.card"><div>${issue.data.summary}</div>
<a href="/browse/${own}" data-testid="platform-card.common.ui.key.key">${own}</a></div>`
    })
    return html`<div class="column" data-component-selector="platform-board-kit.ui.column.draggable-column">
<div data-testid="platform-board-kit.common.ui.column-header.header.column-header-container"><b data-component-selector="platform-board-kit.ui.column-title">${store.get('status', statusId)?.data.name ?? ''}</b></div>${cards}</div>`
  })
  const said = found?.refused ? html`<p>${found.refused}</p>` : html``
  const content = html`${header(store, project)}${said}<div class="columns" data-test-id="software-board.board-area">${columns}</div>`
  return { title: board?.name ?? `${project.data.key} board`, content }
}
