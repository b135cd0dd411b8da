import { anyField, contextOf, findCustom, typeOf } from '../custom/find.ts'
import { hasOptions } from '../custom/types.ts'
import { optionView } from '../custom/view.ts'
import type { Field } from '../fields.ts'
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
      return options(call, project, typeId, field)
  }
}

/** The enabled options of a list, with those under them; or the versions of a field of versions. */
function options(call: Call, project: Thing<'project'>, typeId: number, field: Field) {
  const custom = findCustom(call.store, field.id)
  if (!custom) return undefined
  const type = typeOf(custom)
  if (type.shape === 'version')
    return call.store.all('version', project.id).map((each) => versionIdentity(call, each))
  const context = hasOptions(type) && contextOf(call.store, custom, project.id, typeId)
  if (!context) return undefined
  const all = call.store.all('fieldOption', context.id).filter(({ data }) => !data.disabled)
  const under = (parent: number | null) => all.filter(({ data }) => data.parent === parent)
  return under(null).map((each) => {
    const children = under(each.id).map((child) => optionView(call, child))
    return { ...optionView(call, each), ...(children.length ? { children } : {}) }
  })
}

const many = ['add', 'set', 'remove']
const required = new Set(['summary', 'issuetype', 'project'])

/** What a screen says about one field. */
export function fieldMeta(call: Call, project: Thing<'project'>, typeId: number, id: string) {
  const field = anyField(call.store, id)
  if (!field) return undefined
  const custom = findCustom(call.store, id)
  if (custom && !contextOf(call.store, custom, project.id, typeId)) return undefined
  const subtask = (call.store.get('issueType', typeId)?.data.hierarchyLevel ?? 0) < 0
  const values = allowed(call, project, typeId, field)
  return {
    required: required.has(id) || (id === 'parent' && subtask),
    schema: field.schema,
    name: field.name,
    key: id,
    hasDefaultValue: id === 'priority' || id === 'reporter',
    operations: operations[id] ?? (custom && typeOf(custom).many ? many : ['set']),
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
