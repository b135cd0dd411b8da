import { getFields, getMyPermissions } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { Id } from './reading-pages.ts'

const Permissions = v.object({
  permissions: v.record(v.string(), v.object({ havePermission: v.optional(v.boolean(), false) })),
})
const Fields = v.array(v.object({ id: Id, name: v.string() }))

/** What checks before a run ask of the site beside its facts. */
export function readForChecks(client: SiteClient): Pick<SiteReading, 'forChecks'> {
  return {
    async forChecks(permissions) {
      const [mine, fields] = [
        read(
          Permissions,
          await getMyPermissions(client, { permissions: permissions.join(',') }),
          'GET /rest/api/3/mypermissions',
        ),
        read(Fields, await getFields(client), 'GET /rest/api/3/field'),
      ]
      return {
        permissions: Object.fromEntries(
          permissions.map((key) => [key, mine.permissions[key]?.havePermission === true]),
        ),
        fields: fields.map(({ id, name }) => ({ id, name })),
      }
    },
  }
}
