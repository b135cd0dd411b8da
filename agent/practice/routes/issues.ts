import { type Answer, made, nothing, ok, Refusal, refuse } from '../answer.ts'
import { list, object, strings } from '../input.ts'
import { createIssue, type Plan, planIssue } from '../issue/create.ts'
import { editIssue } from '../issue/edit.ts'
import { findIssue, keyOf, needIssue } from '../issue/find.ts'
import { deleteIssues } from '../issue/remove.ts'
import { issueView, wantedFields } from '../issue/view.ts'
import { type Call, param, type Route } from '../site.ts'
import { changeView } from '../views.ts'

/** Issues in one bulk request, by the documents. */
const mostInBulk = 50
/** Issues in one bulk fetch, by the documents. */
const mostFetched = 100

const identity = (call: Call, { id, key }: { id: number; key: string }) => ({
  id: String(id),
  key,
  self: `${call.base}/rest/api/3/issue/${id}`,
})

/** All elements are checked before the first is written, so a parent has to be there already. */
function createIssues(call: Call): Answer {
  const elements = list(object(call.body).issueUpdates, 'issueUpdates')
  if (elements.length === 0) refuse(400, 'No issues were specified.')
  if (elements.length > mostInBulk)
    refuse(400, `You can create at most ${mostInBulk} issues in one request.`)
  const errors: unknown[] = []
  const plans: Plan[] = []
  for (const [failedElementNumber, element] of elements.entries())
    try {
      plans.push(planIssue(call, element))
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      errors.push({ status: 400, elementErrors: cause.body, failedElementNumber })
    }
  const issues = plans.map((plan) => identity(call, createIssue(call, plan)))
  return { status: issues.length > 0 ? 201 : 400, body: { issues, errors } }
}

function createOne(call: Call) {
  return made(identity(call, createIssue(call, planIssue(call, object(call.body)))))
}

const listed = (call: Call, name: string) =>
  call.query
    .getAll(name)
    .flatMap((each) => each.split(','))
    .filter(Boolean)

function getIssue(call: Call) {
  const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
  const view = issueView(call, issue, {
    fields: wantedFields(call, listed(call, 'fields'), '*all'),
    properties: listed(call, 'properties'),
    comments: 100,
  })
  if (!listed(call, 'expand').includes('changelog')) return ok(view)
  const histories = call.store.all('change', issue.id).map((each) => changeView(call, each))
  const page = { startAt: 0, maxResults: histories.length, total: histories.length, histories }
  return ok({ ...view, changelog: page })
}

function updateIssue(call: Call) {
  const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
  const changed = editIssue(call, issue, object(call.body))
  if (call.query.get('returnIssue') !== 'true') return nothing()
  const fields = wantedFields(call, [], '*all')
  return ok(issueView(call, changed, { fields, properties: [], comments: 100 }))
}

function deleteIssue(call: Call) {
  const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
  const children = call.store.rows('SELECT id, typeId FROM issue WHERE parentId = ?', issue.id)
  const subtasks = children.filter(
    ({ typeId }) => (call.store.get('issueType', Number(typeId))?.data.hierarchyLevel ?? 0) < 0,
  )
  if (subtasks.length > 0 && call.query.get('deleteSubtasks') !== 'true')
    refuse(
      400,
      `The issue '${keyOf(call.store, issue)}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    )
  deleteIssues(call, [...subtasks.map(({ id }) => Number(id)), issue.id])
  return nothing()
}

function bulkFetch(call: Call) {
  const body = object(call.body)
  const asked = strings(body.issueIdsOrKeys, 'issueIdsOrKeys')
  if (asked.length === 0) refuse(400, 'The issueIdsOrKeys must not be empty.')
  if (asked.length > mostFetched)
    refuse(400, `At most ${mostFetched} issues can be fetched in one request.`)
  const want = {
    fields: wantedFields(call, strings(body.fields ?? [], 'fields'), '*navigable'),
    properties: strings(body.properties ?? [], 'properties'),
    comments: 20,
  }
  const found = new Map(asked.map((each) => [each, findIssue(call.store, each)]))
  const issues = new Map([...found.values()].flatMap((each) => (each ? [[each.id, each]] : [])))
  return ok({
    // Answered by rising id, not in the order of the question.
    issues: [...issues.values()]
      .toSorted((a, b) => a.id - b.id)
      .map((issue) => issueView(call, issue, want)),
    issueErrors: [...found].flatMap(([id, issue]) =>
      issue
        ? []
        : { id, errorMessage: 'Issue does not exist or you do not have permission to see it.' },
    ),
  })
}

export const issueRoutes: Route[] = [
  ['POST', '/rest/api/3/issue', createOne],
  ['POST', '/rest/api/3/issue/bulk', createIssues],
  ['POST', '/rest/api/3/issue/bulkfetch', bulkFetch],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}', getIssue],
  ['PUT', '/rest/api/3/issue/{issueIdOrKey}', updateIssue],
  ['DELETE', '/rest/api/3/issue/{issueIdOrKey}', deleteIssue],
]
