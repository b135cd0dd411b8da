import { type ForeignIds, idIn, putId } from './foreign-frame.ts'
import type { ForeignPeople } from './foreign-people.ts'
import type { ForeignSite } from './foreign-site.ts'
import type { ForeignSource } from './foreign-source.ts'

const assignees: Record<string, string> = {
  0: 'PROJECT_DEFAULT',
  1: 'COMPONENT_LEAD',
  2: 'PROJECT_LEAD',
  3: 'UNASSIGNED',
}
const day = (value: string | undefined) => (value ? { date: value.slice(0, 10) } : null)

/** Projects with their components, versions and the people of their roles. */
export async function foreignProjects(
  source: ForeignSource,
  { ask }: ForeignSite,
  ids: ForeignIds,
  people: ForeignPeople,
  schemes: Record<string, number>,
): Promise<void> {
  const categoryOf = new Map(
    source
      .rows('NodeAssociation')
      .filter((row) => row.associationType === 'ProjectCategory')
      .map((row) => [row.sourceNodeId, row.sinkNodeId]),
  )
  for (const row of source.rows('Project')) {
    const { id = '', key = '', name, description, url, lead, projecttype, assigneetype } = row
    const category = idIn(ids, 'jira:projectCategory', categoryOf.get(id))
    const made = await ask<{ id: number }>('POST', '/rest/api/3/project', {
      ...{ key, name, ...schemes, projectTypeKey: projecttype ?? 'software' },
      leadAccountId: people.byKey.get(lead ?? ''),
      assigneeType: assigneetype === '3' ? 'UNASSIGNED' : 'PROJECT_LEAD',
      ...(description ? { description } : {}),
      ...(url ? { url } : {}),
      ...(category ? { categoryId: Number(category) } : {}),
    })
    putId(ids, 'jira/classic:project', id, String(made.id))
    await parts(source, { ask }, ids, people, { id, key, siteId: made.id })
  }
  for (const row of source.rows('ProjectRoleActor')) {
    const role = idIn(ids, 'jira:projectRole', row.projectroleid)
    const project = idIn(ids, 'jira/classic:project', row.pid)
    const ofGroup = row.roletype?.includes('group')
    const actor = ofGroup
      ? idIn(ids, 'identity:group', row.roletypeparameter)
      : people.byKey.get(row.roletypeparameter ?? '')
    if (role && project && actor)
      await ask('POST', `/rest/api/3/project/${project}/role/${role}`, {
        [ofGroup ? 'groupId' : 'user']: [actor],
      })
  }
}

async function parts(
  source: ForeignSource,
  { ask }: Pick<ForeignSite, 'ask'>,
  ids: ForeignIds,
  people: ForeignPeople,
  project: { id: string; key: string; siteId: number },
): Promise<void> {
  const names = new Map<string, string>()
  for (const row of source.rows('Component').filter((one) => one.project === project.id)) {
    const { id = '', name = '', description, lead, assigneetype } = row
    // The site takes each name once: a second one is the same component.
    const twin = names.get(name.toLowerCase())
    const made = twin
      ? { id: twin }
      : await ask<{ id: string }>('POST', '/rest/api/3/component', {
          ...{ project: project.key, name, assigneeType: assignees[assigneetype ?? '0'] },
          ...(description ? { description } : {}),
          ...(lead ? { leadAccountId: people.byKey.get(lead) } : {}),
        })
    names.set(name.toLowerCase(), made.id)
    putId(ids, 'jira:projectComponent', id, made.id)
  }
  for (const row of source.rows('Version').filter((one) => one.project === project.id)) {
    const made = await ask<{ id: string }>('POST', '/rest/api/3/version', {
      ...{ projectId: project.siteId, name: row.name },
      ...(row.description ? { description: row.description } : {}),
      ...(day(row.startdate) ? { startDate: day(row.startdate)?.date } : {}),
      ...(day(row.releasedate) ? { releaseDate: day(row.releasedate)?.date } : {}),
      ...{ released: row.released === 'true', archived: row.archived === 'true' },
    })
    putId(ids, 'jira:projectVersion', row.id ?? '', made.id)
  }
}
