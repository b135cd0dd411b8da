import type { FilterShare } from '../../shared/filter-shares.ts'
import type { Reason } from '../../shared/plan.ts'
import type { ShareRow } from '../../shared/scheme-rows.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { fold } from './names.ts'
import type { Person } from './people.ts'

/** Who sees a filter or a dashboard on the site, and who may change it beside its owner there. */
export interface SharePlan {
  shares: FilterShare[]
  editors: FilterShare[]
  losses: Reason[]
}

/** The shares of the source's filters, or dashboards, by their id. */
export function sharesOf(
  context: Pick<Context, 'snapshot'>,
  entity: ShareRow['entity'] = 'filter',
): ReadonlyMap<string, ShareRow[]> {
  const found = new Map<string, ShareRow[]>()
  for (const row of context.snapshot.rows('share'))
    if (row.entity === entity) found.set(row.entityId, [...(found.get(row.entityId) ?? []), row])
  return found
}

/**
 * The same people as at the source, as far as the site has them. Never more: what was open to anyone on
 * the web is open to those who are logged in. The token's account owns the filter on the site, so its
 * owner of the source may change it there.
 */
export function planShares(
  context: Context,
  row: { owner: string | null },
  rows: readonly ShareRow[],
  entity: ShareRow['entity'] = 'filter',
): SharePlan {
  const plan: SharePlan = { shares: [], editors: [], losses: [] }
  const owner = context.people.of(row.owner)
  const byOther = owner?.accountId && owner.accountId !== context.site.me.accountId
  if (byOther && owner.accountId) plan.editors.push({ to: 'user', accountId: owner.accountId })
  for (const share of rows) {
    const found = onSite(context, share)
    if ('code' in found) plan.losses.push(found)
    else (share.edit ? plan.editors : plan.shares).push(found)
    if (share.type === 'global')
      plan.losses.push(
        reason(
          'share-narrowed',
          'It was shared with anyone, also on the web: on the site all who are logged in see it.',
        ),
      )
  }
  // The site keeps nothing beside a share with all logged-in users.
  const all = plan.shares.find((share) => share.to === 'everyone')
  if (all) plan.shares = [all]
  if (!rows.length && !byOther && lost(context, owner))
    plan.losses.push(
      reason(
        `${entity}-private`,
        'Only its owner saw it: on the site only the account of the token does.',
      ),
    )
  return plan
}

/** Nobody on the site is its owner of the source. */
const lost = (context: Context, owner: Person | null) =>
  owner !== null && owner.accountId !== context.site.me.accountId

function onSite(context: Context, share: ShareRow): FilterShare | Reason {
  const { projects, roles, groups, people } = context
  const no = (why: string) => reason('share-lost', why)
  switch (share.type) {
    case 'global':
    case 'loggedin':
    case 'authenticated':
      return { to: 'everyone' }
    case 'group': {
      const group = groups.get(fold(share.first ?? ''))
      if (group && !group.leftOut) return { to: 'group', group: group.name }
      return no(`It was shared with the group ${share.first}, which does not move.`)
    }
    case 'user': {
      const person = people.of(share.first)
      if (person?.accountId) return { to: 'user', accountId: person.accountId }
      const name = person?.displayName ?? 'somebody'
      return no(`It was shared with ${name}, who has no account on the site.`)
    }
    case 'project': {
      const project = projects.get(share.first ?? '')
      if (!project || project.leftOut)
        return no(
          `It was shared with the project ${project?.row.key ?? share.first}, which does not move.`,
        )
      const projectKey = project.row.key
      if (share.second === null) return { to: 'project', projectKey }
      const role = roles.get(share.second)
      if (role && !role.leftOut) return { to: 'role', projectKey, role: role.name }
      return no(
        `It was shared with the role ${role?.name ?? share.second} in ${projectKey}, which does not move.`,
      )
    }
    default:
      return no(`It was shared in a way that is not known here (${share.type}).`)
  }
}
