import { getFilter } from 'jira.js/cloud'
import * as v from 'valibot'
import type { SiteShare } from '../../shared/filter-shares.ts'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteReading } from './reading.ts'

/** A share as the site tells it, of a filter or a dashboard. */
export const Share = v.object({
  type: v.string(),
  group: v.nullish(v.object({ name: v.nullish(v.string()) })),
  project: v.nullish(v.object({ key: v.nullish(v.string()) })),
  role: v.nullish(v.object({ name: v.nullish(v.string()) })),
  user: v.nullish(v.object({ accountId: v.nullish(v.string()) })),
})
const Filter = v.object({
  owner: v.nullish(v.object({ accountId: v.nullish(v.string()) })),
  sharePermissions: v.optional(v.array(Share), []),
  editPermissions: v.optional(v.array(Share), []),
})

/** With whom a filter is shared. */
export function readShares(client: SiteClient): Pick<SiteReading, 'filterShares'> {
  return {
    async filterShares(filterId) {
      try {
        const answer = await getFilter(client, { id: Number(filterId) })
        const found = read(Filter, answer, 'GET /rest/api/3/filter/{id}')
        return {
          ownerAccountId: found.owner?.accountId ?? null,
          shares: found.sharePermissions.map(shareOf),
          editors: found.editPermissions.map(shareOf),
        }
      } catch (error) {
        // Jira says 400 for a filter that is not there or not shared.
        if (error instanceof SiteRefusal && [400, 403, 404].includes(error.status)) return null
        throw error
      }
    },
  }
}

/** A share with a role comes as one of type project that has a role, too. */
export function shareOf({
  type,
  group,
  project,
  role,
  user,
}: v.InferOutput<typeof Share>): SiteShare {
  if (type === 'global') return { to: 'anyone' }
  if (type === 'loggedin' || type === 'authenticated') return { to: 'everyone' }
  if (type === 'group' && group?.name) return { to: 'group', group: group.name }
  if (type === 'user' && user?.accountId) return { to: 'user', accountId: user.accountId }
  if (project?.key && role?.name) return { to: 'role', projectKey: project.key, role: role.name }
  if (project?.key) return { to: 'project', projectKey: project.key }
  return { to: 'unknown', type }
}
