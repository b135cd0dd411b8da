import { Refusal } from '../answer.ts'
import { keyOf } from '../issue/find.ts'
import { countFound, search } from '../issue/search.ts'
import { parseJql } from '../jql.ts'
import type { Issue } from '../kinds.ts'
import type { Call, Site } from '../site.ts'
import { type Html, html } from './html.ts'

/** Rows of a search, and cards on a board. */
const mostShown = 500

/** The pages, unlike the API, also show all there is. */
const everything = 'created >= "1970-01-01"'

interface Shown {
  title: string
  content: Html
}

/** What a page needs to search as the site's administrator. */
export const callOf = (site: Site): Call => ({
  site,
  store: site.store,
  base: '',
  path: '',
  params: {},
  query: new URLSearchParams(),
  headers: new Headers(),
  body: undefined,
})

export interface Found {
  issues: Issue[]
  total: number
  /** What Jira would say to such a search. */
  refused: string | null
}

export function findAll(call: Call, jql: string): Found {
  try {
    const whole = parseJql(jql).where === null ? `${everything} ${jql}` : jql
    const issues = search(call, whole, 0, mostShown)
    return { issues, total: countFound(call, whole), refused: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { issues: [], total: 0, refused: error.message }
  }
}

/** The issue navigator: a search, or a saved filter. */
export function searchPage(site: Site, query: { jql: string; filter: string }): Shown {
  const call = callOf(site)
  const filter = query.filter === '' ? undefined : site.store.get('filter', query.filter)
  const jql = query.jql || filter?.data.jql || everything
  const found = findAll(call, jql)
  const rows = found.issues.map((issue) => {
    const own = keyOf(site.store, issue)
    return html`<tr data-testid="native-issue-table.ui.issue-row">
<td data-testid="native-issue-table.common.ui.issue-cells.issue-key.issue-key-cell"><a href="/browse/${own}">${own}</a></td>
<td>${issue.data.summary}</td>
<td>${site.store.get('status', issue.statusId)?.data.name ?? ''}</td></tr>`
  })
  const title = filter?.data.name ?? 'Search'
  const content = html`<h1>${title}</h1>
<p data-testid="jql-builder"><code>${jql}</code></p>
<p>${found.refused ?? `${found.total} work items`}</p>
<table>${rows}</table>`
  return { title, content }
}

/** All filters, with a link to what each finds. */
export function filtersPage(site: Site): Shown {
  const rows = site.store
    .all('filter')
    .map(
      ({ id, data }) =>
        html`<tr><td><a href="/issues/?filter=${id}">${data.name}</a></td><td><code>${data.jql}</code></td></tr>`,
    )
  return { title: 'Filters', content: html`<h1>Filters</h1><table>${rows}</table>` }
}
