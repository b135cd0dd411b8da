import { randomUUID } from 'node:crypto'
import { ok, Refusal, refuse } from '../answer.ts'
import { isObject, type Json, list, needText, object, strings, text } from '../input.ts'
import type { Thing, Transition } from '../kinds.ts'
import { type Call, pageOf, type Route, stamp } from '../site.ts'
import { problemsOf } from '../workflow-rules.ts'
import { jiraStatus, readCategory } from './statuses.ts'

const workflowStatus = (status: Thing<'status'>) => ({
  ...jiraStatus(status),
  statusReference: String(status.id),
})

const workflowView = ({ data }: Thing<'workflow'>) => ({
  id: data.entityId,
  name: data.name,
  description: data.description,
  scope: { type: 'GLOBAL' },
  isEditable: data.name !== 'jira',
  statuses: data.statuses.map((status) => ({ deprecated: false, ...status })),
  transitions: data.transitions,
  version: { id: data.entityId, versionNumber: 0 },
})

function answer(call: Call, workflows: Thing<'workflow'>[]) {
  const used = new Set(workflows.flatMap(({ data }) => data.statuses.map((s) => s.statusReference)))
  const statuses = call.store.all('status').filter(({ id }) => used.has(String(id)))
  return { statuses: statuses.map(workflowStatus), workflows: workflows.map(workflowView) }
}

/** Finds or makes each status that the request lists; answers the site's id of each reference. */
function takeStatuses(call: Call, given: unknown): Map<string, string> {
  const references = new Map<string, string>()
  for (const each of list(given, 'statuses').map(object)) {
    const reference = needText(each, 'statusReference')
    const name = needText(each, 'name')
    const data = {
      name,
      description: text(each, 'description') ?? '',
      category: readCategory(each),
    }
    const id = text(each, 'id')
    if (id === undefined) {
      references.set(reference, String(call.store.add('status', data)))
      continue
    }
    // What is sent replaces what the status was, also its description when none is sent.
    call.store.put('status', Number(id), data)
    references.set(reference, id)
  }
  return references
}

function readTransition(given: Json, references: Map<string, string>): Transition {
  const status = (reference: unknown) => references.get(String(reference)) ?? ''
  const links = Array.isArray(given.links) ? given.links.filter(isObject) : []
  return {
    ...given,
    id: needText(given, 'id'),
    name: needText(given, 'name'),
    description: text(given, 'description') ?? '',
    type: needText(given, 'type') as Transition['type'],
    toStatusReference: status(given.toStatusReference),
    links: links.map((link) => ({
      ...link,
      fromStatusReference: status(link.fromStatusReference),
    })),
    properties: isObject(given.properties) ? given.properties : {},
    actions: Array.isArray(given.actions) ? given.actions : [],
    validators: Array.isArray(given.validators) ? given.validators : [],
    triggers: Array.isArray(given.triggers) ? given.triggers : [],
  }
}

function createWorkflows(call: Call) {
  const body = object(call.body)
  const problems = problemsOf(call.store, body)
  const names = problems.filter(({ code }) => code === 'NON_UNIQUE_WORKFLOW_NAME')
  if (problems.length > 0)
    throw new Refusal(
      names.length > 0 ? 409 : 400,
      problems.map(({ message }) => message),
    )
  const references = takeStatuses(call, body.statuses)
  const made = list(body.workflows, 'workflows').map((each) => {
    const given = object(each)
    const statuses = list(given.statuses, 'statuses').map((status) => {
      const { statusReference, properties, layout } = object(status)
      return {
        statusReference: references.get(String(statusReference)) ?? '',
        properties: isObject(properties) ? properties : {},
        ...(isObject(layout) ? { layout } : {}),
      }
    })
    const data = {
      entityId: randomUUID(),
      name: needText(given, 'name'),
      description: text(given, 'description') ?? '',
      statuses,
      transitions: list(given.transitions, 'transitions').map((transition) =>
        readTransition(object(transition), references),
      ),
      created: call.site.now(),
    }
    return { id: call.store.add('workflow', data), owner: 0, data }
  })
  return ok(answer(call, made))
}

function validateWorkflows(call: Call) {
  const errors = problemsOf(call.store, object(object(call.body).payload))
  return ok({ errors: errors.map((each) => ({ ...each, level: 'ERROR' })) })
}

function readWorkflows(call: Call) {
  const body = object(call.body)
  const names = strings(body.workflowNames ?? [], 'workflowNames')
  const ids = strings(body.workflowIds ?? [], 'workflowIds')
  if (names.length + ids.length === 0)
    refuse(400, 'Specify at least one of workflowNames and workflowIds.')
  const found = call.store
    .all('workflow')
    .filter(({ data }) => names.includes(data.name) || ids.includes(data.entityId))
  return ok(answer(call, found))
}

function searchWorkflows(call: Call) {
  const query = call.query.get('queryString')?.toLowerCase() ?? ''
  const names = call.query.getAll('workflowName')
  const found = call.store
    .all('workflow')
    .filter(({ data }) => data.name.toLowerCase().includes(query))
    .filter(({ data }) => names.length === 0 || names.includes(data.name))
  const view = ({ data }: Thing<'workflow'>) => ({
    id: { name: data.name, entityId: data.entityId },
    description: data.description,
    created: stamp(data.created),
    updated: stamp(data.created),
  })
  return ok(pageOf(call, found, view))
}

function searchNewWorkflows(call: Call) {
  const query = call.query.get('queryString')?.toLowerCase() ?? ''
  const found = call.store
    .all('workflow')
    .filter(({ data }) => data.name.toLowerCase().includes(query))
  const page = pageOf(call, found, (each) => each)
  const { statuses, workflows } = answer(call, page.values)
  return ok({ ...page, values: workflows, statuses })
}

export const workflowRoutes: Route[] = [
  ['POST', '/rest/api/3/workflows', readWorkflows],
  ['POST', '/rest/api/3/workflows/create', createWorkflows],
  ['POST', '/rest/api/3/workflows/create/validation', validateWorkflows],
  ['GET', '/rest/api/3/workflow/search', searchWorkflows],
  ['GET', '/rest/api/3/workflows/search', searchNewWorkflows],
]
