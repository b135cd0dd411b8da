import { type FieldPart, type FieldType, manyValued } from '../../shared/custom-fields.ts'
import type { FieldValueRow, IssueRow, LabelRow } from '../../shared/issue-rows.ts'
import type { Kind, PlannedItem, Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { convertValue, type ValueRow } from './field-values.ts'
import { leftOut, moved, reason } from './item.ts'
import { noteFor } from './notes.ts'
import { isSprintField } from './sprints.ts'
import { rowId } from './stay-behind.ts'

/**
 * The values of an issue's custom fields, one item for each row of the source, and notes for what a text
 * is too long to hold. Labels of a custom field are such values too, though the source keeps them apart.
 */
export async function planValues(
  context: Context,
  issue: IssueRow,
  values: readonly FieldValueRow[],
  labels: readonly LabelRow[],
  once: (kind: Kind, id: string) => string,
): Promise<PlannedItem[]> {
  // Which sprints it is in is planned with the boards.
  const own = values.filter((row) => !isSprintField(context, row.fieldId))
  const rows = [...own, ...labels.filter((row) => row.fieldId !== null).map(asValue)]
  // Before anything waits, so that the same source gives the same ids.
  const sourceIds = new Map(rows.map((row) => [row, once('fieldValue', row.id)]))
  const items: PlannedItem[] = []
  for (const own of Map.groupBy(rows, (row) => row.fieldId).values()) {
    const kept: FieldPart[] = []
    for (const row of parentsFirst(own))
      items.push(...(await planValue(context, issue, row, sourceIds.get(row) ?? row.id, kept)))
  }
  // All values of an issue follow each other: so they go out in one request.
  return items.toSorted((a, b) => Number(a.kind === 'note') - Number(b.kind === 'note'))
}

/** A choice of the second level needs the one of the first, wherever that stands. */
const parentsFirst = (rows: FieldValueRow[]) =>
  rows.toSorted((a, b) => Number(a.parentKey !== null) - Number(b.parentKey !== null))

/** kept: what the field has in this issue so far; what is moved joins it. */
async function planValue(
  context: Context,
  issue: IssueRow,
  row: FieldValueRow,
  sourceId: string,
  kept: FieldPart[],
): Promise<PlannedItem[]> {
  const field = context.fields.get(row.fieldId)
  const place = {
    sourceId,
    label: `${field?.row.name ?? `Field ${row.fieldId}`} of ${issue.key}`,
    projectKey: context.projects.get(issue.projectId)?.row.key ?? null,
    issueKey: issue.key,
    phase: 'content' as const,
  }
  const out = (why: Reason) => [leftOut('fieldValue', place, why)]
  if (!field) return out(reason('dangling', 'Its custom field is not in the source.'))
  if (field.leftOut) return out(field.leftOut)
  const value: ValueRow = { context, issue, field, row, losses: [], rest: [] }
  const found = await convertValue(value)
  if ('code' in found) return out(found)
  const type = field.promise.type
  const why = clash(type, found, kept)
  if (why) return out(why)
  kept.push(found)
  const promise = { issueKey: issue.key, field: row.fieldId, type, ...found }
  return [
    moved('fieldValue', place, promise, value.losses),
    ...value.rest.map((body, i) =>
      noteFor(context, issue, `fieldValue/${sourceId}/${i + 1}`, body),
    ),
  ]
}

/** Why a value has no place beside those that the field has already. */
function clash(type: FieldType, part: FieldPart, kept: readonly FieldPart[]): Reason | null {
  if (manyValued.has(type))
    return kept.some((other) => other.value === part.value)
      ? reason('twice', 'The field has this value already, and the site takes it once.')
      : null
  if (type !== 'cascadingselect')
    return kept.length > 0
      ? reason('second-value', 'The field holds one value, and the source has more of them.')
      : null
  if (part.parent === null)
    return kept.length > 0
      ? reason('second-value', 'The field holds one choice, and the source has more of them.')
      : null
  if (kept.some((other) => other.parent !== null))
    return reason('second-value', 'The field holds one choice, and the source has more of them.')
  return kept.some((other) => other.value === part.parent)
    ? null
    : reason('dangling', 'The choice that it stands under is not the one of the issue.')
}

const asValue = (row: LabelRow): FieldValueRow => ({
  id: rowId(row),
  issueId: row.issueId,
  fieldId: row.fieldId ?? '',
  parentKey: null,
  stringValue: row.label,
  numberValue: null,
  dateValue: null,
  textValue: null,
})
