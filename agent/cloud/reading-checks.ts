import { getFields, getMyPermissions, searchProjects } from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteReading } from './reading.ts'
import { Id } from './reading-pages.ts'

const Permissions = v.object({
  permissions: v.record(v.string(), v.object({ havePermission: v.optional(v.boolean(), false) })),
})
const Projects = v.object({ values: v.array(v.unknown()), total: v.optional(v.number()) })
const Fields = v.array(v.object({ id: Id, name: v.string() }))

/** What checks before a run ask of the site beside its facts. */
export function readForChecks(client: SiteClient): Pick<SiteReading, 'forChecks'> {
  async function ask(keys: readonly string[]): Promise<Record<string, boolean>> {
    const answer = await getMyPermissions(client, { permissions: keys.join(',') })
    const mine = read(Permissions, answer, 'GET /rest/api/3/mypermissions').permissions
    return Object.fromEntries(keys.map((key) => [key, mine[key]?.havePermission === true]))
  }

  /** A site refuses the whole question for a permission that it does not know: those it knows are asked alone. */
  async function known(keys: readonly string[]): Promise<Record<string, boolean>> {
    try {
      return await ask(keys)
    } catch (error) {
      if (!(error instanceof SiteRefusal) || error.status !== 400) throw error
      if (keys.length === 1) return {}
      const found = Object.assign({}, ...(await Promise.all(keys.map((key) => known([key])))))
      if (Object.keys(found).length === 0) throw error
      return found
    }
  }

  return {
    async forChecks(permissions) {
      const mine = await known(permissions)
      const fields = read(Fields, await getFields(client), 'GET /rest/api/3/field')
      const projects = read(
        Projects,
        await searchProjects(client, { maxResults: 1 }),
        'GET /rest/api/3/project/search',
      )
      return {
        permissions: mine,
        fields: fields.map(({ id, name }) => ({ id, name })),
        projects: projects.total ?? projects.values.length,
      }
    },
  }
}
