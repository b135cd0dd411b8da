import type { WorkflowPart, WorkflowRow } from '../../../shared/workflow-rows.ts'
import {
  type CheckContext,
  type CheckOffender,
  check,
  chosen,
  fine,
  isLive,
  notAsked,
  plural,
  warn,
} from './check.ts'

/** The workflow that Jira brings itself, which projects without a scheme have; it stands in no backup. */
const own = 'jira'

/** The workflows of each project by name, as its scheme gives them to issue types; each once. */
function workflowsOf({ snapshot }: CheckContext): (projectId: string) => Iterable<string> {
  const schemes = new Map<string, string>()
  for (const { projectId, kind, schemeId } of snapshot.rows('projectScheme'))
    if (kind === 'workflow') schemes.set(projectId, schemeId)
  const uses = new Map<string, Set<string>>()
  for (const { schemeId, workflow } of snapshot.rows('workflowUse'))
    uses.set(schemeId, (uses.get(schemeId) ?? new Set()).add(workflow))
  return (projectId) => uses.get(schemes.get(projectId) ?? '') ?? [own]
}

const parts = [
  ['validators', 'validator', 'validator', 'validators'],
  ['conditions', 'condition', 'condition', 'conditions'],
  ['functions', 'function', 'post function', 'post functions'],
  ['screens', 'screen', 'transition with a screen', 'transitions with a screen'],
  [
    'limited',
    'limited',
    'transition that only some statuses have',
    'transitions that only some statuses have',
  ],
] as const satisfies readonly [keyof WorkflowRow, WorkflowPart, string, string][]

type Told = Pick<CheckOffender, 'detail' | 'counts'>

/** What of a workflow the simple one of the site has not, each number with what it counts; null where that is nothing. */
function lost(row: WorkflowRow): Told | null {
  const counts = parts.flatMap(([column, part, one, many]) => {
    const words = plural(row[column], one, many)
    const at = { at: 'source', list: 'workflowPart', workflow: row.name, part } as const
    return row[column] ? [{ ...at, words }] : []
  })
  if (counts.length === 0) return null
  const told = counts.map(({ words }) => words).join(', ')
  return { detail: `Workflow "${row.name}": ${told}.`, counts }
}

const ofJira =
  "Jira's own workflow: its transitions belong to single statuses and ask for permissions; on the site each status can be reached from each."

function whatIsLost(name: string, rows: ReadonlyMap<string, WorkflowRow>): Told | null {
  const row = rows.get(name)
  if (row) return lost(row)
  return { detail: name === own ? ofJira : `Workflow "${name}" is not in the source.` }
}

export const workflows = check({
  key: 'workflows',
  group: 'projects',
  title: 'Workflows that are simplified',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    if (isLive(context)) return
    const rows = new Map([...context.snapshot.rows('workflow')].map((row) => [row.name, row]))
    const of = workflowsOf(context)
    for (const { id, key, name } of chosen(context))
      for (const workflow of of(id)) {
        const told = whatIsLost(workflow, rows)
        if (told) yield { subject: `${key} ${name}`, projectKey: key, ...told }
      }
  },
  say(n, context) {
    if (isLive(context))
      return notAsked(
        'A live source shows no transitions, conditions, validators and post functions, so what its workflows lose cannot be told.',
        'A backup of this Jira shows them. Each project gets a simple workflow with its statuses, each of which can be reached from each.',
      )
    return n
      ? warn(
          `${plural(n, 'workflow of a project becomes', 'workflows of projects become')} a simple one with the same statuses, each of which can be reached from each: what is listed does not move.`,
          'Build what people need again on the site afterwards; no issue is changed by that.',
        )
      : fine('No project loses anything by the simple workflow that it gets.')
  },
})
