import { plain } from '../adf.ts'
import type { Store } from '../store.ts'
import { account } from '../views.ts'
import { customId, typeOf } from './find.ts'
import type { Shape } from './types.ts'

const option = (store: Store, id: number) => store.get('fieldOption', id)?.data.value ?? ''
const same = (_store: Store, value: never) => String(value)

const texts: Record<Shape, (store: Store, value: never) => string> = {
  text: same,
  number: same,
  date: same,
  address: same,
  label: same,
  'rich text': (_store, value) => plain(value),
  time: (_store, value: number) => new Date(value).toUTCString(),
  option,
  'two options': (store, { parent, child }: { parent: number; child: number | null }) =>
    [parent, child].flatMap((id) => (id === null ? [] : option(store, id))).join(' - '),
  user: (store, id: string) => account(store, id)?.displayName ?? 'Former user',
  group: (store, id: number) => store.get('group', id)?.data.name ?? '',
  version: (store, id: number) => store.get('version', id)?.data.name ?? '',
  project: (store, id: number) => store.get('project', id)?.data.name ?? '',
}

/** The custom fields of an issue that hold something, by name, as a page shows them. */
export function customTexts(store: Store, values: Record<string, unknown>): [string, string][] {
  return store.all('customField').flatMap((field) => {
    const value = values[customId(field.id)]
    if (value === null || value === undefined) return []
    const text = texts[typeOf(field).shape]
    const all = Array.isArray(value) ? value : [value]
    return [[field.data.name, all.map((each) => text(store, each as never)).join(', ')]]
  })
}
