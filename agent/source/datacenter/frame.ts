import type { SourceClient } from './client.ts'
import type { Rows } from './rows.ts'
import { flag, idOf, type Json, record, records, text } from './shapes.ts'

/** Link types that Jira keeps for itself and does not list, by the style that backups give them. */
export const subtaskType = 'subtask'
export const epicType = 'epic'

export interface Frame {
  /** Role names in lower case to their ids: comments name a role by its name. */
  roles: ReadonlyMap<string, string>
}

const nameOf = (row: Json) => text(row.name) ?? ''

/** What the whole source shares: types, statuses, priorities, resolutions, link types, roles, categories. */
export async function readFrame(client: SourceClient, rows: Rows): Promise<Frame> {
  const all = async (path: string) => records(await client.get(`/rest/api/2/${path}`))
  const roles = new Map<string, string>()
  for (const [sequence, row] of (await all('issuetype')).entries())
    rows.add('issueType', { ...named(row), subtask: flag(row.subtask), sequence })
  for (const [sequence, row] of (await all('status')).entries())
    rows.add('status', {
      ...named(row),
      category: idOf(record(row.statusCategory).id),
      sequence,
    })
  for (const [sequence, row] of (await all('priority')).entries())
    rows.add('priority', { ...named(row), color: text(row.statusColor), sequence })
  for (const [sequence, row] of (await all('resolution')).entries())
    rows.add('resolution', { ...named(row), sequence })
  // Where links are turned off, the answer is a refusal.
  const linkTypes = record(await client.find('/rest/api/2/issueLinkType'))
  for (const row of records(linkTypes.issueLinkTypes))
    rows.add('linkType', {
      id: idOf(row.id) ?? nameOf(row),
      name: nameOf(row),
      inward: text(row.inward),
      outward: text(row.outward),
      style: null,
    })
  for (const row of records(await client.find('/rest/api/2/projectCategory')))
    rows.add('projectCategory', named(row))
  for (const row of records(await client.find('/rest/api/2/role'))) {
    rows.add('role', named(row))
    roles.set(nameOf(row).toLowerCase(), idOf(row.id) ?? '')
  }
  return { roles }
}

/** The types of links that Jira keeps for itself, once it is known that there are such links. */
export function addOwnLinkTypes(rows: Rows, used: ReadonlySet<string>): void {
  const add = (id: string, name: string, style: string, inward: string, outward: string) => {
    if (used.has(id)) rows.add('linkType', { id, name, inward, outward, style })
  }
  add(
    subtaskType,
    'jira_subtask_link',
    'jira_subtask',
    'jira_subtask_inward',
    'jira_subtask_outward',
  )
  add(epicType, 'Epic-Story Link', 'jira_gh_epic_story', 'has Epic', 'is Epic of')
}

const named = (row: Json) => ({
  id: idOf(row.id) ?? '',
  name: nameOf(row),
  description: text(row.description),
})
