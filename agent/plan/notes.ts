import type { IssueRow } from '../../shared/issue-rows.ts'
import type { AdfDoc, Phase, PlannedItem, Visibility } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { moved } from './item.ts'
import { origin } from './origin.ts'

/** A comment of Landfall's own on an issue. what: unique among the notes of the issue. */
export function noteFor(
  context: Context,
  issue: IssueRow,
  what: string,
  body: AdfDoc,
  options: { phase?: Phase; visibility?: Visibility | null } = {},
): PlannedItem {
  const sourceId = `${issue.id}/${what}`
  return moved(
    'note',
    {
      sourceId,
      label: `Note on ${issue.key}`,
      projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
      issueKey: issue.key,
      phase: options.phase ?? 'content',
    },
    {
      issueKey: issue.key,
      body,
      ...(options.visibility && { visibility: options.visibility }),
      origin: origin(context, 'note', sourceId, {}),
    },
  )
}
