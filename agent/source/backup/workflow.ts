import type { WorkflowPart, WorkflowPartRow, WorkflowRow } from '../../../shared/workflow-rows.ts'
import type { RecordSink, Shape } from '../source.ts'
import type { EntityPlan } from './plan.ts'
import { resolve } from './value.ts'

/** What a workflow has beside its statuses; nothing else of its descriptor is kept. */
export interface ReadWorkflow {
  /** How many transitions, without the one that creates issues. */
  transitions: number
  parts: Omit<WorkflowPartRow, 'workflow'>[]
}

/** Jira puts these on each transition: the site does the same by itself. */
const ownFunctions =
  /^com\.atlassian\.jira\.workflow\.function\.(issue\.(UpdateIssueStatus|GenerateChangeHistory|IssueReindex|IssueCreate|IssueStore)Function|misc\.CreateCommentFunction|event\.FireIssueEventFunction)$/
/** On the transition that creates issues it asks for the permission to create, as the site does. */
const createPermission = 'com.atlassian.jira.workflow.validator.PermissionValidator'

/** Tags, and what looks like one and is none: comments, CDATA, the prolog and its DOCTYPE. */
const tags =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][^>]*>|<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g

/** The references of XML, in a document within the document; anything else stands as it is written. */
const references = /&(?:#x[0-9a-fA-F]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/g
const strict = {
  illegal: 0,
  refuse: (what: string): never => {
    throw new Error(what)
  },
}
const attribute = (text: string, name: string): string => {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text)
  return (found?.[1] ?? found?.[2] ?? '').replace(references, (one) => resolve(one, strict))
}

/** A thing that a tag names: its id, and the name that people gave it. */
interface Named {
  id: string
  name: string
}

/** Reads what an OSWorkflow descriptor holds: one walk over its tags, with their names as the only memory. */
export function readWorkflow(descriptor: string): ReadWorkflow {
  const parts: ReadWorkflow['parts'] = []
  const open: string[] = []
  const steps = new Map<string, string>()
  const names = new Map<string, string>()
  /** By the id of a transition: the steps that have it. */
  const from = new Map<string, Set<string>>()
  const everywhere = new Set<string>()
  const screens = new Map<string, string>()
  let step: Named = { id: '', name: '' }
  let action: Named | null = null
  let className = ''
  let moduleKey = ''

  function begin(name: string, attributes: string, textAt: number) {
    const own = { id: attribute(attributes, 'id'), name: attribute(attributes, 'name') }
    if (name === 'step' && open.at(-1) === 'steps') {
      step = own
      steps.set(own.id, own.name)
    } else if (name === 'action') beginAction(own, attribute(attributes, 'view').trim())
    else if (name === 'common-action' && open.includes('step')) join(own.id)
    else if (name === 'validator' || name === 'condition' || name === 'function')
      className = moduleKey = ''
    else if (name === 'arg') {
      const text = () => descriptor.slice(textAt, descriptor.indexOf('<', textAt)).trim()
      if (own.name === 'class.name') className = text()
      else if (own.name === 'full.module.key') moduleKey = text()
    }
  }
  function beginAction(own: Named, view: string) {
    action = own
    names.set(own.id, own.name)
    if (open.includes('initial-actions')) return
    if (view) screens.set(own.id, view)
    if (open.includes('global-actions')) everywhere.add(own.id)
    else if (open.includes('step')) join(own.id)
  }
  function join(id: string) {
    from.set(id, (from.get(id) ?? new Set()).add(step.id))
  }
  function end(name: string) {
    if (name === 'action') action = null
    if (name === 'condition') add('condition')
    if (
      name === 'validator' &&
      !(open.includes('initial-actions') && className === createPermission)
    )
      add('validator')
    if (name === 'function' && !ownFunctions.test(className)) add('function')
  }
  function add(part: WorkflowPart) {
    parts.push({ part, place: (action ?? step).name, what: className || moduleKey || null })
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
  const nameOf = (id: string) => names.get(id) || id
  for (const id of used) {
    const at = from.get(id)
    if (!everywhere.has(id) && at && at.size < steps.size) {
      const what = [...at].map((one) => steps.get(one) || one).join(', ')
      parts.push({ part: 'limited', place: nameOf(id), what })
    }
    const screen = screens.get(id)
    if (screen !== undefined) parts.push({ part: 'screen', place: nameOf(id), what: screen })
  }
  return { transitions: used.length, parts }
}

/** Which column of a workflow counts which of its parts. */
const counted = [
  ['limited', 'limited'],
  ['screens', 'screen'],
  ['conditions', 'condition'],
  ['validators', 'validator'],
  ['functions', 'function'],
] as const satisfies readonly [keyof WorkflowRow, WorkflowPart][]

/** A Workflow of the backup, in numbers and part by part. The descriptor can be large: it passes by, one at a time. */
export function workflowPlan(sink: RecordSink): EntityPlan {
  const columns = ['name', 'transitions', ...counted.map(([column]) => column)]
  const shape: Shape = { table: 'workflow', columns }
  const partShape: Shape = { table: 'workflowPart', columns: ['workflow', 'part', 'place', 'what'] }
  return {
    columns: ['name', 'descriptor'],
    row([name = null, descriptor]) {
      const { transitions, parts } = readWorkflow(descriptor ?? '')
      const numbers = counted.map(([, one]) => parts.filter(({ part }) => part === one).length)
      sink.row(shape, [name, transitions, ...numbers])
      for (const { part, place, what } of parts) sink.row(partShape, [name, part, place, what])
    },
  }
}
