import { getDashboard, getDashboardsPaginated } from 'jira.js/cloud'
import * as v from 'valibot'
import type { SiteGadgetKind } from '../../shared/dashboards.ts'
import type { SiteShare } from '../../shared/filter-shares.ts'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import { Id, orNull, pages, Text } from './reading-pages.ts'
import { Share, shareOf } from './reading-shares.ts'

const Dashboard = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  owner: v.nullish(v.object({ accountId: v.nullish(v.string()) })),
  systemDashboard: v.nullish(v.boolean(), false),
})
const Shared = v.object({
  owner: v.nullish(v.object({ accountId: v.nullish(v.string()) })),
  sharePermissions: v.optional(v.array(Share), []),
  editPermissions: v.optional(v.array(Share), []),
})
const kind = { moduleKey: orNull(v.string()), uri: orNull(v.string()), title: Text }
const Kinds = v.object({ gadgets: v.array(v.object(kind)) })
// The document calls row and column by their descriptions; its examples, and sites, have these names.
const Gadgets = v.object({
  gadgets: v.array(
    v.object({
      ...kind,
      id: Id,
      color: Text,
      position: v.object({ row: v.number(), column: v.number() }),
    }),
  ),
})
const Property = v.object({ value: v.unknown() })

/** A gadget where it stands; key: its module key, or its address. */
export interface SiteGadget {
  id: string
  title: string
  key: string
  color: string
  column: number
  row: number
}

export interface DashboardReading {
  /**
   * Dashboards by their whole name, null = all, without the one of the system; 'mine' = those of the
   * token's account, 'any' = those it sees.
   */
  dashboards(
    name: string | null,
    whose: 'mine' | 'any',
  ): Promise<{ id: string; name: string; description: string }[]>
  /** One dashboard; null where there is none, or this account does not see it. */
  dashboard(dashboardId: string): Promise<{ id: string; name: string; description: string } | null>
  /** With whom a dashboard is shared, and who may change it beside its owner; null where this account does not see it. */
  dashboardShares(dashboardId: string): Promise<{
    ownerAccountId: string | null
    shares: SiteShare[]
    editors: SiteShare[]
  } | null>
  /** What can be put on a dashboard of the site. */
  gadgetKinds(): Promise<SiteGadgetKind[]>
  /** What stands on a dashboard; nothing where this account does not see it. */
  gadgets(dashboardId: string): Promise<SiteGadget[]>
  /** What is set in a gadget; {} where nothing is. */
  gadgetSettings(dashboardId: string, gadgetId: string): Promise<Record<string, string>>
}

/** What a site says of something that is not there, or that this account does not see. */
const unseen = (error: unknown): boolean =>
  error instanceof SiteRefusal && [400, 403, 404].includes(error.status)

/** Dashboards, and what stands on them. me: the account of the token. */
export function readDashboards(client: SiteClient, me: { accountId: string }): DashboardReading {
  return {
    async dashboards(name, whose) {
      const found: { id: string; name: string; description: string }[] = []
      const ask = (startAt: number) =>
        getDashboardsPaginated(client, {
          startAt,
          maxResults: 100,
          expand: 'description,owner',
          ...(name === null ? {} : { dashboardName: name }),
          ...(whose === 'mine' ? { accountId: me.accountId } : {}),
        })
      // dashboardName finds parts of names, in any case: only the whole name counts.
      for await (const one of pages(Dashboard, 'GET /rest/api/3/dashboard/search', ask))
        if (!one.systemDashboard && (name === null || same(one.name, name)))
          found.push({ id: one.id, name: one.name, description: one.description })
      return found
    },

    async dashboard(dashboardId) {
      try {
        const answer = await getDashboard(client, { id: dashboardId })
        const { id, name, description } = read(Dashboard, answer, 'GET /rest/api/3/dashboard/{id}')
        return { id, name, description }
      } catch (error) {
        if (unseen(error)) return null
        throw error
      }
    },

    async dashboardShares(dashboardId) {
      try {
        const answer = await getDashboard(client, { id: dashboardId })
        const found = read(Shared, answer, 'GET /rest/api/3/dashboard/{id}')
        return {
          ownerAccountId: found.owner?.accountId ?? null,
          shares: found.sharePermissions.map(shareOf),
          editors: found.editPermissions.map(shareOf),
        }
      } catch (error) {
        if (unseen(error)) return null
        throw error
      }
    },

    async gadgetKinds() {
      const of = '/rest/api/3/dashboard/gadgets'
      const answer = await client.sendRequest({ url: of, method: 'GET' })
      return read(Kinds, answer, `GET ${of}`).gadgets
    },

    async gadgets(dashboardId) {
      const url = `/rest/api/3/dashboard/${encodeURIComponent(dashboardId)}/gadget`
      try {
        const answer = await client.sendRequest({ url, method: 'GET' })
        const { gadgets } = read(Gadgets, answer, 'GET /rest/api/3/dashboard/{dashboardId}/gadget')
        return gadgets.map(({ id, title, moduleKey, uri, color, position }) => ({
          ...{ id, title, color, key: moduleKey ?? uri ?? '' },
          ...{ column: position.column, row: position.row },
        }))
      } catch (error) {
        if (unseen(error)) return []
        throw error
      }
    },

    async gadgetSettings(dashboardId, gadgetId) {
      try {
        const answer = await client.sendRequest({
          url: settingsPath(dashboardId, gadgetId),
          method: 'GET',
        })
        const of = 'GET /rest/api/3/dashboard/{dashboardId}/items/{itemId}/properties/{propertyKey}'
        return texts(read(Property, answer, of).value)
      } catch (error) {
        if (unseen(error)) return {}
        throw error
      }
    },
  }
}

/** Where a site keeps what was set in a gadget: the API document tells of this key with the property. */
export const settingsPath = (dashboardId: string, gadgetId: string): string =>
  `/rest/api/3/dashboard/${encodeURIComponent(dashboardId)}/items/${encodeURIComponent(gadgetId)}/properties/config`

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** Settings are texts; whatever else an app keeps there is shown as JSON. */
function texts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one === 'string' ? one : JSON.stringify(one),
    ]),
  )
}
