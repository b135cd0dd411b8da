import type { SiteField } from './custom-fields.ts'
import type { GadgetPromise, SiteGadgetKind } from './dashboards.ts'
import type { SiteShare } from './filter-shares.ts'

/** A filter or dashboard of the site that the token's account sees. Its name is unique among those of its owner. */
export interface SiteOwned {
  id: string
  name: string
  description: string
  /** null where the site does not tell. */
  owner: { accountId: string; displayName: string } | null
  shares: SiteShare[]
  editors: SiteShare[]
}
export interface SiteFilter extends SiteOwned {
  jql: string
  /** The names of the boards that stand on it; [] where nobody asked for them. */
  boards: string[]
}
export interface SiteDashboard extends SiteOwned {
  /** What stands on it and how that is set; [] where nobody asked for it. */
  gadgets: GadgetPromise[]
}

/** Which filters or dashboards of the site the plan has to know of. */
export interface OwnedWant {
  /** Names of the source, trimmed and in lower case. */
  names: ReadonlySet<string>
  /** Names among them of which it has to know what stands on them, too, because the site's may be used. */
  inFull: ReadonlySet<string>
}

/** What the plan needs to know of the site, read before planning. */
export interface SiteFacts {
  url: string
  cloudId: string
  me: { accountId: string; displayName: string }
  /** Lower-cased e-mail address to account, for the source's addresses only. */
  accounts: Record<string, { accountId: string; displayName: string; email: string }>
  /** level: 1 = epics, 0 = what stands under them, -1 = sub-tasks. */
  issueTypes: {
    id: string
    name: string
    subtask: boolean
    description?: string
    level?: number
  }[]
  statuses: { id: string; name: string; category: string; description?: string }[]
  priorities: { id: string; name: string; description?: string; color?: string }[]
  resolutions: { id: string; name: string; description?: string }[]
  linkTypes: { id: string; name: string; inward: string; outward: string }[]
  /** Those projects of the site whose key or name the source has as well. */
  projects: { id: string; key: string; name: string }[]
  roles: { id: string; name: string; description?: string }[]
  categories?: { id: string; name: string; description: string }[]
  customFields?: SiteField[]
  groups: string[]
  /** All filters of the token's account, and of others' that it sees those that have a name of the source. */
  filters?: SiteFilter[]
  /** Dashboards in the same way. */
  dashboards?: SiteDashboard[]
  /** What can be put on a dashboard there. */
  gadgets?: SiteGadgetKind[]
  /** A verification: what is there may be what a migration made, so nothing counts as taken or merged. */
  filled?: boolean
  uploadLimit: number
}
