import type { IssueRow, RemoteLinkRow } from '../../shared/issue-rows.ts'
import type { PlannedItem, Reason } from '../../shared/plan.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'
import { cut } from './names.ts'

// Jira's columns for both.
const limit = 255

/** taken: the issues and global ids before this one, since the site keeps one link of an id on an issue. */
export function planRemoteLink(
  context: Context,
  issue: IssueRow,
  row: RemoteLinkRow,
  taken: Set<string>,
): PlannedItem {
  const url = row.url?.trim() ?? ''
  const place = {
    sourceId: row.id,
    label: `Link to ${row.title?.trim() || url || 'nowhere'} on ${issue.key}`,
    projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
    issueKey: issue.key,
    phase: 'content' as const,
  }
  if (!URL.canParse(url))
    return leftOut('remoteLink', place, reason('no-address', `"${url}" is no address to link to.`))
  const losses: Reason[] = []
  const title = cleanText(row.title ?? '').trim() || url
  if (title.length > limit)
    losses.push(reason('title-cut', `The site takes ${limit} characters for a title.`))
  const own = row.globalId?.trim() ?? ''
  const twice = taken.has(`${issue.id}/${own}`)
  const kept = own !== '' && own.length <= limit && !twice
  if (kept) taken.add(`${issue.id}/${own}`)
  else if (own !== '')
    losses.push(
      reason(
        'id-replaced',
        twice
          ? 'The issue has another link of this global id: this one gets its own.'
          : `Its global id is longer than the ${limit} characters that the site takes.`,
      ),
    )
  return moved(
    'remoteLink',
    place,
    {
      issueKey: issue.key,
      // The site needs one to know the link again when it is sent a second time.
      globalId: kept ? own : `landfall=${context.info.sourceId}&id=${row.id}`,
      title: cut(title, limit),
      url,
      summary: row.summary,
      relationship: row.relationship,
      applicationType: row.applicationType,
      applicationName: row.applicationName,
    },
    losses,
  )
}
