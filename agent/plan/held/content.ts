import type { AttachmentRow, CommentRow, IssueRow, WorklogRow } from '../../../shared/issue-rows.ts'
import type { PlannedItem, Visibility } from '../../../shared/plan.ts'
import type { ProjectRow } from '../../../shared/rows.ts'
import { paragraph } from '../adf.ts'
import type { Context } from '../context.ts'
import { leftOut, moved, reason } from '../item.ts'
import { origin } from '../origin.ts'
import { heldPerson, ownNames } from './words.ts'

const placeOf = (context: Context, issue: IssueRow, sourceId: string, label: string) => ({
  sourceId,
  label,
  projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
  issueKey: issue.key,
  phase: 'content' as const,
})

const heldBy = (context: Context, row: { author: string | null; created: string | null }) => ({
  author: heldPerson(context, row.author),
  created: context.times.iso(row.created),
})

/** The source's own restriction, whatever the site has of it. */
function restriction(
  context: Context,
  row: { roleLevel: string | null; groupLevel: string | null },
): Visibility | null {
  if (row.roleLevel)
    return { type: 'role', value: ownNames(context).roles.get(row.roleLevel) ?? row.roleLevel }
  return row.groupLevel ? { type: 'group', value: row.groupLevel } : null
}

/** A comment as the source held it. */
export async function heldComment(
  context: Context,
  issue: IssueRow,
  row: CommentRow,
): Promise<PlannedItem[]> {
  const held = heldBy(context, row)
  const label = `Comment by ${held.author?.name ?? 'Anonymous'} on ${issue.key}`
  const of = { field: 'comment', projectId: issue.projectId } as const
  const [body] = await context.texts.convert(of, row.body, [], [])
  return [
    moved('comment', placeOf(context, issue, row.id, label), {
      issueKey: issue.key,
      body: body ?? { type: 'doc', version: 1, content: [paragraph()] },
      visibility: restriction(context, row),
      origin: origin(context, 'comment', row.id, {}),
      held,
    }),
  ]
}

/** Logged work as the source held it. */
export async function heldWorklog(
  context: Context,
  issue: IssueRow,
  row: WorklogRow,
): Promise<PlannedItem[]> {
  const held = heldBy(context, row)
  const label = `Work logged by ${held.author?.name ?? 'Anonymous'} on ${issue.key}`
  const place = placeOf(context, issue, row.id, label)
  const started = context.times.iso(row.started) ?? held.created
  if (!started)
    return [leftOut('worklog', place, reason('no-start', 'The worklog does not say when it was.'))]
  const of = { field: 'worklog', projectId: issue.projectId } as const
  const [comment] = await context.texts.convert(of, row.body, [], [])
  return [
    moved('worklog', place, {
      issueKey: issue.key,
      started,
      timeSpentSeconds: row.seconds ?? 0,
      comment: comment ?? null,
      visibility: restriction(context, row),
      origin: origin(context, 'worklog', row.id, {}),
      held,
    }),
  ]
}

/** The files of an issue: with their bytes where the folder has them, else by what the source says of them. */
export function* heldAttachments(
  context: Context,
  project: ProjectRow,
  keys: string[],
  issue: IssueRow,
  rows: readonly AttachmentRow[],
): Generator<PlannedItem> {
  const { findFile, scope } = context.options
  for (const row of rows) {
    const place = {
      ...placeOf(context, issue, row.id, `${row.filename} on ${issue.key}`),
      projectKey: project.key,
      phase: 'files' as const,
    }
    if (scope?.attachments === 'without') {
      yield leftOut('attachment', place, reason('not-in-scope', 'You chose to leave attachments.'))
      continue
    }
    const file = findFile?.({
      attachmentId: row.id,
      filename: row.filename,
      size: row.size,
      projectOriginalKey: project.originalKey,
      projectKeys: keys,
      number: issue.number,
      issueKey: issue.key,
    })
    yield moved('attachment', place, {
      issueKey: issue.key,
      filename: row.filename,
      // -1: the source does not say it.
      size: file?.size ?? row.size ?? -1,
      mimetype: row.mimetype,
      path: file?.path ?? '',
      held: heldBy(context, row),
    })
  }
}
