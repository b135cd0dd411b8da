import type { AfterContext } from './check.ts'

/** Where a site's groups and invitations are administered; a practice site has no such page. */
export function adminPage({ siteUrl }: Pick<AfterContext, 'siteUrl'>): string | null {
  const host = new URL(siteUrl).hostname
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(host) ? null : 'https://admin.atlassian.com'
}

export const personPage = (accountId: string): string =>
  `/jira/people/${encodeURIComponent(accountId)}`
export const filterPage = (id: string): string => `/issues/?filter=${encodeURIComponent(id)}`

/** A board opens under the project that it belongs to; one of a person only under /jira/boards. */
export function boardPage(board: { id: string; projectKey: string | null }): string {
  return board.projectKey === null
    ? `/jira/boards/${encodeURIComponent(board.id)}`
    : `/jira/software/c/projects/${board.projectKey}/boards/${encodeURIComponent(board.id)}`
}
