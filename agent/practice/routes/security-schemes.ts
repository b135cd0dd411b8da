import { made, ok, refuse } from '../answer.ts'
import { flag, list, needText, object, text } from '../input.ts'
import { needProject } from '../issue/find.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, pageOf, param, type Route } from '../site.ts'
import { need, type Store } from '../store.ts'
import { holderView, readHolder } from './permission-schemes.ts'

type Level = Things['securityScheme']['levels'][number]

/** The words of the request differ from those of the answers for this one. */
const memberTypes: Record<string, string> = { projectrole: 'projectRole' }

function createScheme(call: Call) {
  const body = object(call.body)
  const name = needText(body, 'name', 'The name of the issue security scheme is required.')
  if (call.store.byName('securityScheme', name))
    refuse(400, 'An issue security scheme with this name already exists.')
  let defaultLevelId: number | null = null
  const levels = list(body.levels ?? [], 'levels').map((each): Level => {
    const level = object(each)
    const id = call.store.next('securityLevel', 10_000)
    if (flag(level, 'isDefault')) defaultLevelId = id
    const members = list(level.members ?? [], 'members').map((one) => {
      const member = object(one)
      const type = needText(member, 'type')
      return {
        id: call.store.next('securityMember', 10_000),
        holder: readHolder(call, { ...member, type: memberTypes[type] ?? type }),
      }
    })
    return {
      id,
      name: needText(level, 'name'),
      description: text(level, 'description') ?? '',
      members,
    }
  })
  const data = { name, description: text(body, 'description') ?? '', defaultLevelId, levels }
  return made({ id: String(call.store.add('securityScheme', data)) })
}

const levelView = (call: Call, { id, name, description }: Level) => ({
  self: `${call.base}/rest/api/3/securitylevel/${id}`,
  id: String(id),
  name,
  description,
})

function schemeView(call: Call, { id, data }: Thing<'securityScheme'>) {
  return {
    self: `${call.base}/rest/api/3/issuesecurityschemes/${id}`,
    id,
    name: data.name,
    description: data.description,
    ...(data.defaultLevelId === null ? {} : { defaultSecurityLevelId: data.defaultLevelId }),
    levels: data.levels.map((level) => levelView(call, level)),
  }
}

const named = (call: Call) => needProject(call.store, param(call, 'projectKeyOrId'))

function schemeOf(store: Store, { data }: Thing<'project'>): Thing<'securityScheme'> | undefined {
  return data.securitySchemeId === undefined
    ? undefined
    : store.get('securityScheme', data.securitySchemeId)
}

/** The level of this id in the project's scheme, as an issue shows it; undefined where it has none such. */
export function levelOf(call: Call, project: Thing<'project'> | undefined, id: number) {
  const scheme = project && schemeOf(call.store, project)
  const level = scheme?.data.levels.find((each) => each.id === id)
  return level && levelView(call, level)
}

function members(call: Call) {
  const id = param(call, 'issueSecuritySchemeId')
  const scheme = need(call.store, 'securityScheme', id, 'The issue security scheme was not found.')
  const wanted = call.query.getAll('issueSecurityLevelId').flatMap((ids) => ids.split(','))
  const all = scheme.data.levels
    .filter((level) => wanted.length === 0 || wanted.includes(String(level.id)))
    .flatMap((level) => level.members.map((member) => ({ ...member, level: level.id })))
  return ok(
    pageOf(call, all, (member) => ({
      id: member.id,
      issueSecurityLevelId: member.level,
      holder: holderView(call, member.holder),
    })),
  )
}

const project = '/rest/api/3/project/{projectKeyOrId}'
export const securitySchemeRoutes: Route[] = [
  ['POST', '/rest/api/3/issuesecurityschemes', createScheme],
  ['GET', '/rest/api/3/issuesecurityschemes/{issueSecuritySchemeId}/members', members],
  [
    'GET',
    `${project}/issuesecuritylevelscheme`,
    (call) => {
      const scheme = schemeOf(call.store, named(call))
      return scheme
        ? ok(schemeView(call, scheme))
        : refuse(404, 'No issue security scheme is associated with this project.')
    },
  ],
  [
    'GET',
    `${project}/securitylevel`,
    (call) => {
      const levels = schemeOf(call.store, named(call))?.data.levels ?? []
      return ok({ levels: levels.map((level) => levelView(call, level)) })
    },
  ],
]
