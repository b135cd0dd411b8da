import type { Subject } from '../sync/overlay-calls.ts'

/** A project key as Jira makes them, and an issue key with its number. */
const issueKey = /^[A-Z][A-Z0-9_]*-\d+$/
const projectKey = /^[A-Z][A-Z0-9_]*$/

/**
 * What a page of the site is about, from its address alone (its markup changes without notice):
 * /browse/KEY-1, …?selectedIssue=KEY-1 on boards and lists, /projects/KEY, /jira/<product>/(c/)projects/KEY.
 * null for all other pages.
 */
export function subjectOf(address: URL): Subject | null {
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
