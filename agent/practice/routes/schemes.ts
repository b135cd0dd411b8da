import { made, ok, refuse, refuseField } from '../answer.ts'
import { isObject, needText, object, strings, text } from '../input.ts'
import type { Thing } from '../kinds.ts'
import { type Call, pageOf, type Route } from '../site.ts'
import { need } from '../store.ts'

function listIssueTypeSchemes(call: Call) {
  const ids = call.query.getAll('id')
  const query = call.query.get('queryString')?.toLowerCase() ?? ''
  const found = call.store
    .all('issueTypeScheme')
    .filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
    .filter(({ data }) => data.name.toLowerCase().includes(query))
  const view = ({ id, data }: Thing<'issueTypeScheme'>) => ({
    id: String(id),
    name: data.name,
    description: data.description,
    ...(data.defaultIssueTypeId === null ? {} : { defaultIssueTypeId: data.defaultIssueTypeId }),
    isDefault: data.name === 'Default Issue Type Scheme',
  })
  return ok(pageOf(call, found, view, 50, 100))
}

function createIssueTypeScheme(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The issue type scheme name is required.')
  if (name.length > 255) refuseField('name', 'The name must be 255 characters or less.')
  if (call.store.byName('issueTypeScheme', name))
    refuseField('name', 'An issue type scheme with this name already exists.', 409)
  const issueTypeIds = strings(body.issueTypeIds, 'issueTypeIds')
  if (issueTypeIds.length === 0) refuseField('issueTypeIds', 'At least one issue type is required.')
  for (const id of issueTypeIds)
    if (!call.store.get('issueType', id))
      refuseField('issueTypeIds', `The issue type with ID ${id} was not found.`)
  if (new Set(issueTypeIds).size < issueTypeIds.length)
    refuseField('issueTypeIds', 'The issue type IDs contain duplicates.')
  const standard = issueTypeIds.some(
    (id) => (call.store.get('issueType', id)?.data.hierarchyLevel ?? -1) >= 0,
  )
  if (!standard) refuseField('issueTypeIds', 'At least one standard issue type is required.')
  const defaultIssueTypeId = text(body, 'defaultIssueTypeId') ?? null
  if (defaultIssueTypeId !== null && !issueTypeIds.includes(defaultIssueTypeId))
    refuseField('defaultIssueTypeId', 'The default issue type must be in the scheme.')
  const description = text(body, 'description') ?? ''
  const data = { name, description, issueTypeIds, defaultIssueTypeId }
  return made({ issueTypeSchemeId: String(call.store.add('issueTypeScheme', data)) })
}

const workflowSchemeView = (call: Call, { id, data }: Thing<'workflowScheme'>) => ({
  id,
  name: data.name,
  description: data.description,
  defaultWorkflow: data.defaultWorkflow,
  issueTypeMappings: data.issueTypeMappings,
  self: `${call.base}/rest/api/3/workflowscheme/${id}`,
})

function createWorkflowScheme(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The workflow scheme name is required.')
  if (name.length > 255) refuse(400, 'The name must be 255 characters or less.')
  if (call.store.byName('workflowScheme', name))
    refuse(400, `A workflow scheme with the name '${name}' already exists.`)
  const known = (workflow: string) =>
    call.store.byName('workflow', workflow)?.data.name ??
    refuse(400, `The workflow '${workflow}' does not exist.`)
  const defaultWorkflow = known(text(body, 'defaultWorkflow') ?? 'jira')
  const given = isObject(body.issueTypeMappings) ? body.issueTypeMappings : {}
  const issueTypeMappings: Record<string, string> = {}
  for (const issueTypeId of Object.keys(given)) {
    need(call.store, 'issueType', issueTypeId, `The issue type ${issueTypeId} does not exist.`, 400)
    issueTypeMappings[issueTypeId] = known(needText(given, issueTypeId))
  }
  const description = text(body, 'description') ?? ''
  const data = { name, description, defaultWorkflow, issueTypeMappings }
  const id = call.store.add('workflowScheme', data)
  return made(workflowSchemeView(call, { id, owner: 0, data }))
}

export const schemeRoutes: Route[] = [
  ['GET', '/rest/api/3/issuetypescheme', listIssueTypeSchemes],
  ['POST', '/rest/api/3/issuetypescheme', createIssueTypeScheme],
  [
    'GET',
    '/rest/api/3/workflowscheme',
    (call) =>
      ok(pageOf(call, call.store.all('workflowScheme'), (each) => workflowSchemeView(call, each))),
  ],
  ['POST', '/rest/api/3/workflowscheme', createWorkflowScheme],
]
