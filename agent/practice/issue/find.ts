import { refuse } from '../answer.ts'
import type { Issue, Thing } from '../kinds.ts'
import type { Store } from '../store.ts'

type Row = ReturnType<Store['row']>

export const asIssue = (row: NonNullable<Row>): Issue => ({
  id: Number(row.id),
  projectId: Number(row.projectId),
  number: Number(row.number),
  typeId: Number(row.typeId),
  statusId: Number(row.statusId),
  parentId: row.parentId === null ? null : Number(row.parentId),
  created: Number(row.created),
  updated: Number(row.updated),
  data: JSON.parse(String(row.data)) as Issue['data'],
})

/** The project of this id or key; also those in the recycle bin, whose keys stay taken. */
export function anyProject(store: Store, idOrKey: string): Thing<'project'> | undefined {
  if (/^\d+$/.test(idOrKey)) return store.get('project', idOrKey)
  const wanted = idOrKey.toUpperCase()
  return store.all('project').find((each) => each.data.key === wanted)
}

export function findProject(store: Store, idOrKey: string): Thing<'project'> | undefined {
  const found = anyProject(store, idOrKey)
  return found?.data.deleted ? undefined : found
}

export function needProject(store: Store, idOrKey: string): Thing<'project'> {
  const found = findProject(store, idOrKey)
  if (found) return found
  return /^\d+$/.test(idOrKey)
    ? refuse(404, `No project could be found with id '${idOrKey}'.`)
    : refuse(404, `No project could be found with key '${idOrKey}'.`)
}

/** The issue of this id or key, or undefined; an issue of a project in the recycle bin cannot be seen. */
export function findIssue(store: Store, idOrKey: string): Issue | undefined {
  const row = /^\d{1,15}$/.test(idOrKey)
    ? store.row('SELECT * FROM issue WHERE id = ?', Number(idOrKey))
    : byKey(store, idOrKey)
  if (!row || store.get('project', Number(row.projectId))?.data.deleted) return undefined
  return asIssue(row)
}

function byKey(store: Store, key: string): Row {
  const parts = /^([A-Za-z][A-Za-z0-9_]*)-(\d{1,15})$/.exec(key)
  const project = parts?.[1] && findProject(store, parts[1])
  if (!parts || !project) return undefined
  const sql = 'SELECT * FROM issue WHERE projectId = ? AND number = ?'
  return store.row(sql, project.id, Number(parts[2]))
}

export const issueId = (store: Store, idOrKey: string): number | undefined =>
  findIssue(store, idOrKey)?.id

export function needIssue(store: Store, idOrKey: string): Issue {
  return (
    findIssue(store, idOrKey) ??
    refuse(404, 'Issue does not exist or you do not have permission to see it.')
  )
}

export const keyOf = (store: Store, issue: Issue): string =>
  `${store.get('project', issue.projectId)?.data.key}-${issue.number}`
