import { made, ok, refuse, refuseField } from '../answer.ts'
import { findCustom, typeOf } from '../custom/find.ts'
import { hasOptions } from '../custom/types.ts'
import { flag, list, needText, object, strings, text } from '../input.ts'
import type { Thing } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { need } from '../store.ts'

/** Options in one request and in one field, by the documents. */
const mostInRequest = 1000
const mostInField = 10_000

const needField = (call: Call) =>
  findCustom(call.store, param(call, 'fieldId')) ?? refuse(404, 'The custom field was not found.')

function contextView({ id, data }: Thing<'fieldContext'>) {
  return {
    id: String(id),
    name: data.name,
    description: data.description,
    isGlobalContext: data.projectIds.length === 0,
    isAnyIssueType: data.issueTypeIds.length === 0,
  }
}

function listContexts(call: Call) {
  const field = needField(call)
  const wanted = (name: string) => call.query.get(name)
  const ids = call.query.getAll('contextId')
  const fits = (asked: string | null, is: boolean) => asked === null || asked === String(is)
  const found = call.store
    .all('fieldContext', field.id)
    .map(contextView)
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((each) => fits(wanted('isGlobalContext'), each.isGlobalContext))
    .filter((each) => fits(wanted('isAnyIssueType'), each.isAnyIssueType))
  return ok(pageOf(call, found, (each) => each))
}

function createContext(call: Call) {
  const field = needField(call)
  const body = object(call.body)
  const name = needText(body, 'name', 'The name of the context is required.')
  if (name.length > 255) refuseField('name', 'The name must be 255 characters or less.')
  const projectIds = strings(body.projectIds ?? [], 'projectIds')
  const issueTypeIds = strings(body.issueTypeIds ?? [], 'issueTypeIds')
  for (const id of projectIds) need(call.store, 'project', id, 'The project was not found.')
  for (const id of issueTypeIds) need(call.store, 'issueType', id, 'The issue type was not found.')
  // A project is in one context of a field, and a field has one for all projects.
  const taken = call.store
    .all('fieldContext', field.id)
    .some(({ data }) =>
      projectIds.length === 0
        ? data.projectIds.length === 0
        : data.projectIds.some((id) => projectIds.includes(id)),
    )
  if (taken)
    refuse(
      400,
      'One or more projects already have a custom field context. There may also be a global context.',
    )
  const data = { name, description: text(body, 'description') ?? '', projectIds, issueTypeIds }
  const id = call.store.add('fieldContext', data, { owner: field.id })
  return made({ id: String(id), ...data })
}

function optionsAt(call: Call) {
  const field = needField(call)
  if (!hasOptions(typeOf(field))) refuse(400, "The custom field doesn't support options.")
  const context = call.store.get('fieldContext', param(call, 'contextId'))
  if (context?.owner !== field.id) refuse(404, 'The custom field context was not found.')
  return { field, context }
}

const optionView = ({ id, data }: Thing<'fieldOption'>) => ({
  id: String(id),
  value: data.value,
  disabled: data.disabled,
  ...(data.parent === null ? {} : { optionId: String(data.parent) }),
})

function listOptions(call: Call) {
  const { context } = optionsAt(call)
  const all = call.store.all('fieldOption', context.id)
  const top = call.query.get('onlyOptions') === 'true'
  const below = all.filter(({ data }) => data.parent !== null && !top)
  const found = [...all.filter(({ data }) => data.parent === null), ...below]
  return ok(pageOf(call, found, optionView, 100, 1000))
}

/** All or none of them; a value is there once in its list, letter case aside. */
function createOptions(call: Call) {
  const { field, context } = optionsAt(call)
  const given = list(object(call.body).options ?? [], 'options').map(object)
  if (given.length > mostInRequest)
    refuse(400, `At most ${mostInRequest} options can be created in one request.`)
  const all = call.store.all('fieldOption', context.id)
  if (all.length + given.length > mostInField)
    refuse(400, `A field can have at most ${mostInField} options.`)
  const slot = (parent: number | null, value: string) => `${parent ?? ''}/${value.toLowerCase()}`
  const taken = new Set(all.map(({ data }) => slot(data.parent, data.value)))
  const options = given.map((each) => {
    const value = needText(each, 'value', 'The value of an option is required.')
    if (value.length > 255) refuseField('value', 'The value must be 255 characters or less.')
    const under = text(each, 'optionId')
    const parent = under === undefined ? null : Number(under)
    const above = all.find(({ id, data }) => id === parent && data.parent === null)
    if (parent !== null && (typeOf(field).shape !== 'two options' || !above))
      refuse(400, `The parent option '${under}' was not found.`)
    if (taken.has(slot(parent, value)))
      refuse(400, `The option value '${value}' is not unique in this list.`)
    taken.add(slot(parent, value))
    return { value, disabled: flag(each, 'disabled') ?? false, parent }
  })
  return ok({
    options: options.map((data) =>
      optionView({
        id: call.store.add('fieldOption', data, { owner: context.id }),
        owner: context.id,
        data,
      }),
    ),
  })
}

const contexts = '/rest/api/3/field/{fieldId}/context'
export const fieldContextRoutes: Route[] = [
  ['GET', contexts, listContexts],
  ['POST', contexts, createContext],
  ['GET', `${contexts}/{contextId}/option`, listOptions],
  ['POST', `${contexts}/{contextId}/option`, createOptions],
]
