import { made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { needText, object, text, whole } from '../input.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { need } from '../store.ts'
import { issueTypeView, linkTypeView, priorityView, resolutionView } from '../views.ts'

/** Names of these are unique on the site and at most 60 characters long. */
const longestName = 60

function createIssueType(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'You must specify a name.')
  if (name.length > longestName) refuseField('name', 'The name must be 60 characters or less.')
  if (call.store.byName('issueType', name))
    refuseField('name', 'An issue type with this name already exists.', 409)
  const level = whole(body, 'hierarchyLevel') ?? (text(body, 'type') === 'subtask' ? -1 : 0)
  if (level !== 0 && level !== -1) refuseField('hierarchyLevel', 'Invalid hierarchy level.')
  const description = text(body, 'description') ?? ''
  const id = call.store.add('issueType', { name, description, hierarchyLevel: level })
  // A new type joins the default scheme at once.
  const scheme = call.store.byName('issueTypeScheme', 'Default Issue Type Scheme')
  if (scheme)
    call.store.put('issueTypeScheme', scheme.id, {
      ...scheme.data,
      issueTypeIds: [...scheme.data.issueTypeIds, String(id)],
    })
  return made(
    issueTypeView(call, { id, owner: 0, data: { name, description, hierarchyLevel: level } }),
  )
}

const needIssueType = (call: Call) =>
  need(
    call.store,
    'issueType',
    param(call, 'id'),
    'Issue type does not exist or you do not have permission to see it.',
  )

function deleteIssueType(call: Call) {
  const { id } = needIssueType(call)
  if (call.store.row('SELECT 1 FROM issue WHERE typeId = ? LIMIT 1', id))
    refuse(409, 'The issue type is in use and an alternative issue type was not specified.')
  for (const scheme of call.store.all('issueTypeScheme'))
    if (scheme.data.issueTypeIds.includes(String(id)))
      call.store.put('issueTypeScheme', scheme.id, {
        ...scheme.data,
        issueTypeIds: scheme.data.issueTypeIds.filter((each) => each !== String(id)),
      })
  call.store.remove('issueType', id)
  return nothing()
}

function createPriority(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'You must specify a name.')
  const color = needText(body, 'statusColor', 'You must specify a color.')
  if (name.length > longestName) refuseField('name', 'The name must be 60 characters or less.')
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color))
    refuseField('statusColor', 'The color must be in 3-digit or 6-digit hexadecimal format.')
  if (call.store.byName('priority', name))
    refuseField('name', 'A priority with this name already exists.')
  const id = call.store.add('priority', {
    name,
    description: text(body, 'description') ?? '',
    color,
    iconUrl: text(body, 'iconUrl') ?? '/images/icons/priorities/medium.png',
    isDefault: false,
  })
  return made({ id: String(id) })
}

function createResolution(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'You must specify a name.')
  if (name.length > longestName) refuseField('name', 'The name must be 60 characters or less.')
  if (call.store.byName('resolution', name))
    refuseField('name', 'A resolution with this name already exists.')
  const description = text(body, 'description') ?? ''
  return made({ id: String(call.store.add('resolution', { name, description })) })
}

function createLinkType(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'You must specify a name.')
  if (call.store.byName('linkType', name))
    refuse(400, `An issue link type with the name '${name}' already exists.`)
  const inward = needText(body, 'inward', 'You must specify an inward description.')
  const outward = needText(body, 'outward', 'You must specify an outward description.')
  const data = { name, inward, outward }
  return made(linkTypeView(call, { id: call.store.add('linkType', data), owner: 0, data }))
}

/** Those whose ids are asked for, or all. */
function searched<K extends 'priority' | 'resolution'>(call: Call, kind: K) {
  const ids = call.query.getAll('id')
  return call.store.all(kind).filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
}

export const typeRoutes: Route[] = [
  [
    'GET',
    '/rest/api/3/issuetype',
    (call) => ok(call.store.all('issueType').map((each) => issueTypeView(call, each))),
  ],
  ['POST', '/rest/api/3/issuetype', createIssueType],
  ['GET', '/rest/api/3/issuetype/{id}', (call) => ok(issueTypeView(call, needIssueType(call)))],
  ['DELETE', '/rest/api/3/issuetype/{id}', deleteIssueType],
  [
    'GET',
    '/rest/api/3/priority',
    (call) => ok(call.store.all('priority').map((each) => priorityView(call, each))),
  ],
  ['POST', '/rest/api/3/priority', createPriority],
  [
    'GET',
    '/rest/api/3/priority/search',
    (call) =>
      ok(
        pageOf(call, searched(call, 'priority'), (each) => ({
          ...priorityView(call, each),
          isDefault: each.data.isDefault,
        })),
      ),
  ],
  [
    'GET',
    '/rest/api/3/resolution',
    (call) => ok(call.store.all('resolution').map((each) => resolutionView(call, each))),
  ],
  ['POST', '/rest/api/3/resolution', createResolution],
  [
    'GET',
    '/rest/api/3/resolution/search',
    (call) =>
      ok(
        pageOf(call, searched(call, 'resolution'), (each) => ({
          ...resolutionView(call, each),
          default: false,
        })),
      ),
  ],
  [
    'GET',
    '/rest/api/3/issueLinkType',
    (call) =>
      ok({ issueLinkTypes: call.store.all('linkType').map((each) => linkTypeView(call, each)) }),
  ],
  ['POST', '/rest/api/3/issueLinkType', createLinkType],
]
