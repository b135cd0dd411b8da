import { must } from '../../../shared/assert.ts'
import { ok, refuse } from '../answer.ts'
import { needIssue, needProject } from '../issue/find.ts'
import { screenMeta } from '../issue/meta.ts'
import { type Call, pageOf, paging, param, type Route } from '../site.ts'
import { issueTypeView } from '../views.ts'
import { issueTypesOf } from './projects.ts'

function createTypes(call: Call) {
  const project = needProject(call.store, param(call, 'projectIdOrKey'))
  const { startAt, maxResults } = paging(call, 50, 200)
  const types = issueTypesOf(call, project)
  return ok({
    startAt,
    maxResults,
    total: types.length,
    issueTypes: types.slice(startAt, startAt + maxResults).map((each) => issueTypeView(call, each)),
  })
}

function createFields(call: Call) {
  const project = needProject(call.store, param(call, 'projectIdOrKey'))
  const wanted = param(call, 'issueTypeId')
  const type = issueTypesOf(call, project).find(({ id }) => String(id) === wanted)
  if (!type) refuse(400, 'The issue type selected is invalid.')
  const { startAt, maxResults } = paging(call, 50, 200)
  const all = screenMeta(call, project, type.id, 'create')
  const shown = all.slice(startAt, startAt + maxResults)
  return ok({
    startAt,
    maxResults,
    total: all.length,
    fields: shown.map(([fieldId, meta]) => ({ ...meta, fieldId })),
  })
}

function editFields(call: Call) {
  const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
  const project = must(call.store.get('project', issue.projectId), 'an issue has a project')
  return ok({ fields: Object.fromEntries(screenMeta(call, project, issue.typeId, 'edit')) })
}

function listLabels(call: Call) {
  const names = call.store.rows('SELECT name FROM label ORDER BY name')
  return ok(pageOf(call, names, ({ name }) => String(name), 1000, 1000))
}

const createmeta = '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes'
export const metaRoutes: Route[] = [
  ['GET', createmeta, createTypes],
  ['GET', `${createmeta}/{issueTypeId}`, createFields],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/editmeta', editFields],
  ['GET', '/rest/api/3/label', listLabels],
]
