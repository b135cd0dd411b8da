import { made, ok, refuse, refuseField } from '../answer.ts'
import { needText, object, text } from '../input.ts'
import type { Thing } from '../kinds.ts'
import type { Call, Route } from '../site.ts'

export const categoryView = (call: Call, { id, data }: Thing<'projectCategory'>) => ({
  self: `${call.base}/rest/api/3/projectCategory/${id}`,
  id: String(id),
  name: data.name,
  description: data.description,
})

function createCategory(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The project category name is required.')
  const description = text(body, 'description') ?? ''
  if (name.length > 255) refuseField('name', 'The name must not exceed 255 characters.')
  if (description.length > 1000)
    refuseField('description', 'The description must not exceed 1000 characters.')
  if (call.store.byName('projectCategory', name))
    refuse(409, `The project category '${name}' already exists.`)
  const data = { name, description }
  const id = call.store.add('projectCategory', data)
  return made(categoryView(call, { id, owner: 0, data }))
}

export const categoryRoutes: Route[] = [
  [
    'GET',
    '/rest/api/3/projectCategory',
    (call) => ok(call.store.all('projectCategory').map((each) => categoryView(call, each))),
  ],
  ['POST', '/rest/api/3/projectCategory', createCategory],
]
