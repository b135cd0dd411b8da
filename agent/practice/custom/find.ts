import { must } from '../../../shared/assert.ts'
import { type Field, fieldById, fields } from '../fields.ts'
import type { Thing, Things } from '../kinds.ts'
import type { Store } from '../store.ts'
import { customType } from './types.ts'

type CustomField = Thing<'customField'>

export const customId = (id: number): string => `customfield_${id}`
export const typeOf = ({ data }: CustomField) =>
  must(customType(data.type), `the site has no field type ${data.type}`)

/** The custom field of "customfield_10001"; undefined for anything else. */
export function findCustom(store: Store, id: string): CustomField | undefined {
  const number = /^customfield_(\d+)$/.exec(id)?.[1]
  return number === undefined ? undefined : store.get('customField', number)
}

/** A custom field as the lists of all fields have it. */
export function asField(field: CustomField): Field {
  const { schema } = typeOf(field)
  return {
    id: customId(field.id),
    name: field.data.name,
    orderable: true,
    schema: { ...schema, custom: field.data.type, customId: field.id },
  }
}

/** Every field of the site: its own, then those that were made. */
export const allFields = (store: Store): Field[] => [
  ...fields,
  ...store.all('customField').map(asField),
]

export function anyField(store: Store, id: string): Field | undefined {
  const custom = findCustom(store, id)
  return custom ? asField(custom) : fieldById(id)
}

/** The context of a field in a project for an issue type: the project's own before the global one. */
export function contextOf(
  store: Store,
  field: CustomField,
  projectId: number,
  typeId: number,
): Thing<'fieldContext'> | undefined {
  const fits = ({ data }: { data: Things['fieldContext'] }) =>
    data.issueTypeIds.length === 0 || data.issueTypeIds.includes(String(typeId))
  const all = store.all('fieldContext', field.id)
  const own = all.find(({ data }) => data.projectIds.includes(String(projectId)))
  const found = own ?? all.find(({ data }) => data.projectIds.length === 0)
  return found && fits(found) ? found : undefined
}
