import type { FieldValueRow } from '../../shared/issue-rows.ts'
import type { PlannedItem, Promises, Reason } from '../../shared/plan.ts'
import type { SprintRow } from '../../shared/rows.ts'
import type { Boards } from './boards.ts'
import type { Context } from './context.ts'
import { boardsLane } from './filters.ts'
import { leftOut, moved, type Place, reason } from './item.ts'
import { cutName } from './names.ts'

/** The type of the field in whose values the source says which sprints an issue is in. */
export const sprintField = 'com.pyxis.greenhopper.jira:gh-sprint'

export const isSprintField = ({ fields }: Context, fieldId: string): boolean =>
  fields.get(fieldId)?.row.type === sprintField

const when = (row: SprintRow) => row.complete ?? row.end ?? row.start ?? Number.MAX_SAFE_INTEGER
const order = { closed: 0, active: 1, future: 2 }

/**
 * Sprints in the order in which they ran, each with its issues: a closed one is made, started, filled and
 * closed before the next begins, since an issue is in one open sprint at a time and closed ones take none.
 */
export function* planSprints(context: Context, boards: Boards): Generator<PlannedItem> {
  const rows = [...context.snapshot.rows('sprint')].toSorted(
    (a, b) => order[a.state] - order[b.state] || when(a) - when(b),
  )
  const values = readValues(context)
  const inOpen = new Set<string>()
  const parallel = new Set<string>()
  for (const row of rows) {
    const place = placeOf(row.id, row.name)
    const losses: Reason[] = []
    const promise = promiseOf(row, boards, losses)
    if ('code' in promise) {
      yield leftOut('sprint', place, promise)
      yield* issuesOf(context, row, values, inOpen, promise)
      continue
    }
    if (row.state === 'active' && parallel.has(promise.board))
      losses.push(
        reason(
          'parallel-sprints',
          'Its board has another active sprint: the site has to allow parallel sprints.',
        ),
      )
    if (row.state === 'active') parallel.add(promise.board)
    yield moved('sprint', place, promise, losses)
    yield* issuesOf(context, row, values, inOpen, null)
    if (row.state === 'closed') yield moved('sprintClose', place, { sprint: row.id })
  }
  for (const row of values.values()) yield* lost(context, row)
}

const placeOf = (sourceId: string, label: string): Place => ({
  sourceId,
  label,
  phase: 'content',
  lane: boardsLane,
})

function promiseOf(row: SprintRow, boards: Boards, losses: Reason[]): Promises['sprint'] | Reason {
  const board = boards.get(row.boardId ?? '')
  if (!board) return reason('dangling', 'Its board is not in the source.')
  if (board.leftOut) return reason('board-stays', `Its board stays: ${board.leftOut.text}`)
  if (board.row.kind !== 'scrum')
    return reason('board-without-sprints', 'Its board has no sprints any more.')
  const start = row.start ?? row.end ?? row.complete
  const end = row.end ?? row.complete ?? row.start
  if (row.state !== 'future' && (start === null || end === null))
    return reason('sprint-without-dates', 'It has no dates, without which the site starts none.')
  if (row.state === 'closed')
    losses.push(
      reason('sprint-completed', 'The site says that it was completed when the migration ran.'),
    )
  return {
    // 30 characters is Jira's limit for a sprint's name.
    name: cutName('sprint', row.name, 30, losses),
    goal: row.goal?.trim() ?? '',
    board: board.row.id,
    state: row.state,
    start: row.state === 'future' ? row.start : start,
    end: row.state === 'future' ? row.end : end,
  }
}

/** Whether a sprint of the source is made on the site. */
export const sprintMoves = (row: SprintRow, boards: Boards): boolean =>
  !('code' in promiseOf(row, boards, []))

/** A value of the sprint field, as short as a million of them have to be kept. */
type Values = Map<string, string[]>

/** The values of the sprint fields of issues that move, by sprint: "row field issue". */
function readValues(context: Context): Values {
  const values: Values = new Map()
  const fields = [...context.fields.values()].filter(({ row }) => row.type === sprintField)
  if (fields.length === 0) return values
  for (const row of context.snapshot.rows('fieldValue')) {
    if (!isSprintField(context, row.fieldId) || !issueOf(context, row.issueId)) continue
    const sprint = sprintOf(row)
    const own = values.get(sprint)
    const short = `${row.id} ${row.fieldId} ${row.issueId}`
    if (own) own.push(short)
    else values.set(sprint, [short])
  }
  return values
}

const sprintOf = (row: FieldValueRow) =>
  (row.stringValue ?? row.numberValue ?? '').replace(/\.0+$/, '')

/** Issues of projects that stay are told of where the others of theirs are. */
function issueOf({ snapshot, projects }: Context, id: string) {
  const issue = snapshot.issue(id)
  const moves = issue && issue.number >= 1 && projects.get(issue.projectId)?.leftOut === null
  return moves && snapshot.issues(issue.projectId, issue.number - 1, 1)[0]?.id === id ? issue : null
}

function* issuesOf(
  context: Context,
  sprint: SprintRow,
  values: Values,
  inOpen: Set<string>,
  why: Reason | null,
): Generator<PlannedItem> {
  const own = values.get(sprint.id) ?? []
  values.delete(sprint.id)
  const here = new Set<string>()
  for (const short of own) {
    const [id = '', field = '', issueId = ''] = short.split(' ')
    const issue = issueOf(context, issueId)
    if (!issue) continue
    const place = {
      ...placeOf(id, `${issue.key} in ${sprint.name}`),
      projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
      issueKey: issue.key,
    }
    const out = why ?? whyNotIn(context, issue.type, issueId, sprint, here, inOpen)
    here.add(issueId)
    if (sprint.state !== 'closed' && !out) inOpen.add(issueId)
    yield out
      ? leftOut('fieldValue', place, out)
      : moved('fieldValue', place, {
          issueKey: issue.key,
          field,
          type: 'textfield',
          value: sprint.name,
          parent: null,
          sprint: sprint.id,
        })
  }
}

function whyNotIn(
  { catalog }: Context,
  type: string | null,
  issueId: string,
  sprint: SprintRow,
  here: ReadonlySet<string>,
  inOpen: ReadonlySet<string>,
): Reason | null {
  if (here.has(issueId)) return reason('twice', 'The source says this twice.')
  if (catalog.types.get(type ?? '')?.subtask)
    return reason('sprint-of-subtask', 'A sub-task is in the sprint of its parent.')
  if (sprint.state === 'closed' || !inOpen.has(issueId)) return null
  return reason('second-open-sprint', 'It is in another open sprint, and the site knows only one.')
}

/** Values that name a sprint which the source does not have. */
function* lost(context: Context, shorts: readonly string[]): Generator<PlannedItem> {
  for (const short of shorts) {
    const [id = '', , issueId = ''] = short.split(' ')
    const issue = context.snapshot.issue(issueId)
    const place = {
      ...placeOf(id, `Sprint of ${issue?.key ?? issueId}`),
      projectKey: context.projects.get(issue?.projectId ?? '')?.row.key ?? null,
      issueKey: issue?.key ?? null,
    }
    yield leftOut('fieldValue', place, reason('dangling', 'Its sprint is not in the source.'))
  }
}
