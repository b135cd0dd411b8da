import { getDashboardsPaginated, getFiltersPaginated } from 'jira.js/cloud'
import * as v from 'valibot'
import type { OwnedWant, SiteDashboard, SiteFilter, SiteOwned } from '../../shared/site-facts.ts'
import type { SiteClient } from './client.ts'
import type { readAgile } from './reading-agile.ts'
import type { readDashboards } from './reading-dashboards.ts'
import { Id, pages, Text } from './reading-pages.ts'
import { Share, shareOf } from './reading-shares.ts'

const owned = {
  id: Id,
  name: v.string(),
  description: Text,
  owner: v.nullish(
    v.object({ accountId: v.nullish(v.string()), displayName: v.nullish(v.string()) }),
  ),
  sharePermissions: v.nullish(v.array(Share), []),
  editPermissions: v.nullish(v.array(Share), []),
}
const Filter = v.object({ ...owned, jql: Text })
const Dashboard = v.object({ ...owned, systemDashboard: v.nullish(v.boolean(), false) })
const expand = 'description,owner,sharePermissions,editPermissions'

/**
 * The filters and dashboards whose names the plan must know: all of the token's account, in which a new one
 * must have a name of its own, and those that others share with it under a name of the source. The site has
 * no question for many names at once, so all that the account sees pass by, 100 a page.
 */
export function readOwned(
  client: SiteClient,
  me: { accountId: string },
  agile: Pick<ReturnType<typeof readAgile>, 'boards'>,
  dashboards: Pick<ReturnType<typeof readDashboards>, 'gadgets' | 'gadgetSettings'>,
) {
  async function filters(want: OwnedWant): Promise<SiteFilter[]> {
    const ask = (startAt: number) =>
      getFiltersPaginated(client, { startAt, maxResults: 100, expand: `${expand},jql` })
    const found: SiteFilter[] = []
    for await (const one of pages(Filter, 'GET /rest/api/3/filter/search', ask))
      if (counts(one, want)) found.push({ ...viewOf(one), jql: one.jql, boards: [] })
    for (const one of found)
      if (want.inFull.has(fold(one.name)))
        one.boards = (await agile.boards({ filterId: one.id })).map(({ name }) => name)
    return found
  }

  async function allDashboards(want: OwnedWant): Promise<SiteDashboard[]> {
    const ask = (startAt: number) =>
      getDashboardsPaginated(client, { startAt, maxResults: 100, expand })
    const found: SiteDashboard[] = []
    for await (const one of pages(Dashboard, 'GET /rest/api/3/dashboard/search', ask))
      if (!one.systemDashboard && counts(one, want)) found.push({ ...viewOf(one), gadgets: [] })
    for (const one of found)
      if (want.inFull.has(fold(one.name))) one.gadgets = await standingOn(one.id)
    return found
  }

  async function standingOn(dashboardId: string): Promise<SiteDashboard['gadgets']> {
    const gadgets: SiteDashboard['gadgets'] = []
    for (const { id, title, key, color, column, row } of await dashboards.gadgets(dashboardId)) {
      const settings = await dashboards.gadgetSettings(dashboardId, id)
      // An address has slashes, a module key has none.
      const by = key.includes('/') ? 'uri' : 'moduleKey'
      gadgets.push({ title, by, key, color, column, row, settings })
    }
    return gadgets
  }

  const counts = (one: Pick<Owned, 'name' | 'owner'>, { names }: OwnedWant) =>
    names.has(fold(one.name)) || ownerOf(one)?.accountId === me.accountId

  return { filters, dashboards: allDashboards }
}

const fold = (name: string) => name.trim().toLowerCase()

type Owned = v.InferOutput<v.ObjectSchema<typeof owned, undefined>>

function ownerOf({ owner }: Pick<Owned, 'owner'>): SiteOwned['owner'] {
  if (!owner?.accountId) return null
  return { accountId: owner.accountId, displayName: owner.displayName || owner.accountId }
}

const viewOf = (one: Owned): SiteOwned => ({
  id: one.id,
  name: one.name,
  description: one.description,
  owner: ownerOf(one),
  shares: (one.sharePermissions ?? []).map(shareOf),
  editors: (one.editPermissions ?? []).map(shareOf),
})
