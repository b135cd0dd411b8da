import type { FieldPart, FieldType } from '../../shared/custom-fields.ts'
import type { FieldValueRow, IssueRow } from '../../shared/issue-rows.ts'
import type { AdfDoc, Reason } from '../../shared/plan.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import type { FieldPlan } from './fields.ts'
import { reason } from './item.ts'
import { cut, fold } from './names.ts'

/** A row that is to become a value of a field. */
export interface ValueRow {
  context: Context
  issue: IssueRow
  field: Extract<FieldPlan, { leftOut: null }>
  row: FieldValueRow
  losses: Reason[]
  /** What a text is too long to hold, for notes. */
  rest: AdfDoc[]
}
/** What a row becomes, or why it becomes nothing. */
export type Converted = FieldPart | Reason
type Converter = (value: ValueRow) => Converted | Promise<Converted>

const part = (value: FieldPart['value'], parent: string | null = null): FieldPart => ({
  value,
  parent,
})
const gone = (what: string) => reason('dangling', `The source no longer has ${what}.`)

const textIn = ({ row }: ValueRow) => row.stringValue ?? row.textValue ?? ''
/** "10100.0" → "10100": ids stand in the column of numbers. */
function idIn({ row }: ValueRow): string {
  const number = Number(row.numberValue ?? row.stringValue ?? '')
  return Number.isFinite(number) ? String(number) : ''
}

// Jira's own limit for a line of text and for a label.
const lineLimit = 255

const line: Converter = (value) => {
  const whole = cleanText(textIn(value))
  const flat = whole.replace(/\s*\n\s*/g, ' ').trim()
  if (flat.length <= lineLimit) return part(flat)
  value.losses.push(
    reason('text-cut', `The site takes ${lineLimit} letters in such a field: the rest is dropped.`),
  )
  return part(cut(flat, lineLimit))
}

const text: Converter = async ({ context, issue, field, row, losses, rest }) => {
  const [first, ...others] = await context.texts.convert(
    { field: `customfield_${field.row.id}`, name: field.row.name, projectId: issue.projectId },
    row.textValue ?? row.stringValue,
    [],
    losses,
  )
  rest.push(...others)
  return first ? part(first) : reason('empty-value', 'The source has no text in it.')
}

const number: Converter = ({ row }) => {
  const given = row.numberValue ?? row.stringValue ?? ''
  const found = Number(given)
  return given.trim() !== '' && Number.isFinite(found)
    ? part(found)
    : reason('no-number', `"${cut(given, 100)}" is no number.`)
}

const option: Converter = (value) => {
  const { options } = value.field
  const given = textIn(value)
  const found = options.byId.get(given) ?? options.byText.get(fold(given))
  return found ? part(found.value, found.parent) : gone(`the option ${cut(given, 100)}`)
}

const person: Converter = (value) => {
  const found = value.context.people.of(textIn(value))
  if (found?.accountId) return part(found.accountId)
  return reason('no-account', `${found?.displayName ?? 'Nobody'} has no account on the site.`)
}

const group: Converter = (value) => {
  const { groups, site } = value.context
  const name = textIn(value)
  const planned = groups.get(fold(name))
  if (planned && (planned.existing || planned.leftOut === null)) return part(planned.name)
  const there = site.groups.find((one) => fold(one) === fold(name))
  return there ? part(there) : reason('group-missing', `The site has no group "${name}".`)
}

const version: Converter = (value) => {
  const id = idIn(value)
  const found = value.context.parts.versions.get(id)
  if (!found) return gone(`the version ${id}`)
  if (found.projectId === value.issue.projectId) return part(found.name)
  return reason('other-project', `The version "${found.name}" belongs to another project.`)
}

const project: Converter = (value) => {
  const id = idIn(value)
  const found = value.context.projects.get(id)
  if (!found) return gone(`the project ${id}`)
  if (!found.leftOut) return part(found.row.key)
  return reason('other-end-stays', `Project ${found.row.key} is not moved, so it cannot be chosen.`)
}

const day: Converter = ({ context, row }) => {
  const found = context.times.day(row.dateValue)
  return found ? part(found) : reason('no-date', `"${row.dateValue ?? ''}" is no date.`)
}

const time: Converter = ({ context, row }) => {
  const found = context.times.iso(row.dateValue)
  return found ? part(found) : reason('no-date', `"${row.dateValue ?? ''}" is no time.`)
}

/** The protocols that Jira knows in an address. */
const protocols = /^(https?|ftp|file|mailto):/i

const address: Converter = (value) => {
  const given = textIn(value).trim()
  if (URL.canParse(given) && protocols.test(given) && given.length <= lineLimit) return part(given)
  return reason('no-address', `"${cut(given, 300)}" is no address that the site takes.`)
}

const label: Converter = (value) => {
  const given = textIn(value)
  const clean = cut(cleanText(given).trim().replace(/\s+/g, '_'), lineLimit)
  if (clean !== given)
    value.losses.push(reason('label-changed', `Labels have no spaces on the site: ${given}.`))
  return part(clean)
}

const converters: Record<FieldType, Converter> = {
  cascadingselect: option,
  datepicker: day,
  datetime: time,
  float: number,
  grouppicker: group,
  importid: number,
  labels: label,
  multicheckboxes: option,
  multigrouppicker: group,
  multiselect: option,
  multiuserpicker: person,
  multiversion: version,
  project,
  radiobuttons: option,
  readonlyfield: line,
  select: option,
  textarea: text,
  textfield: line,
  url: address,
  userpicker: person,
  version,
}

/** What the site is to have for a row, or the reason why it gets nothing. */
export async function convertValue(value: ValueRow): Promise<Converted> {
  const { row, field } = value
  const given = [row.stringValue, row.numberValue, row.dateValue, row.textValue]
  if (given.every((one) => one === null || one.trim() === ''))
    return reason('empty-value', 'The source has no value in it.')
  return converters[field.promise.type](value)
}
