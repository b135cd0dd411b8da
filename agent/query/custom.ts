import { ownFieldTypes } from '../../shared/custom-fields.ts'
import { fold } from '../plan/names.ts'
import { cannotTell, refused } from './cannot-tell.ts'
import type { Field, FieldKind } from './field.ts'
import { moment, systemFields } from './field.ts'
import type { Source } from './source.ts'
import { customText, type Texts } from './text.ts'

/** A custom field: compared by its values, or searched by words. */
export type Custom = { field: Field } | { texts: Texts }

const id = (from: string) => `CAST(coalesce(numberValue, NULLIF(${from}, '')) AS INTEGER)`
const text = `coalesce(NULLIF(stringValue, ''), NULLIF(textValue, ''))`

/** How the values of each type of Jira's own stand in the snapshot. */
const kinds: Readonly<Record<string, [kind: FieldKind, value: string]>> = {
  select: ['option', text],
  radiobuttons: ['option', text],
  multiselect: ['option', text],
  multicheckboxes: ['option', text],
  cascadingselect: ['option', text],
  float: ['number', 'CAST(coalesce(numberValue, stringValue) AS REAL)'],
  importid: ['number', 'CAST(coalesce(numberValue, stringValue) AS REAL)'],
  datepicker: ['day', moment('dateValue', 10)],
  datetime: ['date', moment('dateValue', 19)],
  userpicker: ['person', text],
  multiuserpicker: ['person', text],
  grouppicker: ['group', text],
  multigrouppicker: ['group', text],
  version: ['version', id('stringValue')],
  multiversion: ['version', id('stringValue')],
  project: ['project', id('stringValue')],
  url: ['word', `fold(${text})`],
}
const texts = new Set(['textfield', 'textarea', 'readonlyfield'])

/** The custom field that JQL calls so: by its name, or as cf[10001]. */
export function customField(source: Source, name: string): Custom {
  const number = /^cf\[(\d+)\]$/.exec(fold(name))?.[1]
  const rows =
    number === undefined
      ? source.all('SELECT id, type FROM customField WHERE fold(name) = ?', fold(name))
      : source.all('SELECT id, type FROM customField WHERE id = ?', Number(number))
  const [row] = rows
  if (!row) return refused(`field "${name}"`)
  if (rows.length > 1) cannotTell(`The source has two fields named "${name}".`)
  const fieldId = Number(row.id)
  const type = String(row.type)
  const own = type.startsWith(ownFieldTypes) ? type.slice(ownFieldTypes.length) : ''
  if (type === 'com.pyxis.greenhopper.jira:gh-sprint' && systemFields.sprint)
    return { field: systemFields.sprint }
  const from = `fieldValue WHERE fieldId = ${fieldId}`
  if (texts.has(own) || type === 'com.pyxis.greenhopper.jira:gh-epic-label')
    return { texts: customText(fieldId) }
  if (own === 'labels')
    return {
      field: {
        kind: 'label',
        shape: {
          on: 'i.id',
          key: 'issueId',
          from: `label WHERE fieldId = ${fieldId}`,
          value: 'label',
        },
      },
    }
  const [kind, value] =
    kinds[own] ?? cannotTell(`The field "${name}" is of an app's own type (${type}).`)
  return { field: { kind, fieldId, shape: { on: 'i.id', key: 'issueId', from, value } } }
}

/** The options of a field that are called so, as its values name them; by id where none is. */
export function options(source: Source, fieldId: number, word: string): string[] {
  const rows = source.all(
    'SELECT id FROM fieldOption WHERE fieldId = ? AND fold(value) = ?',
    fieldId,
    fold(word),
  )
  const byId = source.all(
    'SELECT id FROM fieldOption WHERE fieldId = ? AND id = ?',
    fieldId,
    /^\d{1,15}$/.test(word) ? Number(word) : -1,
  )
  const found = rows.length ? rows : byId
  if (found.length === 0) return refused(`option "${word}" in this field`)
  // Old servers wrote the option's text as the value.
  return [...found.map((row) => String(row.id)), word]
}
