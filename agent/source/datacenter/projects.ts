import { noted, type ReadingNote, type Shape } from '../source.ts'
import type { SourceClient } from './client.ts'
import { refKeys } from './limits.ts'
import { inParallel } from './parallel.ts'
import type { People } from './people.ts'
import type { Rows } from './rows.ts'
import { day, flag, idOf, type Json, record, records, text } from './shapes.ts'

export interface Place {
  id: string
  key: string
  archived: boolean
  /** Whether a person wants it to be read; of the others only their names are. */
  chosen: boolean
}

const category: Shape = { table: 'draftProjectCategory', columns: ['projectId', 'categoryId'] }

/**
 * Projects with their keys; of those that were chosen also versions, components, people in roles.
 * @param only keys of those that were chosen; null = all
 */
export async function readProjects(
  client: SourceClient,
  rows: Rows,
  people: People,
  roleIds: Iterable<string>,
  only: readonly string[] | null = null,
): Promise<{ places: Place[]; notes: ReadingNote[] }> {
  const expand = 'description,lead,url,projectKeys'
  const listed = records(await client.get('/rest/api/2/project', { expand, includeArchived: true }))
  const roles = [...roleIds]
  const wanted = only && new Set(only)
  const places: Place[] = []
  let closed = 0
  let nameless = 0
  await inParallel(listed, async (short) => {
    const key = text(short.key) ?? ''
    const chosen = wanted?.has(key) ?? true
    const own = chosen
      ? await client.find(`/rest/api/2/project/${idOf(short.id) ?? key}`, { expand })
      : null
    const project = { ...short, ...record(own) }
    const id = idOf(record(project).id)
    if (id === null) {
      nameless += 1
      rows.draft(noted, ['projects-without-id', key, text(short.name), null, null])
      return
    }
    addProject(rows, people, id, key, project)
    const archived = flag(record(project).archived) === 1
    places.push({ id, key, archived, chosen })
    const name = text(record(project).name)
    if (!chosen) rows.draft(noted, ['projects-not-chosen', name, null, null, id])
    else if (archived) rows.draft(noted, ['archived-projects', name, null, null, id])
    if (!chosen) return
    await readParts(client, rows, people, id)
    await readProperties(client, rows, id)
    if (await readActors(client, rows, people, id, roles)) return
    closed += 1
    rows.draft(noted, ['roles-hidden', name, null, null, id])
  })
  places.sort((a, b) => Number(a.id) - Number(b.id))
  const archived = places.filter((place) => place.archived && place.chosen).length
  const notes: ReadingNote[] = []
  if (archived > 0)
    notes.push({
      code: 'archived-projects',
      text: 'Archived projects: Jira gives their issues to nobody, so these are not read. Restore a project at the source to move them',
      items: archived,
      rows: 'archived-projects',
    })
  if (nameless > 0)
    notes.push({
      code: 'projects-without-id',
      text: 'Projects that are listed, but not told about: they may have been deleted meanwhile, and are not read',
      items: nameless,
      rows: 'projects-without-id',
    })
  if (closed > 0)
    notes.push({
      code: 'roles-hidden',
      text: 'Projects whose people in roles are shown to their administrators only: nobody is put into these roles',
      items: closed,
      rows: 'roles-hidden',
    })
  return { places, notes }
}

function addProject(rows: Rows, people: People, id: string, key: string, project: Json): void {
  rows.add('project', {
    id,
    key,
    originalKey: key,
    name: text(project.name) ?? key,
    description: text(project.description),
    lead: people.ref(project.lead),
    url: text(project.url),
    categoryId: null,
    type: text(project.projectTypeKey),
    assigneeType: text(project.assigneeType),
    counter: null,
    archived: flag(project.archived),
  })
  for (const one of refKeys(project.projectKeys, key))
    rows.add('projectKey', { projectId: id, key: one })
  const categoryId = idOf(record(project.projectCategory).id)
  if (categoryId !== null) rows.draft(category, [id, categoryId])
}

async function readParts(client: SourceClient, rows: Rows, people: People, projectId: string) {
  const at = `/rest/api/2/project/${projectId}`
  for (const row of records(await client.find(`${at}/components`)))
    rows.add('component', {
      id: idOf(row.id) ?? '',
      projectId,
      name: text(row.name) ?? '',
      description: text(row.description),
      lead: people.ref(row.lead),
      assigneeType: text(row.assigneeType),
      archived: flag(row.archived),
    })
  for (const [sequence, row] of records(await client.find(`${at}/versions`)).entries())
    rows.add('version', {
      id: idOf(row.id) ?? '',
      projectId,
      name: text(row.name) ?? '',
      description: text(row.description),
      sequence,
      released: flag(row.released),
      archived: flag(row.archived),
      startDate: day(row.startDate),
      releaseDate: day(row.releaseDate),
    })
}

/** What apps keep on a project. What they keep on issues would take a question for each issue. */
async function readProperties(client: SourceClient, rows: Rows, projectId: string): Promise<void> {
  const at = `/rest/api/2/project/${projectId}/properties`
  for (const one of records(record(await client.find(at)).keys)) {
    const key = text(one.key)
    if (key === null) continue
    const { value } = record(await client.find(`${at}/${encodeURIComponent(key)}`))
    rows.add('property', {
      id: `${projectId}/${key}`,
      entity: 'ProjectProperty',
      entityId: projectId,
      key,
      value: jsonOf(value),
    })
  }
}

/** A property's value as JSON, as a backup has it; some versions answer that text instead of the value. */
function jsonOf(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value !== 'string') return JSON.stringify(value)
  try {
    JSON.parse(value)
    return value
  } catch {
    return JSON.stringify(value)
  }
}

/** @returns whether this account may see who is in the roles. */
async function readActors(
  client: SourceClient,
  rows: Rows,
  people: People,
  projectId: string,
  roleIds: readonly string[],
): Promise<boolean> {
  for (const roleId of roleIds) {
    const answer = await client.find(`/rest/api/2/project/${projectId}/role/${roleId}`)
    if (answer === null) return false
    for (const actor of records(record(answer).actors)) {
      const type = text(actor.type)
      const name = text(actor.name) ?? text(record(actor.actorUser).name)
      if (name === null) continue
      const isUser = type === 'atlassian-user-role-actor'
      rows.add('roleActor', {
        id: idOf(actor.id) ?? `${projectId}/${roleId}/${name}`,
        projectId,
        roleId,
        actorKind: isUser ? 'user' : 'group',
        actor: isUser ? await people.byName(name) : name,
      })
    }
  }
  return true
}
