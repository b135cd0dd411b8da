import type { PlannedItem, PlanOptions, Reason, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import type { GroupRow, MembershipRow } from '../../shared/rows.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'
import { unique } from './left-out.ts'
import { cut, cutName, fold, reusedMark } from './names.ts'
import type { People } from './people.ts'
import type { ProjectPlan } from './projects.ts'

/** A group of the source: it arrives under a name, or there is a reason why it does not. */
export interface GroupPlan {
  name: string
  losses: Reason[]
  leftOut: Reason | null
  /** The site has a group of this name already. */
  existing: boolean
}
/** By the source's name of the group, without case. */
export type Groups = Map<string, GroupPlan>

/**
 * Groups that give power over a whole site or organisation: nobody is ever added to them, and where the
 * site has none of that name, none is made that would one day be taken for it.
 * Names as Atlassian gives them (facts of sites since 2013: site-admins, jira-administrators, jira-admins-acme, …).
 */
const adminGroup =
  /^(site-admins|org-admins|administrators|system-administrators|trusted-users(-.*)?|(jira|confluence|jira-servicemanagement|jira-product-discovery|servicedesk)-(system-)?(administrators|admins)(-.*)?|atlassian-addons.*)$/

/** The groups in scope, by their folded names, and why the others are not. */
export interface GroupScope {
  names: ReadonlySet<string>
  others: Reason
}

/** Decides for every group of the source whether it moves. @param scope null = all of them are in scope */
export function decideGroups(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
  scope: GroupScope | null,
): Groups {
  const onSite = new Map(site.groups.map((name) => [fold(name), name]))
  const groups: Groups = new Map()
  const taken = new Set<string>()
  for (const row of snapshot.rows('group')) {
    if (groups.has(fold(row.name))) continue
    const losses: Reason[] = []
    // 255 characters is the site's limit for a group's name.
    const name = cutName('group', row.name, 255, losses)
    const rename = options.collisions?.group === 'rename' && onSite.has(fold(name))
    const own = rename
      ? freeName(name, (one) => onSite.has(fold(one)) || taken.has(fold(one)))
      : name
    if (rename) losses.push(reason('renamed', `The site has a group "${name}": this is "${own}".`))
    taken.add(fold(own))
    const there = onSite.get(fold(own))
    groups.set(fold(row.name), {
      name: there ?? own,
      losses,
      leftOut: whyNot(row, name, scope),
      existing: there !== undefined && !site.filled,
    })
  }
  return groups
}

/** "developers (2)", the first of these that nobody has, within the site's 255 characters. */
function freeName(name: string, has: (name: string) => boolean): string {
  for (let n = 2; ; n += 1) {
    const own = `${cut(name, 255 - String(n).length - 3)} (${n})`
    if (!has(own)) return own
  }
}

function whyNot(row: GroupRow, name: string, scope: GroupScope | null): Reason | null {
  if (scope && !scope.names.has(fold(row.name))) return scope.others
  if (adminGroup.test(fold(name)))
    return reason(
      'admin-group',
      `On a site "${name}" is a group of administrators: Landfall gives nobody power over a site. Add people to it yourself.`,
    )
  return null
}

/** Where nobody said which people move (the command line): the groups in a role of a project that moves. */
export function groupsInRoles(
  snapshot: SnapshotReader,
  projects: ReadonlyMap<string, ProjectPlan>,
): GroupScope {
  const used = new Set<string>()
  for (const row of snapshot.rows('roleActor')) {
    const project = projects.get(row.projectId ?? '')
    if (row.actorKind === 'group' && project && !project.leftOut) used.add(fold(row.actor))
  }
  const others = reason('not-in-scope', 'No role of the projects chosen to move has this group.')
  return { names: used, others }
}

type GroupContext = Pick<Context, 'snapshot' | 'groups' | 'people' | 'related' | 'options'>

/** Each group, with who joins one that the site has already. */
export function* planGroups(context: GroupContext): Generator<PlannedItem> {
  const { snapshot, groups } = context
  const gains = whoGains(context)
  const once = unique()
  for (const row of snapshot.rows('group')) {
    const place = placeOf(row.name, once('group', row.name), row.name)
    const group = groups.get(fold(row.name))
    if (!group || group.leftOut) {
      yield leftOut('group', place, group?.leftOut ?? reason('dangling', 'It has no name.'))
      continue
    }
    const losses = [...group.losses]
    const names = gains.get(fold(row.name))
    if (group.existing) losses.push(merged(group.name, names ?? []))
    yield moved('group', place, { name: group.name, ...reusedMark(group.existing) }, losses)
  }
}

/** Each membership in a batch of its group: the group is there before its members. */
export function* planMemberships({ snapshot, groups, people }: GroupContext) {
  const once = unique()
  for (const row of snapshot.rows('membership')) {
    // Two directories can say the same.
    const id = once('membership', `${row.groupName}/${row.childKind}/${row.child}`)
    yield planMembership(row, placeOf(row.groupName, id, `${row.child} in ${row.groupName}`), {
      groups,
      people,
    })
  }
}

const placeOf = (group: string, sourceId: string, label: string) => ({
  sourceId,
  label,
  phase: 'people' as const,
  lane: `group ${fold(group)}`,
})

const merged = (name: string, people: string[]) =>
  reason(
    'group-merged',
    people.length === 0
      ? `The site has a group "${name}" already: it is used as it is, and nobody joins it.`
      : `${people.length === 1 ? '1 member joins' : `${people.length} members join`} the site's group "${name}" and will gain all that it gives there: ${people.slice(0, 5).join(', ')}${people.length > 5 ? ` and ${people.length - 5} more` : ''}.`,
  )

/** The people who join a group that the site has already. Their names are few beside the rows. */
function whoGains({ snapshot, groups, people, related, options }: GroupContext) {
  const gains = new Map<string, string[]>()
  if (options.scope?.memberships === false) return gains
  for (const row of snapshot.rows('membership')) {
    const group = groups.get(fold(row.groupName))
    if (!group?.existing || group.leftOut || row.childKind !== 'user') continue
    const person = people.of(row.child)
    if (!person?.accountId || (related && !related.users.has(person.key))) continue
    const names = gains.get(fold(row.groupName)) ?? []
    names.push(person.displayName)
    gains.set(fold(row.groupName), names)
  }
  return gains
}

function planMembership(
  row: MembershipRow,
  place: ReturnType<typeof placeOf>,
  { groups, people }: { groups: Groups; people: People },
): PlannedItem {
  const out = (code: string, text: string) => leftOut('membership', place, reason(code, text))
  const group = groups.get(fold(row.groupName))
  if (!group) return out('dangling', `Its group ${row.groupName} is not in the source.`)
  if (group.leftOut) return leftOut('membership', place, group.leftOut)
  if (row.childKind === 'group')
    return out('nested-group', 'On the site a group cannot be a member of a group.')
  const person = people.of(row.child)
  if (!person?.accountId)
    return out('no-account', `${person?.displayName ?? row.child} has no account on the site.`)
  return moved('membership', place, { group: group.name, accountId: person.accountId })
}
