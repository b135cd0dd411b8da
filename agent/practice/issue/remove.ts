import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Call } from '../site.ts'
import { asIssue } from './find.ts'

const belongings = ['comment', 'worklog', 'attachment', 'remoteLink', 'change'] as const

/** Deletes issues with all that belongs to them; their numbers are not given again. */
export function deleteIssues({ store, site }: Call, ids: number[]): void {
  for (const id of ids) {
    for (const { data } of store.all('attachment', id))
      rmSync(join(site.files, data.file), { force: true })
    for (const entity of ['comment', 'worklog'] as const)
      store.run(
        `DELETE FROM property WHERE entity = ? AND id IN (SELECT id FROM thing WHERE kind = ? AND owner = ?)`,
        entity,
        entity,
        id,
      )
    for (const kind of belongings)
      store.run('DELETE FROM thing WHERE kind = ? AND owner = ?', kind, id)
    store.run('DELETE FROM link WHERE inward = ? OR outward = ?', id, id)
    store.run('DELETE FROM watcher WHERE issueId = ?', id)
    store.run('DELETE FROM sprintIssue WHERE issueId = ?', id)
    store.run('DELETE FROM vote WHERE issueId = ?', id)
    store.run(`DELETE FROM property WHERE entity = 'issue' AND id = ?`, id)
    store.run('UPDATE issue SET parentId = NULL WHERE parentId = ?', id)
    store.run('DELETE FROM issue WHERE id = ?', id)
  }
}

/** Takes a component or version out of the issues of a project, or puts another in its place. */
export function replaceInIssues(
  { store }: Call,
  projectId: number,
  field: 'components' | 'fixVersions' | 'versions',
  id: number,
  by: number | null,
): void {
  const sql = `SELECT issue.* FROM issue, json_each(issue.data, '$.${field}') AS each
    WHERE issue.projectId = ? AND each.value = ?`
  for (const row of store.rows(sql, projectId, id)) {
    const { data, id: issue } = asIssue(row)
    const kept = data[field].filter((each) => each !== id)
    if (by !== null && !kept.includes(by)) kept.push(by)
    const changed = JSON.stringify({ ...data, [field]: kept })
    store.run('UPDATE issue SET data = ? WHERE id = ?', changed, issue)
  }
}
