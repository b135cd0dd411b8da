import { must } from '../../shared/assert.ts'
import { type FieldPart, type FieldType, manyValued } from '../../shared/custom-fields.ts'
import { siteTime } from './writing-content.ts'

type Form = (value: FieldPart['value']) => unknown
const asItIs: Form = (value) => value
const option: Form = (value) => ({ value })
const named: Form = (name) => ({ name })
const account: Form = (accountId) => ({ accountId })

/** The form in which the site takes one value of each type (Atlassian's examples of editing issues). */
const forms: Record<Exclude<FieldType, 'cascadingselect'>, Form> = {
  datepicker: asItIs,
  datetime: (value) => siteTime(String(value)),
  float: asItIs,
  grouppicker: named,
  importid: asItIs,
  labels: asItIs,
  multicheckboxes: option,
  multigrouppicker: named,
  multiselect: option,
  multiuserpicker: account,
  multiversion: named,
  project: (key) => ({ key }),
  radiobuttons: option,
  readonlyfield: asItIs,
  select: option,
  textarea: asItIs,
  textfield: asItIs,
  url: asItIs,
  userpicker: account,
  version: named,
}

/** All values of a field in an issue as the one value that a request carries. */
export function requestValue(type: FieldType, parts: readonly FieldPart[]): unknown {
  if (type === 'cascadingselect') {
    const child = parts.find((part) => part.parent !== null)
    const parent = child?.parent ?? parts[0]?.value
    return { value: parent, ...(child ? { child: { value: child.value } } : {}) }
  }
  const form = forms[type]
  if (manyValued.has(type)) return parts.map((part) => form(part.value))
  return form(must(parts[0], 'A field is set to something.').value)
}
