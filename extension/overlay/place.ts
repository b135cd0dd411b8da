import type { Subject } from '../sync/overlay-calls.ts'

/** A project key as Jira makes them, and an issue key with its number. */
const issueKey = /^[A-Z][A-Z0-9_]*-\d+$/
const projectKey = /^[A-Z][A-Z0-9_]*$/

/** Boards and filters have numbers. */
const number = /^\d{1,15}$/

/** Pages on which users and groups are administered, on the site itself (the organisation has pages elsewhere). */
const peoplePages =
  /^\/(?:(?:jira\/)?people(?:\/search)?\/?$|admin\/(?:users|groups)|secure\/admin\/(?:user\/|(?:User|Group)Browser))/

/**
 * What a page of the site is about, from its address alone (its markup changes without notice):
 * /browse/KEY-1, …?selectedIssue=KEY-1 on boards and lists, /projects/KEY, /jira/<product>/(c/)projects/KEY
 * with /boards/1 below it, /issues/?filter=1 and ?jql=…, pages of users and groups. null for all other pages.
 */
export function subjectOf(address: URL): Subject | null {
  const issueOrProject = issueOrProjectOf(address)
  if (issueOrProject?.kind === 'issue') return issueOrProject
  if (peoplePages.test(address.pathname)) return { kind: 'people' }
  const project = issueOrProject?.project ?? null
  const board = boardOf(address)
  if (board !== null) return { kind: 'board', board, project }
  return searchOf(address) ?? issueOrProject
}

function boardOf({ pathname, searchParams }: URL): string | null {
  const [, id] = /\/boards\/(\d{1,15})(?:\/|$)/.exec(pathname) ?? []
  if (id !== undefined) return id
  const view = pathname.endsWith('/RapidBoard.jspa') ? searchParams.get('rapidView') : null
  return view !== null && number.test(view) ? view : null
}

/** A search, or a filter as it was saved: what was changed in it since stands in the address as JQL. */
function searchOf({ pathname, searchParams }: URL): Subject | null {
  if (!/(?:^|\/)issues\/?$/.test(pathname)) return null
  const jql = searchParams.get('jql')?.trim() ?? ''
  if (jql !== '') return { kind: 'jql', jql: jql.slice(0, longestJql) }
  const filter = searchParams.get('filter')
  return filter !== null && number.test(filter) ? { kind: 'filter', filter } : null
}
/** The agent reads no longer ones (shared/api-pages.ts). */
const longestJql = 50_000

function issueOrProjectOf(address: URL): Extract<Subject, { kind: 'issue' | 'project' }> | null {
  const selected = address.searchParams.get('selectedIssue')
  if (selected !== null && issueKey.test(selected)) return { kind: 'issue', issue: selected }
  const parts = address.pathname.split('/').filter((part) => part !== '')
  const browsed = parts[0] === 'browse' ? parts[1] : undefined
  if (browsed !== undefined && issueKey.test(browsed)) return { kind: 'issue', issue: browsed }
  if (browsed !== undefined && projectKey.test(browsed))
    return { kind: 'project', project: browsed }
  const shown = parts.indexOf('projects')
  const key = shown >= 0 && (shown === 0 || parts[0] === 'jira') ? parts[shown + 1] : undefined
  // /projects/KEY/issues/KEY-1 is the issue navigator of a project with one issue open.
  const open = parts[shown + 2] === 'issues' ? parts[shown + 3] : undefined
  if (open !== undefined && issueKey.test(open)) return { kind: 'issue', issue: open }
  return key !== undefined && projectKey.test(key) ? { kind: 'project', project: key } : null
}
