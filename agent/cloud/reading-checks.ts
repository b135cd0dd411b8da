import { getFields, getMyPermissions, searchProjects } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { Id } from './reading-pages.ts'

const Permissions = v.object({
  permissions: v.record(v.string(), v.object({ havePermission: v.optional(v.boolean(), false) })),
})
const Projects = v.object({ values: v.array(v.unknown()), total: v.optional(v.number()) })
const Fields = v.array(v.object({ id: Id, name: v.string() }))

/** What checks before a run ask of the site beside its facts. */
export function readForChecks(client: SiteClient): Pick<SiteReading, 'forChecks'> {
  return {
    async forChecks(permissions) {
      const [mine, fields, projects] = [
        read(
          Permissions,
          await getMyPermissions(client, { permissions: permissions.join(',') }),
          'GET /rest/api/3/mypermissions',
        ),
        read(Fields, await getFields(client), 'GET /rest/api/3/field'),
        read(
          Projects,
          await searchProjects(client, { maxResults: 1 }),
          'GET /rest/api/3/project/search',
        ),
      ]
      return {
        permissions: Object.fromEntries(
          permissions.map((key) => [key, mine.permissions[key]?.havePermission === true]),
        ),
        fields: fields.map(({ id, name }) => ({ id, name })),
        projects: projects.total ?? projects.values.length,
      }
    },
  }
}
