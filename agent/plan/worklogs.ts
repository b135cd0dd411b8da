import type { IssueRow, WorklogRow } from '../../shared/issue-rows.ts'
import type { PlannedItem, Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'
import { noteFor } from './notes.ts'
import { authorLosses, authorship, byLine, origin } from './origin.ts'
import { visibilityOf } from './visibility.ts'

/** Logged work, whose start and seconds the site takes; its author stands in the first line of its text. */
export async function planWorklog(
  context: Context,
  issue: IssueRow,
  row: WorklogRow,
): Promise<PlannedItem[]> {
  const { people, times } = context
  const losses: Reason[] = []
  const author = people.of(row.author)
  const place = {
    sourceId: row.id,
    label: `Work logged by ${author?.displayName ?? 'Anonymous'} on ${issue.key}`,
    projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
    issueKey: issue.key,
    phase: 'content' as const,
  }
  const started = times.iso(row.started) ?? times.iso(row.created)
  const seconds = row.seconds ?? 0
  if (seconds <= 0)
    return [leftOut('worklog', place, reason('no-time-spent', 'The worklog has no time spent.'))]
  if (!started)
    return [leftOut('worklog', place, reason('no-start', 'The worklog does not say when it was.'))]
  if (!times.iso(row.started))
    losses.push(reason('start-missing', 'It had no start: the time it was written stands for it.'))
  // Jira counts work in minutes; less than one is refused.
  if (seconds < 60)
    losses.push(
      reason('under-a-minute', `The site takes no less than a minute, it was ${seconds} s.`),
    )
  const seen = visibilityOf(context, row, losses)
  if ('leftOut' in seen) return [leftOut('worklog', place, seen.leftOut)]
  const [first, ...rest] = await context.texts.convert(
    { field: 'worklog', projectId: issue.projectId },
    row.body,
    [byLine(context, row)],
    losses,
  )
  losses.push(...authorLosses(context, row))
  const promise = {
    issueKey: issue.key,
    started,
    timeSpentSeconds: Math.max(seconds, 60),
    comment: first ?? null,
    visibility: seen.visibility,
    origin: origin(context, 'worklog', row.id, authorship(context, row)),
  }
  const notes = rest.map((body, i) =>
    noteFor(context, issue, `worklog/${row.id}/${i + 1}`, body, seen),
  )
  return [moved('worklog', place, promise, losses), ...notes]
}
