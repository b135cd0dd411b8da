import { must } from '../../../shared/assert.ts'
import { type Answer, nothing, ok, refuse } from '../answer.ts'
import { isObject, object } from '../input.ts'
import { saveIssue } from '../issue/edit.ts'
import { needIssue } from '../issue/find.ts'
import { fieldMeta } from '../issue/meta.ts'
import { readFields } from '../issue/read-fields.ts'
import { resolutionBy, screenOf, transitionsFrom, workflowOf } from '../issue/workflow.ts'
import type { Issue } from '../kinds.ts'
import { type Call, param, type Route } from '../site.ts'
import { statusView } from '../views.ts'
import { addComment } from './comments.ts'

function here(call: Call) {
  const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
  const project = must(call.store.get('project', issue.projectId), 'an issue has a project')
  const workflow = workflowOf(call.store, project.data, issue.typeId)
  return { issue, project, transitions: transitionsFrom(workflow, issue.statusId) }
}

function listTransitions(call: Call): Answer {
  const { issue, project, transitions } = here(call)
  const only = call.query.get('transitionId')
  const withFields = call.query.get('expand')?.split(',').includes('transitions.fields')
  const shown = transitions.filter(({ id }) => only === null || id === only)
  return ok({
    expand: 'transitions',
    transitions: shown.map((transition) => {
      const to = must(call.store.get('status', transition.toStatusReference), 'a status is missing')
      const screen = screenOf(call.store, transition)
      const fields = [...screen].map((id) => [id, fieldMeta(call, project, issue.typeId, id)])
      return {
        id: transition.id,
        name: transition.name,
        to: statusView(call, to),
        hasScreen: screen.size > 0,
        isGlobal: transition.type === 'GLOBAL',
        isInitial: false,
        isAvailable: true,
        isConditional: false,
        ...(withFields ? { fields: Object.fromEntries(fields) } : {}),
        looped: to.id === issue.statusId,
      }
    }),
  })
}

/** Moves the issue, sets what stands on the transition's screen, and runs its post functions. */
function move(call: Call): Answer {
  const body = object(call.body)
  const { issue, project, transitions } = here(call)
  const wanted = isObject(body.transition) ? body.transition.id : undefined
  if (wanted === undefined) refuse(400, "Missing 'transition' identifier")
  const transition = transitions.find(({ id }) => id === String(wanted))
  if (!transition) refuse(400, `Transition id '${wanted}' is not valid for this issue.`)
  const screen = screenOf(call.store, transition)
  const patch = readFields(object(body.fields ?? {}), screen, {
    call,
    project,
    typeId: issue.typeId,
    custom: issue.data.custom ?? {},
  })
  const byRule = resolutionBy(transition)
  const after: Issue = {
    ...issue,
    statusId: Number(transition.toStatusReference),
    data: { ...issue.data, ...(byRule === undefined ? {} : { resolutionId: byRule }), ...patch },
  }
  saveIssue(call, issue, after)
  const comments =
    isObject(body.update) && Array.isArray(body.update.comment) ? body.update.comment : []
  for (const each of comments.filter(isObject))
    if (isObject(each.add)) addComment(call, issue, each.add)
  return nothing()
}

const transitions = '/rest/api/3/issue/{issueIdOrKey}/transitions'
export const transitionRoutes: Route[] = [
  ['GET', transitions, listTransitions],
  ['POST', transitions, move],
]
