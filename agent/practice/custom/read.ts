import { richText } from '../adf.ts'
import { refuseField } from '../answer.ts'
import { isObject } from '../input.ts'
import type { Thing } from '../kinds.ts'
import type { Call } from '../site.ts'
import { account } from '../views.ts'
import { contextOf, customId, typeOf } from './find.ts'
import type { Shape } from './types.ts'

interface Place {
  call: Call
  project: Thing<'project'>
  /** The field's context here, whose options are the ones that count. */
  context: Thing<'fieldContext'>
  /** The field's name in errors. */
  id: string
}
type Reader = (value: unknown, place: Place) => unknown

const text: Reader = (value, { id }) => {
  if (typeof value !== 'string') refuseField(id, 'Operation value must be a string')
  // The longest single-line text and the longest label, in characters.
  if (value.length > 255)
    refuseField(id, 'The entered text is too long. It exceeds the allowed limit of 255 characters.')
  return value
}

const readers: Record<Shape, Reader> = {
  text,
  'rich text': (value, { id }) => richText(value, id),
  number: (value, { id }) =>
    typeof value === 'number' ? value : refuseField(id, 'Operation value must be a number'),
  date: (value, { id }) => {
    const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''
    if (Number.isNaN(Date.parse(day)))
      refuseField(
        id,
        `Operation value must be a string in the format yyyy-MM-dd, but was '${value}'`,
      )
    return day
  },
  time: (value, { id }) => {
    const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}([+-]\d{4}|[+-]\d{2}:\d{2}|Z)$/
    if (typeof value !== 'string' || !form.test(value))
      refuseField(id, `Operation value must be a datetime string, but was '${value}'`)
    return Date.parse(value)
  },
  address: (value, place) => {
    const address = String(text(value, place))
    if (!URL.canParse(address) || !/^(https?|ftp|file|mailto):/i.test(address))
      refuseField(place.id, `Not a valid URL: '${address}'`)
    return address
  },
  label: (value, place) => {
    const label = String(text(value, place))
    if (/\s/.test(label))
      refuseField(place.id, `The label '${label}' contains spaces which is invalid.`)
    return label
  },
  option: (value, place) => option(value, place, null),
  'two options': (value, place) => {
    const parent = option(value, place, null)
    const child = isObject(value) ? value.child : undefined
    return {
      parent,
      child: child === undefined || child === null ? null : option(child, place, parent),
    }
  },
  user: (value, { call, id }) => {
    const given = isObject(value) ? (value.accountId ?? value.id) : undefined
    if (typeof given !== 'string') refuseField(id, 'data was not an object')
    return account(call.store, given)
      ? given
      : refuseField(id, `User with account ID '${given}' does not exist.`)
  },
  group: (value, { call, id }) => {
    const { name, groupId } = isObject(value) ? value : {}
    const found = call.store
      .all('group')
      .find(({ data }) => (groupId === undefined ? data.name === name : data.groupId === groupId))
    return found?.id ?? refuseField(id, `Could not find group '${groupId ?? name}'.`)
  },
  version: (value, { call, project, id }) => {
    const { name, id: number } = isObject(value) ? value : {}
    const found =
      number === undefined
        ? call.store.byName('version', String(name ?? ''), project.id)
        : call.store.get('version', String(number))
    if (found?.owner !== project.id)
      refuseField(id, `Version '${number ?? name}' is not valid for this project.`)
    return found.id
  },
  project: (value, { call, id }) => {
    const { key, id: number } = isObject(value) ? value : {}
    const found = call.store
      .all('project')
      .find(({ data, id }) => (number === undefined ? data.key === key : String(id) === number))
    if (!found || found.data.deleted) refuseField(id, 'valid project is required')
    return found.id
  },
}

/** An enabled option of the context, by id or by value; those under another are asked for with that one. */
function option(value: unknown, { call, context, id }: Place, parent: number | null): number {
  const { id: number, value: word } = isObject(value) ? value : {}
  const said = number === undefined ? 'value' : 'id'
  const found = call.store
    .all('fieldOption', context.id)
    .filter(({ data }) => data.parent === parent && !data.disabled)
    .find((each) => (said === 'id' ? String(each.id) === String(number) : each.data.value === word))
  return found?.id ?? refuseField(id, `Option ${said} '${number ?? word}' is not valid`)
}

/**
 * The value of a custom field as the site keeps it, null for an empty one. Refused with the field's id
 * where its form is wrong, or the field has no context in this project for this issue type.
 */
export function readCustom(
  field: Thing<'customField'>,
  value: unknown,
  where: { call: Call; project: Thing<'project'>; typeId: number },
): unknown {
  const id = customId(field.id)
  const { shape, many } = typeOf(field)
  const context = contextOf(where.call.store, field, where.project.id, where.typeId)
  if (!context)
    refuseField(id, `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`)
  if (value === null || value === undefined) return null
  const place: Place = { ...where, context, id }
  if (!many) return readers[shape](value, place)
  if (!Array.isArray(value)) refuseField(id, 'data was not an array')
  const read = value.map((each) => readers[shape](each, place))
  return read.length === 0 ? null : [...new Set(read)]
}
