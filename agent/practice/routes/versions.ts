import { made, nothing, ok, refuse, refuseField } from '../answer.ts'
import { flag, type Json, object, text, whole } from '../input.ts'
import { findProject, needProject } from '../issue/find.ts'
import { replaceInIssues } from '../issue/remove.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { need } from '../store.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const forPeople = (date: string) => {
  const [year, month, day] = date.split('-')
  return `${day}/${months[Number(month) - 1]}/${year?.slice(2)}`
}

function versionView(call: Call, { id, owner, data }: Thing<'version'>) {
  const { startDate, releaseDate } = data
  const today = new Date(call.site.now()).toISOString().slice(0, 10)
  return {
    self: `${call.base}/rest/api/3/version/${id}`,
    id: String(id),
    description: data.description,
    name: data.name,
    archived: data.archived,
    released: data.released,
    ...(startDate === null ? {} : { startDate, userStartDate: forPeople(startDate) }),
    ...(releaseDate === null
      ? {}
      : {
          releaseDate,
          overdue: !data.released && releaseDate < today,
          userReleaseDate: forPeople(releaseDate),
        }),
    projectId: owner,
  }
}

function date(body: Json, field: 'startDate' | 'releaseDate', before: string | null) {
  if (body[field] === undefined) return before
  const given = text(body, field)
  if (given === undefined || given === '') return null
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(Date.parse(given)))
    refuseField(
      field,
      'The date specified is not valid. The date must be in the format yyyy-MM-dd.',
    )
  return given
}

function readVersion(
  call: Call,
  body: Json,
  owner: number,
  before: Things['version'] | null,
): Things['version'] {
  const name = (text(body, 'name') ?? before?.name ?? '').trim()
  if (name === '') refuseField('name', 'You must specify a valid version name')
  if (name.length > 255)
    refuseField('name', 'The version name is too long - at most 255 characters are allowed.')
  const same = call.store.byName('version', name, owner)
  if (same && same.data.name !== before?.name)
    refuseField('name', 'A version with this name already exists in this project.')
  const description = text(body, 'description') ?? before?.description ?? ''
  if (Buffer.byteLength(description) > 16_384)
    refuseField(
      'description',
      'The version description is too long - at most 16384 bytes are allowed.',
    )
  const startDate = date(body, 'startDate', before?.startDate ?? null)
  const releaseDate = date(body, 'releaseDate', before?.releaseDate ?? null)
  if (startDate && releaseDate && startDate > releaseDate)
    refuseField('releaseDate', 'The release date of the version must be after the start date.')
  return {
    name,
    description,
    startDate,
    releaseDate,
    released: flag(body, 'released') ?? before?.released ?? false,
    archived: flag(body, 'archived') ?? before?.archived ?? false,
  }
}

function createVersion(call: Call) {
  const body = object(call.body)
  const wanted = String(whole(body, 'projectId') ?? text(body, 'project') ?? '')
  if (wanted === '') refuseField('projectId', 'Project id is required.')
  const project = findProject(call.store, wanted)
  if (!project) refuse(404, `No project could be found with id '${wanted}'.`)
  const data = readVersion(call, body, project.id, null)
  const id = call.store.add('version', data, { owner: project.id })
  return made(versionView(call, { id, owner: project.id, data }))
}

const named = (call: Call) => {
  const id = param(call, 'id')
  return need(call.store, 'version', id, `Could not find version for id '${id}'`)
}

function updateVersion(call: Call) {
  const version = named(call)
  const data = readVersion(call, object(call.body), version.owner, version.data)
  call.store.put('version', version.id, data)
  return ok(versionView(call, { ...version, data }))
}

function deleteVersion(call: Call) {
  const { id, owner } = named(call)
  const target = (name: string) => {
    const to = call.query.get(name)
    if (to === null) return null
    if (call.store.get('version', to)?.owner !== owner)
      refuse(404, `Could not find version for id '${to}'`)
    return Number(to)
  }
  replaceInIssues(call, owner, 'fixVersions', id, target('moveFixIssuesTo'))
  replaceInIssues(call, owner, 'versions', id, target('moveAffectedIssuesTo'))
  call.store.remove('version', id)
  return nothing()
}

function listVersions(call: Call) {
  const { id } = needProject(call.store, param(call, 'projectIdOrKey'))
  return ok(call.store.all('version', id).map((each) => versionView(call, each)))
}

function pageVersions(call: Call) {
  const { id } = needProject(call.store, param(call, 'projectIdOrKey'))
  const query = call.query.get('query')?.toLowerCase() ?? ''
  const found = call.store
    .all('version', id)
    .filter(({ data }) => `${data.name} ${data.description}`.toLowerCase().includes(query))
  return ok(pageOf(call, found, (each) => versionView(call, each)))
}

export const versionRoutes: Route[] = [
  ['POST', '/rest/api/3/version', createVersion],
  ['GET', '/rest/api/3/version/{id}', (call) => ok(versionView(call, named(call)))],
  ['PUT', '/rest/api/3/version/{id}', updateVersion],
  ['DELETE', '/rest/api/3/version/{id}', deleteVersion],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/versions', listVersions],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/version', pageVersions],
]
