import { foreignDashboards } from './foreign-dashboards.ts'
import { type ForeignIds, idIn, putId } from './foreign-frame.ts'
import type { ForeignContext } from './foreign-issues.ts'
import type { ForeignRow } from './foreign-source.ts'

/** Filters, boards, sprints with their issues, and dashboards. */
export async function foreignAgile({ source, site, ids }: ForeignContext): Promise<void> {
  for (const row of source.rows('SearchRequest')) {
    const { id } = await site.ask<{ id: string }>('POST', '/rest/api/3/filter', {
      name: row.name,
      jql: row.request,
      ...(row.description ? { description: row.description } : {}),
      sharePermissions: source
        .rows('SharePermissions')
        .filter((one) => one.entityType === 'SearchRequest' && one.entityId === row.id)
        .flatMap((one) => shareOf(one, ids)),
    })
    putId(ids, 'jira:filter', row.id ?? '', String(id))
  }
  for (const row of source.table('AO_60DB71_RAPIDVIEW')) {
    const filter = idIn(ids, 'jira:filter', row.SAVED_FILTER_ID)
    const jql = source.rows('SearchRequest').find((one) => one.id === row.SAVED_FILTER_ID)?.request
    const key = /project = (\w+)/.exec(jql ?? '')?.[1]
    const { id } = await site.ask<{ id: number }>('POST', '/rest/agile/1.0/board', {
      name: row.NAME,
      type: row.SPRINTS_ENABLED === 'true' ? 'scrum' : 'kanban',
      filterId: Number(filter),
      location: key ? { type: 'project', projectKeyOrId: key } : { type: 'user' },
    })
    putId(ids, 'jira/classic/software:rapidView', row.ID ?? '', String(id))
  }
  for (const row of source.table('AO_60DB71_SPRINT')) await sprint({ source, site, ids }, row)
  await foreignDashboards({ source, site, ids })
}

/** How the official API document has the source's ways to share. */
export function shareOf(row: ForeignRow, ids: ForeignIds): object[] {
  if (row.type === 'loggedin') return [{ type: 'authenticated' }]
  if (row.type === 'global') return [{ type: 'global' }]
  if (row.type === 'group') {
    const groupId = idIn(ids, 'identity:group', row.param1)
    return groupId ? [{ type: 'group', group: { groupId } }] : []
  }
  const project = idIn(ids, 'jira/classic:project', row.param1)
  const role = row.param2 ? idIn(ids, 'jira:projectRole', row.param2) : null
  if (!project) return []
  return [
    role
      ? { type: 'projectRole', project: { id: project }, role: { id: role } }
      : { type: 'project', project: { id: project } },
  ]
}

async function sprint(
  { source, site, ids }: Pick<ForeignContext, 'source' | 'site' | 'ids'>,
  row: Record<string, string>,
): Promise<void> {
  const time = (ms: string | undefined) => (ms ? new Date(Number(ms)).toISOString() : undefined)
  const { id } = await site.ask<{ id: number }>('POST', '/rest/agile/1.0/sprint', {
    name: row.NAME,
    originBoardId: Number(idIn(ids, 'jira/classic/software:rapidView', row.RAPID_VIEW_ID)),
    ...(row.GOAL ? { goal: row.GOAL } : {}),
    ...(row.START_DATE ? { startDate: time(row.START_DATE), endDate: time(row.END_DATE) } : {}),
  })
  putId(ids, 'jira/classic/software:sprint', row.ID ?? '', String(id))
  const path = `/rest/agile/1.0/sprint/${id}`
  const field = source
    .rows('CustomField')
    .find((one) => one.customfieldtypekey?.endsWith('gh-sprint'))
  const issues = source
    .rows('CustomFieldValue')
    .filter((one) => one.customfield === field?.id && one.stringvalue === row.ID)
    .flatMap((one) => idIn(ids, 'jira:issue', one.issue) ?? [])
  if (row.STARTED === 'true') await site.ask('POST', path, { state: 'active' })
  for (let from = 0; from < issues.length; from += 50)
    await site.ask('POST', `${path}/issue`, { issues: issues.slice(from, from + 50) })
  if (row.CLOSED === 'true') await site.ask('POST', path, { state: 'closed' })
}
