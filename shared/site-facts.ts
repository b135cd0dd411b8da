import type { SiteField } from './custom-fields.ts'
import type { SiteGadgetKind } from './dashboards.ts'

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
  /** The names of the filters that the token's account has. */
  filters?: string[]
  /** The names of the dashboards that the token's account has. */
  dashboards?: string[]
  /** What can be put on a dashboard there. */
  gadgets?: SiteGadgetKind[]
  /** A verification: what is there may be what a migration made, so nothing counts as taken or merged. */
  filled?: boolean
  uploadLimit: number
}
