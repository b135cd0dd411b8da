import { isObject, type Json } from './input.ts'
import type { Store } from './store.ts'

export interface WorkflowProblem {
  code: string
  message: string
  type: 'STATUS' | 'WORKFLOW' | 'TRANSITION'
  elementReference?: { statusReference?: string; transitionId?: string }
}

const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** Why a request to create workflows cannot be done; empty when it can. */
export function problemsOf(store: Store, body: Json): WorkflowProblem[] {
  const problems = objects(body.statuses).flatMap((status) => statusProblems(store, status))
  const known = new Set(objects(body.statuses).map((status) => status.statusReference))
  for (const workflow of objects(body.workflows))
    problems.push(...workflowProblems(store, workflow, known))
  if (objects(body.workflows).length === 0)
    problems.push({ code: 'NO_WORKFLOW', message: 'Specify a workflow.', type: 'WORKFLOW' })
  return problems
}

function statusProblems(store: Store, status: Json): WorkflowProblem[] {
  const elementReference = { statusReference: String(status.statusReference) }
  const problem = (code: string, message: string): WorkflowProblem[] => [
    { code, message, type: 'STATUS', elementReference },
  ]
  const name = typeof status.name === 'string' ? status.name : ''
  if (name.trim() === '') return problem('STATUS_NAME_REQUIRED', 'You must specify a status name.')
  const same = store.byName('status', name)
  if (typeof status.id !== 'string')
    return same ? problem('NON_UNIQUE_STATUS_NAME', 'You must use a unique status name.') : []
  if (!store.get('status', status.id))
    return problem('STATUS_NOT_FOUND', `The status with ID ${status.id} was not found.`)
  return same && String(same.id) !== status.id
    ? problem('NON_UNIQUE_STATUS_NAME', 'You must use a unique status name.')
    : []
}

function workflowProblems(store: Store, workflow: Json, known: Set<unknown>): WorkflowProblem[] {
  const problems: WorkflowProblem[] = []
  const wrong = (code: string, message: string) =>
    problems.push({ code, message, type: 'WORKFLOW' })
  const name = typeof workflow.name === 'string' ? workflow.name.trim() : ''
  if (name === '') wrong('WORKFLOW_NAME_REQUIRED', 'You must specify a workflow name.')
  if (name.length > 255)
    wrong('WORKFLOW_NAME_TOO_LONG', 'The workflow name must be 255 characters or less.')
  if (store.byName('workflow', name))
    wrong('NON_UNIQUE_WORKFLOW_NAME', `A workflow with the name '${name}' already exists.`)
  const steps = new Set(objects(workflow.statuses).map((each) => each.statusReference))
  for (const step of steps)
    if (!known.has(step)) wrong('STATUS_NOT_FOUND', `The status reference ${step} is unknown.`)
  const transitions = objects(workflow.transitions)
  if (transitions.filter(({ type }) => type === 'INITIAL').length !== 1)
    wrong('INITIAL_TRANSITION', 'A workflow must have exactly one initial transition.')
  const ids = transitions.map(({ id }) => id)
  if (new Set(ids).size < ids.length)
    wrong('NON_UNIQUE_TRANSITION_ID', 'Transition IDs must be unique.')
  for (const transition of transitions) {
    const reference = { transitionId: String(transition.id) }
    const broken = (code: string, message: string) =>
      problems.push({ code, message, type: 'TRANSITION', elementReference: reference })
    if (!/^\d+$/.test(String(transition.id)))
      broken('TRANSITION_ID', 'The transition ID must be a number.')
    if (typeof transition.name !== 'string' || transition.name.trim() === '')
      broken('TRANSITION_NAME_REQUIRED', 'You must specify a transition name.')
    if (!steps.has(transition.toStatusReference))
      broken(
        'TRANSITION_TARGET',
        'The transition leads to a status that the workflow does not have.',
      )
    const from = objects(transition.links).map((link) => link.fromStatusReference)
    if (from.some((each) => !steps.has(each)))
      broken(
        'TRANSITION_SOURCE',
        'The transition starts at a status that the workflow does not have.',
      )
    if (transition.type === 'DIRECTED' && from.length === 0)
      broken('TRANSITION_SOURCE', 'A directed transition needs a status to start from.')
    if (!['INITIAL', 'GLOBAL', 'DIRECTED'].includes(String(transition.type)))
      broken('TRANSITION_TYPE', 'The transition type is unknown.')
  }
  return problems
}
