import { type Field, fieldById } from '../fields.ts'
import type { Thing } from '../kinds.ts'
import type { Call } from '../site.ts'
import {
  componentIdentity,
  issueTypeView,
  priorityView,
  projectIdentity,
  resolutionView,
  screenFields,
  versionIdentity,
} from '../views.ts'

const operations: Record<string, string[]> = {
  labels: ['add', 'set', 'remove'],
  components: ['add', 'set', 'remove'],
  fixVersions: ['set', 'add', 'remove'],
  versions: ['set', 'add', 'remove'],
  issuelinks: ['add', 'copy'],
  attachment: ['set', 'copy'],
  timetracking: ['set', 'edit'],
}

function allowed(call: Call, project: Thing<'project'>, typeId: number, field: Field) {
  const { store } = call
  switch (field.id) {
    case 'priority':
      return store.all('priority').map((each) => priorityView(call, each))
    case 'resolution':
      return store.all('resolution').map((each) => resolutionView(call, each))
    case 'components':
      return store.all('component', project.id).map((each) => componentIdentity(call, each))
    case 'fixVersions':
    case 'versions':
      return store.all('version', project.id).map((each) => versionIdentity(call, each))
    case 'issuetype':
      return store
        .all('issueType')
        .filter(({ id }) => id === typeId)
        .map((each) => issueTypeView(call, each))
    case 'project':
      return [projectIdentity(call, project)]
    default:
      return undefined
  }
}

const required = new Set(['summary', 'issuetype', 'project'])

/** What a screen says about one field. */
export function fieldMeta(call: Call, project: Thing<'project'>, typeId: number, id: string) {
  const field = fieldById(id)
  if (!field) return undefined
  const subtask = (call.store.get('issueType', typeId)?.data.hierarchyLevel ?? 0) < 0
  const values = allowed(call, project, typeId, field)
  return {
    required: required.has(id) || (id === 'parent' && subtask),
    schema: field.schema,
    name: field.name,
    key: id,
    hasDefaultValue: id === 'priority' || id === 'reporter',
    operations: operations[id] ?? ['set'],
    ...(values ? { allowedValues: values } : {}),
  }
}

/** The fields of a project's screen for an issue type, with what may be set in each. */
export function screenMeta(
  call: Call,
  project: Thing<'project'>,
  typeId: number,
  screen: 'create' | 'edit',
) {
  const ids = new Set(screenFields(call.store, project.data, typeId, screen))
  if (screen === 'create') ids.add('project').add('issuetype')
  return [...ids].flatMap((id) => {
    const meta = fieldMeta(call, project, typeId, id)
    return meta ? [[id, meta] as const] : []
  })
}
