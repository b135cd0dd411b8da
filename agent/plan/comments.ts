import type { CommentRow, IssueRow } from '../../shared/issue-rows.ts'
import type { PlannedItem, Reason } from '../../shared/plan.ts'
import { paragraph } from './adf.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'
import { noteFor } from './notes.ts'
import { authorLosses, authorship, byLine, origin } from './origin.ts'
import { visibilityOf } from './visibility.ts'

/** A comment with who wrote it and when in its first line, and notes for what it is too long to hold. */
export async function planComment(
  context: Context,
  issue: IssueRow,
  row: CommentRow,
): Promise<PlannedItem[]> {
  const { people } = context
  const losses: Reason[] = []
  const author = people.of(row.author)
  const place = {
    sourceId: row.id,
    label: `Comment by ${author?.displayName ?? 'Anonymous'} on ${issue.key}`,
    projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
    issueKey: issue.key,
    phase: 'content' as const,
  }
  const seen = visibilityOf(context, row, losses)
  if ('leftOut' in seen) return [leftOut('comment', place, seen.leftOut)]
  const [first, ...rest] = await context.texts.convert(
    { field: 'comment', projectId: issue.projectId },
    row.body,
    [byLine(context, row)],
    losses,
  )
  losses.push(...authorLosses(context, row))
  if (!row.body?.trim()) losses.push(reason('empty-text', 'The comment has no text of its own.'))
  const promise = {
    issueKey: issue.key,
    body: first ?? { type: 'doc' as const, version: 1 as const, content: [paragraph()] },
    visibility: seen.visibility,
    origin: origin(context, 'comment', row.id, authorship(context, row)),
  }
  const notes = rest.map((body, i) =>
    noteFor(context, issue, `comment/${row.id}/${i + 1}`, body, seen),
  )
  return [moved('comment', place, promise, losses), ...notes]
}
