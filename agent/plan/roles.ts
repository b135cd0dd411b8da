import type { PlannedItem, PlanOptions, Reason, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { RoleActorRow } from '../../shared/rows.ts'
import { cleanText } from './adf.ts'
import type { Groups } from './groups.ts'
import { leftOut, moved, type Place, reason } from './item.ts'
import { fold, matchNames, type Named } from './names.ts'
import type { People } from './people.ts'
import type { ProjectPlan } from './projects.ts'

/** The source's roles by id, as they arrive on the site. */
export type Roles = Map<string, Named<SiteFacts['roles'][number]> & { leftOut: Reason | null }>

/** Atlassian's own role for apps; people and groups cannot be put into it. */
const appRole = 'atlassian-addons-project-access'

export function decideRoles(
  snapshot: SnapshotReader,
  site: SiteFacts,
  projects: ReadonlyMap<string, ProjectPlan>,
  options: PlanOptions,
): Roles {
  const used = new Set<string>()
  for (const row of snapshot.rows('roleActor'))
    if (projects.get(row.projectId ?? '')?.leftOut === null) used.add(row.roleId)
  const rows = [...snapshot.rows('role')]
  // 255 characters is Jira's limit for the name of a role.
  const named = matchNames('role', rows, site.roles, 255)
  const roles: Roles = new Map()
  for (const row of rows) {
    const at = named.get(row.id)
    if (at) roles.set(row.id, { ...at, leftOut: whyNot(row, options.projects ? used : null) })
  }
  return roles
}

function whyNot(row: { id: string; name: string }, used: Set<string> | null): Reason | null {
  if (fold(row.name) === appRole) return reason('built-in', 'The site keeps this role for apps.')
  if (used && !used.has(row.id))
    return reason('not-in-scope', 'Nobody has this role in the projects chosen to move.')
  return null
}

export function* planRoles(snapshot: SnapshotReader, roles: Roles): Generator<PlannedItem> {
  for (const row of snapshot.rows('role')) {
    const place = { sourceId: row.id, label: row.name, phase: 'frame' as const, lane: 'roles' }
    const at = roles.get(row.id)
    const why = at ? at.leftOut : reason('dangling', 'The source gives it no name.')
    if (!at || why) {
      yield leftOut('role', place, why ?? reason('dangling', 'The source gives it no name.'))
      continue
    }
    const losses = [...at.losses]
    const own = cleanText(row.description ?? '').trim()
    if (at.reused && (at.reused.description ?? '') !== own)
      losses.push(
        reason('site-keeps-own', 'The site has this role already and keeps its own description.'),
      )
    const description = at.reused ? (at.reused.description ?? '') : own
    yield moved('role', place, { name: at.name, description }, losses)
  }
}

export interface RoleContext {
  snapshot: SnapshotReader
  projects: ReadonlyMap<string, ProjectPlan>
  people: People
  groups: Groups
  roles: Roles
}

/** Who has which role in a project; people and groups that the site knows. */
export function* planRoleActors(context: RoleContext): Generator<PlannedItem> {
  for (const row of context.snapshot.rows('roleActor')) yield planActor(context, row)
}

function planActor(context: RoleContext, row: RoleActorRow): PlannedItem {
  const { projects, people, groups, roles } = context
  const project = projects.get(row.projectId ?? '')
  const role = roles.get(row.roleId)
  const where = row.projectId === null ? 'every new project' : (project?.row.key ?? row.projectId)
  const place: Place = {
    sourceId: row.id,
    label: `${row.actor} as ${role?.name ?? `role ${row.roleId}`} in ${where}`,
    projectKey: project?.row.key ?? null,
    phase: 'parts',
    lane: `roles ${where}`,
  }
  const out = (code: string, text: string) => leftOut('roleActor', place, reason(code, text))
  if (row.projectId === null)
    return out(
      'default-actor',
      'It says who gets the role in projects that are yet to be made: the site has its own answer.',
    )
  if (!project) return out('dangling', 'Its project is not in the source.')
  if (project.leftOut) return leftOut('roleActor', place, project.leftOut)
  if (!role) return out('dangling', 'Its role is not in the source.')
  if (role.leftOut) return leftOut('roleActor', place, role.leftOut)
  const at = { projectKey: project.row.key, role: role.name }
  if (row.actorKind === 'user') {
    const person = people.of(row.actor)
    if (person?.accountId)
      return moved('roleActor', place, { ...at, actor: { accountId: person.accountId } })
    return out('no-account', `${person?.displayName ?? row.actor} has no account on the site.`)
  }
  const group = groups.get(fold(row.actor))
  if (!group) return out('dangling', `The group ${row.actor} is not in the source.`)
  if (group.leftOut) return leftOut('roleActor', place, group.leftOut)
  const losses = group.existing
    ? [
        reason(
          'group-merged',
          `Everybody who is in the site's group "${group.name}" gets this role, also those who were not in it at the source.`,
        ),
      ]
    : []
  return moved('roleActor', place, { ...at, actor: { group: group.name } }, losses)
}
