import type { RecordSink, Shape } from '../source.ts'
import type { EntityPlan } from './plan.ts'

/** What a workflow has beside its statuses, in numbers; nothing of its descriptor itself is kept. */
export interface WorkflowCounts {
  /** Without the one that creates issues. */
  transitions: number
  /** Of these, those that only some of its statuses have. */
  limited: number
  /** Of these, those that show a screen. */
  screens: number
  conditions: number
  validators: number
  /** Post functions beside those that Jira puts on every transition. */
  functions: number
}

/** Jira puts these on each transition: the site does the same by itself. */
const ownFunctions =
  /^com\.atlassian\.jira\.workflow\.function\.(issue\.(UpdateIssueStatus|GenerateChangeHistory|IssueReindex|IssueCreate|IssueStore)Function|misc\.CreateCommentFunction|event\.FireIssueEventFunction)$/
/** On the transition that creates issues it asks for the permission to create, as the site does. */
const createPermission = 'com.atlassian.jira.workflow.validator.PermissionValidator'

/** Tags, and what looks like one and is none: comments, CDATA, the prolog and its DOCTYPE. */
const tags =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][^>]*>|<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g

const attribute = (text: string, name: string): string =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(text)?.[1] ?? ''

/** Counts what an OSWorkflow descriptor holds: one walk over its tags, with their names as the only memory. */
export function countWorkflow(descriptor: string): WorkflowCounts {
  const counts = { conditions: 0, validators: 0, functions: 0 }
  const open: string[] = []
  const steps = new Set<string>()
  /** By the id of a transition: the steps that have it. */
  const from = new Map<string, Set<string>>()
  const everywhere = new Set<string>()
  const withScreen = new Set<string>()
  let step = ''
  let className = ''

  function begin(name: string, attributes: string, textAt: number) {
    const id = attribute(attributes, 'id')
    if (name === 'step' && open.at(-1) === 'steps') {
      step = id
      steps.add(id)
    } else if (name === 'action' && !open.includes('initial-actions')) {
      if (attribute(attributes, 'view').trim()) withScreen.add(id)
      if (open.includes('global-actions')) everywhere.add(id)
      else if (open.includes('step')) join(id)
    } else if (name === 'common-action' && open.includes('step')) join(id)
    else if (name === 'validator' || name === 'condition' || name === 'function') className = ''
    else if (name === 'arg' && /name\s*=\s*["']class\.name["']/.test(attributes))
      className = descriptor.slice(textAt, descriptor.indexOf('<', textAt)).trim()
  }
  function join(id: string) {
    from.set(id, (from.get(id) ?? new Set()).add(step))
  }
  function end(name: string) {
    if (name === 'condition') counts.conditions += 1
    if (
      name === 'validator' &&
      !(open.includes('initial-actions') && className === createPermission)
    )
      counts.validators += 1
    if (name === 'function' && !ownFunctions.test(className)) counts.functions += 1
  }

  for (const match of descriptor.matchAll(tags)) {
    const [whole, closing, name, attributes = '', empty] = match
    if (name === undefined) continue
    if (closing) {
      end(name)
      // What is not nested rightly is left at the place where it was opened.
      const at = open.lastIndexOf(name)
      if (at >= 0) open.length = at
      continue
    }
    begin(name, attributes, match.index + whole.length)
    if (empty) end(name)
    else open.push(name)
  }
  const used = [...everywhere, ...[...from.keys()].filter((id) => !everywhere.has(id))]
  return {
    transitions: used.length,
    limited: [...from].filter(([id, at]) => !everywhere.has(id) && at.size < steps.size).length,
    screens: used.filter((id) => withScreen.has(id)).length,
    ...counts,
  }
}

/** A Workflow of the backup as its numbers. The descriptor can be large: it passes by, one at a time. */
export function workflowPlan(sink: RecordSink): EntityPlan {
  const counted = [
    ...['transitions', 'limited', 'screens', 'conditions', 'validators', 'functions'],
  ] as (keyof WorkflowCounts)[]
  const shape: Shape = { table: 'workflow', columns: ['name', ...counted] }
  return {
    columns: ['name', 'descriptor'],
    row([name = null, descriptor]) {
      const counts = countWorkflow(descriptor ?? '')
      sink.row(shape, [name, ...counted.map((column) => counts[column])])
    },
  }
}
