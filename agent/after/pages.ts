import type { AfterContext } from './check.ts'

/** Pages that only a real site has. */
const ofRealSites = /^\/(?:plugins\/|secure\/admin\/|jira\/people\/)/

/** Whether this is a practice site, which has the pages of issues, projects, boards and searches only. */
export const isPractice = (siteUrl: string): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(siteUrl).hostname)

/** The address of a place on a site; null where the site has no page for it. Only addresses of the web are links. */
export function addressOf(siteUrl: string, path: string | null): string | null {
  if (path === null) return null
  if (/^https?:\/\//i.test(path)) return path
  if (isPractice(siteUrl) && ofRealSites.test(path)) return null
  return `${siteUrl.replace(/\/+$/, '')}${path}`
}

/** Where a site's groups and invitations are administered; a practice site has no such page. */
export const adminPage = ({ siteUrl }: Pick<AfterContext, 'siteUrl'>): string | null =>
  isPractice(siteUrl) ? null : 'https://admin.atlassian.com'

export const personPage = (accountId: string): string =>
  `/jira/people/${encodeURIComponent(accountId)}`
export const filterPage = (id: string): string => `/issues/?filter=${encodeURIComponent(id)}`

export const dashboardPage = (id: string): string => `/jira/dashboards/${encodeURIComponent(id)}`

/** A board opens under the project that it belongs to; one of a person only under /jira/boards. */
export function boardPage(board: { id: string; projectKey: string | null }): string {
  return board.projectKey === null
    ? `/jira/boards/${encodeURIComponent(board.id)}`
    : `/jira/software/c/projects/${board.projectKey}/boards/${encodeURIComponent(board.id)}`
}
