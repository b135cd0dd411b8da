import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { IssueRow, RemoteLinkRow } from '../../shared/record.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'
import { cut } from './names.ts'

// Jira's columns for both.
const limit = 255

export function planRemoteLink(context: Context, issue: IssueRow, row: RemoteLinkRow): PlannedItem {
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
  const own = row.globalId?.trim()
  if (own && own.length > limit)
    losses.push(reason('id-replaced', `Its global id is longer than the ${limit} the site takes.`))
  return moved(
    'remoteLink',
    place,
    {
      issueKey: issue.key,
      // The site needs one to know the link again when it is sent a second time.
      globalId: own && own.length <= limit ? own : `landfall=${context.info.sourceId}&id=${row.id}`,
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
