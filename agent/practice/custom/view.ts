import type { Thing } from '../kinds.ts'
import { type Call, stamp } from '../site.ts'
import { projectIdentity, userView, versionIdentity } from '../views.ts'
import { typeOf } from './find.ts'
import type { Shape } from './types.ts'

export function optionView(call: Call, { id, data }: Thing<'fieldOption'>) {
  return {
    self: `${call.base}/rest/api/3/customFieldOption/${id}`,
    value: data.value,
    id: String(id),
  }
}

function option(call: Call, id: number) {
  const found = call.store.get('fieldOption', id)
  return found ? optionView(call, found) : null
}

const same = (_call: Call, value: never): unknown => value
const views: Record<Shape, (call: Call, value: never) => unknown> = {
  text: same,
  'rich text': same,
  number: same,
  date: same,
  address: same,
  label: same,
  time: (_call, value: number) => stamp(value),
  option,
  'two options': (call, { parent, child }: { parent: number; child: number | null }) => ({
    ...option(call, parent),
    ...(child === null ? {} : { child: option(call, child) }),
  }),
  user: (call, accountId: string) => userView(call, accountId),
  group: (call, id: number) => {
    const group = call.store.get('group', id)?.data
    return group
      ? {
          name: group.name,
          groupId: group.groupId,
          self: `${call.base}/rest/api/3/group?groupId=${group.groupId}`,
        }
      : null
  },
  version: (call, id: number) => {
    const version = call.store.get('version', id)
    return version ? versionIdentity(call, version) : null
  },
  project: (call, id: number) => {
    const project = call.store.get('project', id)
    return project ? projectIdentity(call, project) : null
  },
}

/** A kept value as an issue shows it; null where there is none. */
export function customView(call: Call, field: Thing<'customField'>, value: unknown): unknown {
  if (value === null || value === undefined) return null
  const { shape, many } = typeOf(field)
  const view = views[shape]
  if (!many) return view(call, value as never)
  return (value as never[]).map((each) => view(call, each)).filter((each) => each !== null)
}
