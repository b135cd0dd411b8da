import { getAllProjectRoles, getAttachmentMeta } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import type { readFrame } from './reading-frame.ts'
import { everyPage, Id } from './reading-pages.ts'
import type { readPeople } from './reading-people.ts'
import type { readProjects } from './reading-projects.ts'
import type { KnownSite } from './reading-site.ts'

const Role = v.object({
  id: Id,
  name: v.string(),
  scope: v.optional(v.nullable(v.object({ type: v.string() }))),
})
const Group = v.object({ name: v.string() })
const Meta = v.object({ enabled: v.boolean(), uploadLimit: v.optional(v.number(), 0) })

/** What the plan needs to know of the site; the areas are asked beside each other. */
export function readFacts(
  client: SiteClient,
  known: KnownSite,
  areas: {
    frame: ReturnType<typeof readFrame>
    people: ReturnType<typeof readPeople>
    projects: ReturnType<typeof readProjects>
  },
): SiteReading['facts'] {
  const { frame, people, projects } = areas

  async function roles() {
    const all = read(v.array(Role), await getAllProjectRoles(client), 'GET /rest/api/3/role')
    return all
      .filter((role) => role.scope?.type !== 'PROJECT')
      .map(({ id, name }) => ({ id, name }))
  }

  async function groups() {
    // jira.js 6.2 has no function for this.
    const all = await everyPage(Group, 'GET /rest/api/3/group/bulk', (startAt) =>
      client.sendRequest({
        url: '/rest/api/3/group/bulk',
        method: 'GET',
        searchParams: { startAt, maxResults: 1000 },
      }),
    )
    return all.map((group) => group.name)
  }

  /** Bytes; 0 where the site takes no attachments at all. */
  async function uploadLimit() {
    const meta = read(Meta, await getAttachmentMeta(client), 'GET /rest/api/3/attachment/meta')
    return meta.enabled ? meta.uploadLimit : 0
  }

  return async (want) => {
    const [cloudId, accounts, taken, issueTypes, statuses, priorities, resolutions, linkTypes] =
      await Promise.all([
        known.cloudId(),
        people.byEmail(want.emails),
        projects.taken(want.projectKeys, want.projectNames),
        frame.issueTypes(),
        frame.statuses(),
        frame.priorities(),
        frame.resolutions(),
        frame.linkTypes(),
      ])
    const [roleList, groupNames, limit] = await Promise.all([roles(), groups(), uploadLimit()])
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
      roles: roleList,
      groups: groupNames,
      uploadLimit: limit,
    }
  }
}
