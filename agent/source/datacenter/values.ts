import { ownFieldTypes } from '../../../shared/custom-fields.ts'
import type { Fields, SourceField } from './fields.ts'
import type { People } from './people.ts'
import type { Rows } from './rows.ts'
import { day, idOf, list, record, text, wall } from './shapes.ts'

export interface ValueContext {
  rows: Rows
  people: People
  fields: Fields
  /** An epic is named by its key, which may belong to an issue that is still to come. */
  epicOf(issueId: string, epicKey: string): void
  /** Sprints that issues name. */
  sawSprint(id: string): void
}

/** One row of a value, in the columns that a backup has it in. */
interface Cell {
  parentKey?: string | null
  stringValue?: string | null
  numberValue?: string | null
  dateValue?: string | null
  textValue?: string | null
}

/** What Jira works out anew whenever it is asked; a backup has no rows of these. */
const computed =
  /:(devsummary|devsummarycf|gh-global-rank|timeinstatus|firstresponsedate|lastcommentdate|participants|numcomments|days-?last-?commented)$/

/** Types with a meaning of their own, by the whole key. */
const epicLink = 'com.pyxis.greenhopper.jira:gh-epic-link'
const sprint = 'com.pyxis.greenhopper.jira:gh-sprint'
const rank = 'com.pyxis.greenhopper.jira:gh-lexo-rank'
/** Longer texts stand in another column of Jira's own table. */
const lineLength = 255

/** A custom field's value of an issue as rows: options by id, people by key, versions and projects by id. */
export function addValue(
  context: ValueContext,
  issueId: string,
  field: SourceField,
  value: unknown,
): void {
  if (value === null || value === undefined || value === '' || computed.test(field.type)) return
  const { rows } = context
  if (field.type === epicLink) {
    const key = text(value)
    if (key !== null) context.epicOf(issueId, key)
    return
  }
  if (field.type === rank) {
    const place = text(value)
    if (place !== null) rows.add('rank', { issueId, fieldId: field.id, rank: place })
    return
  }
  if (field.type === `${ownFieldTypes}labels`) {
    for (const label of list(value).flatMap((one) => text(one) ?? []))
      rows.add('label', { issueId, label, fieldId: field.id })
    return
  }
  const cells = Array.isArray(value)
    ? value.flatMap((one) => cellsOf(context, field, one))
    : cellsOf(context, field, value)
  for (const [n, cell] of cells.entries())
    rows.add('fieldValue', {
      // Values have no id in any answer; field and place tell them apart, the same at each reading.
      id: `${issueId}/${field.id}/${String(n).padStart(4, '0')}`,
      issueId,
      fieldId: field.id,
      parentKey: cell.parentKey ?? null,
      stringValue: cell.stringValue ?? null,
      numberValue: cell.numberValue ?? null,
      dateValue: cell.dateValue ?? null,
      textValue: cell.textValue ?? null,
    })
}

type Converter = (context: ValueContext, field: SourceField, value: unknown) => Cell[]

const line: Converter = (_context, _field, value) => [{ stringValue: plain(value) }]
const long: Converter = (_context, _field, value) => [{ textValue: plain(value) }]
const number: Converter = (_context, _field, value) => [{ numberValue: plain(value) }]
const person: Converter = ({ people }, _field, value) => [
  { stringValue: people.ref(value) ?? text(value) },
]
const group: Converter = (_context, _field, value) => [
  { stringValue: text(record(value).name) ?? text(value) },
]
const byId: Converter = (_context, _field, value) => [{ numberValue: idOf(record(value).id) }]

const option: Converter = ({ fields }, field, value) => {
  const { id, value: words, child } = record(value)
  const own = idOf(id)
  // Before 5.0 an option was its text.
  if (own === null) return [{ stringValue: text(value) ?? text(words) }]
  fields.sawOption(field, own, text(words), null)
  const below = record(child)
  const belowId = idOf(below.id)
  if (belowId === null) return [{ stringValue: own }]
  fields.sawOption(field, belowId, text(below.value), own)
  return [{ stringValue: own }, { stringValue: belowId, parentKey: own }]
}

const converters: Readonly<Record<string, Converter>> = {
  cascadingselect: option,
  datepicker: (_context, _field, value) => [{ dateValue: day(value) }],
  datetime: (_context, _field, value) => [{ dateValue: wall(value) }],
  float: number,
  grouppicker: group,
  importid: number,
  multicheckboxes: option,
  multigrouppicker: group,
  multiselect: option,
  multiuserpicker: person,
  multiversion: byId,
  project: byId,
  radiobuttons: option,
  readonlyfield: line,
  select: option,
  textarea: long,
  textfield: line,
  url: line,
  userpicker: person,
  version: byId,
}

function cellsOf(context: ValueContext, field: SourceField, value: unknown): Cell[] {
  if (field.type === sprint) {
    const id = sprintId(value)
    if (id === null) return []
    context.sawSprint(id)
    return [{ stringValue: id }]
  }
  const own = field.type.startsWith(ownFieldTypes) ? field.type.slice(ownFieldTypes.length) : ''
  const convert = Object.hasOwn(converters, own) ? converters[own] : undefined
  if (convert) return convert(context, field, value)
  // An app's field: kept as it reads, so that it is counted and can be looked up.
  const said = plain(value)
  return [said !== null && said.length <= lineLength ? { stringValue: said } : { textValue: said }]
}

/**
 * Up to Jira 8 a sprint is what Java prints of it: …Sprint@1f[id=12,rapidViewId=3,state=ACTIVE,name=a, b],…].
 * Names hold commas and brackets, so only the id, which stands first, is taken.
 */
function sprintId(value: unknown): string | null {
  const said = text(value)
  if (said === null) return idOf(record(value).id)
  return /[[,]id=(\d+)[,\]]/.exec(said)?.[1] ?? null
}

function plain(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const { name, value: words } = record(value)
  return text(words) ?? text(name) ?? JSON.stringify(value) ?? null
}
