import { made, ok, refuseField } from '../answer.ts'
import { allFields, asField, customId } from '../custom/find.ts'
import { customType, own } from '../custom/types.ts'
import type { Field } from '../fields.ts'
import { needText, object, text } from '../input.ts'
import type { Thing } from '../kinds.ts'
import { type Call, pageOf, type Route } from '../site.ts'

/** A field in the list of all. */
const fieldView = ({ id, name, orderable, schema }: Field) => ({
  id,
  key: id,
  name,
  custom: schema.custom !== undefined,
  orderable,
  navigable: true,
  searchable: true,
  clauseNames: schema.customId === undefined ? [id] : [`cf[${schema.customId}]`, name],
  schema,
})

function createField(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The name of the field is required.')
  if (name.length > 255) refuseField('name', 'The name must be 255 characters or less.')
  const type = needText(body, 'type', 'The type of the field is required.')
  const known = customType(type)
  if (!known) refuseField('type', `The custom field type '${type}' is not valid.`)
  const searcherKey = text(body, 'searcherKey') ?? null
  if (searcherKey !== null && !known.searchers.some((each) => own + each === searcherKey))
    refuseField('searcherKey', `The searcher '${searcherKey}' is not valid for this field type.`)
  const data = { name, description: text(body, 'description') ?? '', type, searcherKey }
  const id = call.store.add('customField', data)
  // A new field comes with one context for everything.
  const context = { name: `Default Configuration Scheme for ${name}`, description: '' }
  call.store.add('fieldContext', { ...context, projectIds: [], issueTypeIds: [] }, { owner: id })
  return made(fieldView(asField({ id, owner: 0, data })))
}

const onScreens = (call: Call, id: string) =>
  call.store.all('screen').filter(({ data }) => data.tabs.some((tab) => tab.fields.includes(id)))
    .length

function customDetails(call: Call, field: Thing<'customField'>) {
  const id = customId(field.id)
  const { searcherKey } = field.data
  return {
    id,
    key: id,
    name: field.data.name,
    schema: asField(field).schema,
    description: field.data.description,
    isLocked: false,
    ...(searcherKey === null ? {} : { searcherKey }),
    screensCount: onScreens(call, id),
    contextsCount: call.store.count('fieldContext', field.id),
  }
}

function searchFields(call: Call) {
  const types = new Set(call.query.getAll('type'))
  const ids = new Set(call.query.getAll('id'))
  const query = call.query.get('query')?.toLowerCase() ?? ''
  const custom = new Map(call.store.all('customField').map((each) => [customId(each.id), each]))
  const found = allFields(call.store)
    .filter(({ id }) => types.size === 0 || types.has(custom.has(id) ? 'custom' : 'system'))
    .filter(({ id }) => ids.size === 0 || ids.has(id))
    .filter(({ id, name }) =>
      `${name}\n${custom.get(id)?.data.description ?? ''}`.toLowerCase().includes(query),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  return ok(
    pageOf(call, found, ({ id, name, schema }) => {
      const own = custom.get(id)
      return own ? customDetails(call, own) : { id, key: id, name, schema, isLocked: false }
    }),
  )
}

export const fieldRoutes: Route[] = [
  ['GET', '/rest/api/3/field', (call) => ok(allFields(call.store).map(fieldView))],
  ['POST', '/rest/api/3/field', createField],
  ['GET', '/rest/api/3/field/search', searchFields],
]
