import { Refusal, refuse, refuseField } from '../answer.ts'
import { isObject, list, object } from '../input.ts'
import type { IssueData, Thing } from '../kinds.ts'
import type { Call } from '../site.ts'
import { screenFields } from '../views.ts'
import { findIssue, findProject } from './find.ts'
import { putProperty } from './property.ts'
import { readFields } from './read-fields.ts'
import { watchMyself } from './watch.ts'
import { initialStatus, workflowOf } from './workflow.ts'

/** A request that was found right: all that is left is to write it. */
export interface Plan {
  project: Thing<'project'>
  typeId: number
  statusId: number
  parentId: number | null
  patch: Partial<IssueData>
  properties: { key: string; value: unknown }[]
}

/** Checks one element of a create request; throws a Refusal with an error for each wrong field. */
export function planIssue(call: Call, element: unknown): Plan {
  const given = object(object(element).fields ?? {})
  const errors: Record<string, string> = {}
  const messages: string[] = []
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      Object.assign(errors, cause.body.errors)
      messages.push(...cause.body.errorMessages)
      return undefined
    }
  }
  const project = attempt(() => readProject(call, given.project))
  const type = project && attempt(() => readType(call, project, given.issuetype))
  const parentId = project && type && attempt(() => readParent(call, project, type, given.parent))
  const patch =
    project &&
    type &&
    attempt(() => {
      const screen = screenFields(call.store, project.data, type.id, 'create')
      return readFields(given, screen, { call, project, typeId: type.id, custom: {} })
    })
  if (!given.summary && !errors.summary && project)
    errors.summary = 'You must specify a summary of the issue.'
  const properties = attempt(() => readProperties(object(element).properties)) ?? []
  if (Object.keys(errors).length + messages.length > 0 || !project || !type || !patch)
    throw new Refusal(400, messages, errors)
  const statusId = initialStatus(workflowOf(call.store, project.data, type.id))
  return { project, typeId: type.id, statusId, parentId: parentId ?? null, patch, properties }
}

function readProject(call: Call, value: unknown): Thing<'project'> {
  const { id, key } = isObject(value) ? value : {}
  const wanted = id ?? key
  if (wanted === undefined) refuseField('project', 'Specify a valid project ID or key')
  return (
    findProject(call.store, String(wanted)) ?? refuseField('project', 'valid project is required')
  )
}

function readType(call: Call, project: Thing<'project'>, value: unknown): Thing<'issueType'> {
  const { id, name } = isObject(value) ? value : {}
  if (id === undefined && name === undefined) refuseField('issuetype', 'Specify an issue type')
  const scheme = call.store.get('issueTypeScheme', project.data.issueTypeSchemeId)
  const found =
    id === undefined
      ? call.store.byName('issueType', String(name))
      : call.store.get('issueType', String(id))
  if (!found || !scheme?.data.issueTypeIds.includes(String(found.id)))
    refuseField('issuetype', 'The issue type selected is invalid.')
  return found
}

/** A parent is one level above: tasks under epics, sub-tasks under tasks of the same project. */
export function readParent(
  call: Call,
  project: Thing<'project'>,
  type: Thing<'issueType'>,
  value: unknown,
): number | null {
  const level = type.data.hierarchyLevel
  const { id, key } = isObject(value) ? value : {}
  const wanted = id ?? key
  if (wanted === undefined || wanted === null) {
    if (level < 0)
      refuseField('issuetype', 'Issue type is a sub-task but parent issue key or id not specified.')
    return null
  }
  const parent = findIssue(call.store, String(wanted))
  if (!parent) refuseField('parent', 'Could not find issue by id or key.')
  const above = call.store.get('issueType', parent.typeId)?.data.hierarchyLevel
  if (above !== level + 1)
    refuseField('parentId', 'Given parent work item does not belong to appropriate hierarchy.')
  if (level < 0 && parent.projectId !== project.id)
    throw new Refusal(400, [], {
      issuetype: 'The issue type selected is invalid.',
      project: 'Sub-tasks must be created in the same project as the parent.',
    })
  return parent.id
}

export function readProperties(value: unknown): { key: string; value: unknown }[] {
  return list(value ?? [], 'properties').map((each) => {
    const { key, value } = object(each)
    if (typeof key !== 'string' || key === '') refuse(400, 'The property key is required.')
    return { key, value }
  })
}

/** The default assignee: that of the project, where nobody was named. */
function automatic(call: Call, { data }: Thing<'project'>, components: number[]): string | null {
  for (const id of components) {
    const component = call.store.get('component', id)?.data
    if (component?.assigneeType === 'COMPONENT_LEAD') return component.leadAccountId
    if (component?.assigneeType === 'PROJECT_LEAD') return data.leadAccountId
    if (component?.assigneeType === 'UNASSIGNED') return null
  }
  return data.assigneeType === 'PROJECT_LEAD' ? data.leadAccountId : null
}

/** Writes a planned issue with the next number of its project; answers its id and key. */
export function createIssue(call: Call, plan: Plan): { id: number; key: string } {
  const { store, site } = call
  const { project, patch } = plan
  const now = site.now()
  const medium = store.all('priority').find(({ data }) => data.isDefault)?.id ?? null
  const data: IssueData = {
    summary: patch.summary ?? '',
    description: null,
    environment: null,
    resolutionId: null,
    resolutionDate: patch.resolutionId ? now : null,
    creator: site.me,
    reporter: site.me,
    labels: [],
    components: [],
    fixVersions: [],
    versions: [],
    duedate: null,
    timeSpent: null,
    statusChanged: now,
    ...patch,
    ...(patch.assignee === undefined
      ? { assignee: automatic(call, project, patch.components ?? []) }
      : { assignee: patch.assignee }),
    priorityId: patch.priorityId ?? medium,
    ...estimates(patch),
  }
  const number = store.next(`issues of ${project.id}`, 1)
  const id = store.next('issue', 10_000)
  store.run(
    'INSERT INTO issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    project.id,
    number,
    plan.typeId,
    plan.statusId,
    plan.parentId,
    now,
    now,
    JSON.stringify(data),
  )
  for (const label of data.labels) store.run('INSERT OR IGNORE INTO label VALUES (?)', label)
  for (const { key, value } of plan.properties) putProperty(store, 'issue', id, key, value)
  watchMyself(call, id)
  return { id, key: `${project.data.key}-${number}` }
}

/** An original estimate given alone is also what remains, and the other way round. */
function estimates({ originalEstimate, remainingEstimate }: Partial<IssueData>) {
  return {
    originalEstimate: originalEstimate ?? remainingEstimate ?? null,
    remainingEstimate: remainingEstimate ?? originalEstimate ?? null,
  }
}
