import { ok, refuse, refuseField } from '../answer.ts'
import { list, needText, object, text } from '../input.ts'
import type { Category, Thing } from '../kinds.ts'
import { type Call, pageOf, type Route } from '../site.ts'
import { categoryIds, categoryView, statusView } from '../views.ts'

export const jiraStatus = ({ id, data }: Thing<'status'>) => ({
  id: String(id),
  name: data.name,
  statusCategory: data.category,
  scope: { type: 'GLOBAL' },
  description: data.description,
})

export function readCategory(from: Record<string, unknown>): Category {
  const given = needText(from, 'statusCategory', 'You must specify a status category.')
  const category = categoryIds.find((each) => each === given)
  return category ?? refuseField('statusCategory', `Invalid status category: ${given}`)
}

function createStatuses(call: Call) {
  const body = object(call.body)
  if (object(body.scope).type !== 'GLOBAL')
    refuse(400, 'Only statuses of the scope GLOBAL can be created on this site.')
  const made = list(body.statuses, 'statuses').map((each) => {
    const wanted = object(each)
    const name = needText(wanted, 'name', 'You must specify a status name.')
    if (name.length > 60) refuse(400, 'The status name must be 60 characters or less.')
    if (call.store.byName('status', name))
      refuse(409, `The status name '${name}' is already in use. Specify a unique name.`)
    const description = text(wanted, 'description') ?? ''
    const data = { name, description, category: readCategory(wanted) }
    return { id: call.store.add('status', data), owner: 0, data }
  })
  return ok(made.map(jiraStatus))
}

function getStatuses(call: Call) {
  const ids = call.query.getAll('id')
  if (ids.length === 0) refuse(400, 'The id query parameter is required.')
  const found = ids.flatMap((id) => call.store.get('status', id) ?? [])
  return ok(found.map(jiraStatus))
}

function searchStatuses(call: Call) {
  const wanted = call.query.get('searchString')?.toLowerCase() ?? ''
  const category = call.query.get('statusCategory')
  const found = call.store
    .all('status')
    .filter(({ data }) => data.name.toLowerCase().includes(wanted))
    .filter(({ data }) => !category || data.category === category)
  return ok(pageOf(call, found, jiraStatus, 200, 200))
}

export const statusRoutes: Route[] = [
  ['GET', '/rest/api/3/statuses', getStatuses],
  ['POST', '/rest/api/3/statuses', createStatuses],
  ['GET', '/rest/api/3/statuses/search', searchStatuses],
  [
    'GET',
    '/rest/api/3/status',
    (call) => ok(call.store.all('status').map((each) => statusView(call, each))),
  ],
  [
    'GET',
    '/rest/api/3/statuscategory',
    (call) => ok(categoryIds.map((each) => categoryView(call, each))),
  ],
]
