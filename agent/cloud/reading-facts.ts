import { getAttachmentMeta } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteReading } from './reading.ts'
import type { readAccess } from './reading-access.ts'
import type { readDashboards } from './reading-dashboards.ts'
import type { readFields } from './reading-fields.ts'
import type { readFrame } from './reading-frame.ts'
import type { readOwned } from './reading-owned.ts'
import type { readPeople } from './reading-people.ts'
import type { readProjects } from './reading-projects.ts'
import type { KnownSite } from './reading-site.ts'

const Meta = v.object({ enabled: v.boolean(), uploadLimit: v.optional(v.number(), 0) })

/** What this account may not see is, for whoever only compares, as if it were not there. */
async function unlessRefused<T>(asked: Promise<T>, none: T): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof SiteRefusal && [401, 403].includes(error.status)) return none
    throw error
  }
}

/** What the plan needs to know of the site; the areas are asked beside each other. */
export function readFacts(
  client: SiteClient,
  known: KnownSite,
  areas: {
    frame: ReturnType<typeof readFrame>
    fields: ReturnType<typeof readFields>
    people: ReturnType<typeof readPeople>
    projects: ReturnType<typeof readProjects>
    access: ReturnType<typeof readAccess>
    owned: ReturnType<typeof readOwned>
    dashboards: ReturnType<typeof readDashboards>
  },
): SiteReading['facts'] {
  const { frame, fields, people, projects, access, owned, dashboards } = areas

  /** Bytes; 0 where the site takes no attachments at all. */
  async function uploadLimit() {
    const meta = read(Meta, await getAttachmentMeta(client), 'GET /rest/api/3/attachment/meta')
    return meta.enabled ? meta.uploadLimit : 0
  }

  return async (want) => {
    const { mayBeRefused } = want
    const seen = <T>(asked: Promise<T>, none: T) =>
      mayBeRefused ? unlessRefused(asked, none) : asked
    const [cloudId, accounts, taken, issueTypes, statuses, priorities, resolutions, linkTypes] =
      await Promise.all([
        known.cloudId(),
        people.byEmail(want.emails),
        projects.taken(want.projectKeys, want.projectNames),
        frame.issueTypes(),
        seen(frame.statuses(), []),
        seen(frame.priorities(), []),
        seen(frame.resolutions(), []),
        frame.linkTypes(),
      ])
    const [customFields, roles, categories, groups, limit] = await Promise.all([
      seen(fields.customFields(), []),
      seen(access.roles(), []),
      seen(access.projectCategories(), []),
      seen(access.groups(null), []),
      seen(uploadLimit(), 0),
    ])
    const [filters, ownDashboards, gadgets] = await Promise.all([
      want.filters ? seen(owned.filters(want.filters), []) : undefined,
      want.dashboards ? seen(owned.dashboards(want.dashboards), []) : undefined,
      seen(dashboards.gadgetKinds(), []),
    ])
    return {
      url: known.url,
      cloudId,
      me: known.me,
      accounts,
      issueTypes,
      // A team-managed project's statuses are nobody else's.
      statuses: statuses
        .filter((status) => status.scope === 'GLOBAL')
        .map(({ scope: _scope, ...status }) => status),
      priorities,
      resolutions,
      linkTypes,
      projects: taken,
      customFields,
      roles,
      categories,
      ...(filters && { filters }),
      ...(ownDashboards && { dashboards: ownDashboards }),
      gadgets,
      groups: groups.map((group) => group.name),
      uploadLimit: limit,
    }
  }
}
