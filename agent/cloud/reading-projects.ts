import {
  getProject,
  getProjectComponentsPaginated,
  getProjectVersionsPaginated,
  searchProjects,
} from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, Id, inParts, orNull, pages, Text } from './reading-pages.ts'

const Account = orNull(v.object({ accountId: v.string() }))
const Project = v.object({
  id: Id,
  key: v.string(),
  name: v.string(),
  description: Text,
  url: orNull(v.string()),
  lead: Account,
  assigneeType: orNull(v.string()),
  projectTypeKey: Text,
  projectCategory: orNull(v.object({ name: v.string() })),
})
const Component = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  lead: Account,
  assigneeType: orNull(v.string()),
})
const Version = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  startDate: orNull(v.string()),
  releaseDate: orNull(v.string()),
  released: v.optional(v.boolean(), false),
  archived: v.optional(v.boolean(), false),
})
const Listed = v.object({ id: Id, key: v.string(), name: v.string() })

/** At most so many keys in one question (the API document's limit for this parameter). */
const keysPerRequest = 50
/** A key is taken as long as its project is in the archive or in the trash. */
const anywhere = ['live', 'archived', 'deleted']

type Projects = Pick<SiteReading, 'project' | 'components' | 'versions'>

export function readProjects(client: SiteClient) {
  const search = (by: { keys?: string[]; query?: string }) =>
    pages(Listed, 'GET /rest/api/3/project/search', (startAt) =>
      searchProjects(client, { ...by, status: anywhere, startAt, maxResults: 50 }),
    )

  return {
    /** Those projects of the site that have one of these keys or names (without case, as Jira compares). */
    async taken(keys: string[], names: string[]): Promise<v.InferOutput<typeof Listed>[]> {
      const found = new Map<string, v.InferOutput<typeof Listed>>()
      for (const part of inParts([...new Set(keys)], keysPerRequest))
        for await (const one of search({ keys: part })) found.set(one.id, one)
      for (const name of new Set(names))
        for await (const one of search({ query: name }))
          if (one.name.toLowerCase() === name.toLowerCase()) found.set(one.id, one)
      return [...found.values()]
    },

    async project(key) {
      try {
        const answer = await getProject(client, {
          projectIdOrKey: encodeURIComponent(key),
          expand: 'description,lead,url',
        })
        const of = 'GET /rest/api/3/project/{id}'
        const { lead, projectCategory, ...project } = read(Project, answer, of)
        return {
          ...project,
          leadAccountId: lead?.accountId ?? null,
          category: projectCategory?.name ?? null,
        }
      } catch (error) {
        if (error instanceof SiteRefusal && error.status === 404) return null
        throw error
      }
    },

    async components(projectKey) {
      const all = await everyPage(Component, 'GET /rest/api/3/project/{id}/component', (startAt) =>
        getProjectComponentsPaginated(client, {
          projectIdOrKey: projectKey,
          startAt,
          maxResults: 50,
        }),
      )
      return all.map(({ lead, ...component }) => ({
        ...component,
        leadAccountId: lead?.accountId ?? null,
      }))
    },

    versions: (projectKey) =>
      everyPage(Version, 'GET /rest/api/3/project/{id}/version', (startAt) =>
        getProjectVersionsPaginated(client, {
          projectIdOrKey: projectKey,
          startAt,
          maxResults: 50,
        }),
      ),
  } satisfies Projects & Record<'taken', unknown>
}
