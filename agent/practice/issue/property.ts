import { refuse } from '../answer.ts'
import type { Store } from '../store.ts'

export type Entity = 'issue' | 'comment' | 'worklog' | 'project' | 'user' | 'gadget'
/** The longest value of an entity property, as JSON, and the longest key. */
const longestValue = 32_768
const longestKey = 255

/** Sets a property; answers true when it is new. */
export function putProperty(store: Store, entity: Entity, id: number, key: string, value: unknown) {
  if (key.length > longestKey) refuse(400, 'The property key cannot be longer than 255 characters.')
  const json = JSON.stringify(value ?? null)
  if (json.length > longestValue)
    refuse(400, `The property value cannot be longer than ${longestValue} characters.`)
  const fresh = getProperty(store, entity, id, key) === undefined
  const sql =
    'INSERT INTO property VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
  store.run(sql, entity, id, key, json)
  return fresh
}

export function getProperty(store: Store, entity: Entity, id: number, key: string): unknown {
  const sql = 'SELECT value FROM property WHERE entity = ? AND id = ? AND key = ?'
  const row = store.row(sql, entity, id, key)
  return row && (JSON.parse(String(row.value)) as unknown)
}

export function properties(store: Store, entity: Entity, id: number) {
  const sql = 'SELECT key, value FROM property WHERE entity = ? AND id = ? ORDER BY key'
  return store
    .rows(sql, entity, id)
    .map((row) => ({ key: String(row.key), value: JSON.parse(String(row.value)) as unknown }))
}

export const dropProperty = (store: Store, entity: Entity, id: number, key: string): boolean =>
  store.run('DELETE FROM property WHERE entity = ? AND id = ? AND key = ?', entity, id, key) > 0
