import { must } from '../../../shared/assert.ts'
import { isObject } from '../input.ts'
import type { Things, Transition } from '../kinds.ts'
import type { Store } from '../store.ts'

type Workflow = Things['workflow']

/** The workflow of an issue type in a project, by its scheme. */
export function workflowOf(store: Store, project: Things['project'], typeId: number): Workflow {
  const scheme = store.get('workflowScheme', project.workflowSchemeId)?.data
  const name = scheme?.issueTypeMappings[String(typeId)] ?? scheme?.defaultWorkflow ?? 'jira'
  return must(store.byName('workflow', name), `there is no workflow ${name}`).data
}

/** Where a new issue starts. */
export function initialStatus(workflow: Workflow): number {
  const initial = workflow.transitions.find(({ type }) => type === 'INITIAL')
  return Number(must(initial, 'a workflow has an initial transition').toStatusReference)
}

/** The transitions that can be taken from a status. */
export function transitionsFrom(workflow: Workflow, statusId: number): Transition[] {
  return workflow.transitions.filter(
    ({ type, links }) =>
      type === 'GLOBAL' ||
      (type === 'DIRECTED' && links.some((link) => link.fromStatusReference === String(statusId))),
  )
}

/** The screen of a transition, where it has one. */
export function screenOf(store: Store, transition: Transition): Set<string> {
  const rule = isObject(transition.transitionScreen) ? transition.transitionScreen : {}
  const parameters = isObject(rule.parameters) ? rule.parameters : {}
  const screen = store.get('screen', String(parameters.screenId ?? ''))
  return new Set(screen?.data.tabs.flatMap((tab) => tab.fields))
}

/** What the post functions of a transition set; undefined where none touches the resolution. */
export function resolutionBy(transition: Transition): number | null | undefined {
  const actions = Array.isArray(transition.actions) ? transition.actions.filter(isObject) : []
  for (const { ruleKey, parameters } of actions) {
    if (ruleKey !== 'system:update-field' || !isObject(parameters)) continue
    if (parameters.field === 'resolution') return Number(parameters.value) || null
  }
  return undefined
}
