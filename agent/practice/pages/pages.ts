import type { Context, Hono } from 'hono'
import { baseOf } from '../http.ts'
import type { Site } from '../site.ts'
import { sessionCookie } from '../who.ts'
import { type Html, html, page } from './html.ts'
import { issuePage } from './issue.ts'
import { groupsPage, peoplePage } from './people.ts'
import { boardPage, directoryPage, listPage, liveProjects } from './projects.ts'
import { filtersPage, searchPage } from './search.ts'

type Show = (c: Context) => { title: string; content: Html } | null

/** Mounts the few pages of the site. Whoever opens one is logged in as its administrator. */
export function mountPages(app: Hono, site: Site, session: string): void {
  const { store } = site
  const param = (c: Context, name: string) => c.req.param(name) ?? ''
  const board: Show = (c) => boardPage(site, param(c, 'key'), param(c, 'board'))
  const search = (c: Context) => ({
    jql: c.req.query('jql') ?? '',
    filter: c.req.query('filter') ?? '',
  })
  const pages: [string, Show][] = [
    ['/', () => directoryPage(store)],
    ['/jira/projects', () => directoryPage(store)],
    [
      '/browse/:key',
      (c) => issuePage(store, param(c, 'key')) ?? listPage(store, param(c, 'key'), 0),
    ],
    [
      '/jira/software/c/projects/:key/issues',
      (c) => listPage(store, param(c, 'key'), Number(c.req.query('after')) || 0),
    ],
    ['/jira/software/c/projects/:key/issues/:issue', (c) => issuePage(store, param(c, 'issue'))],
    ['/jira/software/c/projects/:key/boards/:board', board],
    ['/jira/software/projects/:key/boards/:board', board],
    ['/issues/', (c) => searchPage(site, search(c))],
    ['/issues', (c) => searchPage(site, search(c))],
    ['/jira/filters', () => filtersPage(site)],
    ['/jira/people', () => peoplePage(store)],
    ['/jira/people/search', () => peoplePage(store)],
    ['/admin/users', () => peoplePage(store)],
    ['/admin/groups', () => groupsPage(store)],
  ]
  for (const [path, show] of pages)
    app.get(path, (c) => {
      const projects = liveProjects(store).map(({ data }) => data)
      const shown = show(c)
      const missing = html`<h1>Work item does not exist or you do not have permission to see it.</h1>`
      const place = { title: shown?.title ?? 'Not found', projects }
      const secure = baseOf(c.req.raw).startsWith('https:') ? '; Secure' : ''
      return c.html(page(place, shown?.content ?? missing), shown ? 200 : 404, {
        'Set-Cookie': `${sessionCookie}=${session}; Path=/; HttpOnly; SameSite=Lax${secure}`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
    })
}
