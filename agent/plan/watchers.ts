import type { IssueRow, WatcherRow } from '../../shared/issue-rows.ts'
import type { PlannedItem } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'

export function planWatcher(context: Context, issue: IssueRow, row: WatcherRow): PlannedItem {
  const person = context.people.of(row.user)
  const name = person?.displayName ?? row.user
  const place = {
    sourceId: `${row.issueId}/${row.user}`,
    label: `${name} watches ${issue.key}`,
    projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
    issueKey: issue.key,
    phase: 'content' as const,
  }
  if (!person?.accountId)
    return leftOut('watcher', place, reason('no-account', `${name} has no account on the site.`))
  return moved('watcher', place, { issueKey: issue.key, accountId: person.accountId })
}
