import type { Reason, Visibility } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { fold } from './names.ts'

/**
 * Who may see a comment or worklog on the site: the same role or group where it moves or is there, else the
 * role Administrators. A restricted text is never shown to more people than before: where the site has
 * neither, `leftOut` says so.
 */
export function visibilityOf(
  { catalog, site, roles, groups }: Context,
  row: { roleLevel: string | null; groupLevel: string | null },
  losses: Reason[],
): { visibility: Visibility | null } | { leftOut: Reason } {
  if (!row.roleLevel && !row.groupLevel) return { visibility: null }
  const moving = roles.get(row.roleLevel ?? '')
  if (moving && !moving.leftOut) return { visibility: { type: 'role', value: moving.name } }
  const role = row.roleLevel ? (catalog.roles.get(row.roleLevel) ?? row.roleLevel) : null
  const siteRole = role && site.roles.find((other) => fold(other.name) === fold(role))
  if (siteRole) return { visibility: { type: 'role', value: siteRole.name } }
  const group = row.groupLevel
  const coming = groups.get(fold(group ?? ''))
  if (coming && !coming.leftOut) return { visibility: { type: 'group', value: coming.name } }
  const siteGroup = group && site.groups.find((other) => fold(other) === fold(group))
  if (siteGroup) return { visibility: { type: 'group', value: siteGroup } }
  const level = role ? `the role ${role}` : `the group ${group}`
  const admins = site.roles.find((other) => fold(other.name) === 'administrators')
  if (!admins)
    return {
      leftOut: reason(
        'level-missing',
        `Only ${level} could see it. The site has neither that nor a role Administrators, and everybody must not see it.`,
      ),
    }
  losses.push(
    reason(
      'level-narrowed',
      `Only ${level} could see it, which the site does not have: only the role ${admins.name} sees it.`,
    ),
  )
  return { visibility: { type: 'role', value: admins.name } }
}
