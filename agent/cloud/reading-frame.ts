import {
  getAllIssueTypeSchemes,
  getAllWorkflowSchemes,
  getIssueAllTypes,
  getIssueLinkTypes,
  getIssueTypeScreenSchemes,
  getScreenSchemes,
  getScreens,
  searchPriorities,
  search as searchStatuses,
  searchWorkflows,
} from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, Id, pages, Text } from './reading-pages.ts'

/** Only company-managed items are the site's; a team-managed project keeps its own under the same names. */
const Scope = v.optional(v.nullable(v.object({ type: v.string() })))
const isGlobal = (one: { scope?: { type: string } | null | undefined }) =>
  one.scope?.type !== 'PROJECT'

const Named = v.object({ id: Id, name: v.string() })
const IssueType = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  subtask: v.optional(v.boolean(), false),
  hierarchyLevel: v.optional(v.number()),
  scope: Scope,
})
const Status = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  statusCategory: v.string(),
  scope: Scope,
})
const Priority = v.object({ id: Id, name: v.string(), description: Text, statusColor: Text })
const Resolution = v.object({ id: Id, name: v.string(), description: Text })
const LinkType = v.object({ id: Id, name: v.string(), inward: Text, outward: Text })

type Frame = Pick<
  SiteReading,
  'issueTypes' | 'statuses' | 'priorities' | 'resolutions' | 'linkTypes' | 'idByName'
>

/** What all projects of a site share: types, statuses, priorities, resolutions, link types, schemes. */
export function readFrame(client: SiteClient): Frame {
  return {
    async issueTypes() {
      const all = read(
        v.array(IssueType),
        await getIssueAllTypes(client),
        'GET /rest/api/3/issuetype',
      )
      return all.filter(isGlobal).map(({ scope: _scope, hierarchyLevel, ...type }) => ({
        ...type,
        level: hierarchyLevel ?? (type.subtask ? -1 : 0),
      }))
    },

    async statuses() {
      const all = await everyPage(Status, 'GET /rest/api/3/statuses/search', (startAt) =>
        searchStatuses(client, { startAt, maxResults: 200 }),
      )
      return all.map(({ scope, statusCategory, ...status }) => ({
        ...status,
        category: statusCategory,
        scope: scope?.type === 'PROJECT' ? ('PROJECT' as const) : ('GLOBAL' as const),
      }))
    },

    async priorities() {
      const all = await everyPage(Priority, 'GET /rest/api/3/priority/search', (startAt) =>
        searchPriorities(client, { startAt: String(startAt), maxResults: '50' }),
      )
      return all.map(({ statusColor, ...priority }) => ({ ...priority, color: statusColor }))
    },

    // jira.js 6.2 has no function for the search of resolutions.
    resolutions: () =>
      everyPage(Resolution, 'GET /rest/api/3/resolution/search', (startAt) =>
        client.sendRequest({
          url: '/rest/api/3/resolution/search',
          method: 'GET',
          searchParams: { startAt, maxResults: 50 },
        }),
      ),

    async linkTypes() {
      const answer = await getIssueLinkTypes(client)
      return read(
        v.object({ issueLinkTypes: v.array(LinkType) }),
        answer,
        'GET /rest/api/3/issueLinkType',
      ).issueLinkTypes
    },

    async idByName(what, name) {
      const { of, ask } = named[what]
      // queryString finds parts of names, in any case: only the very name counts.
      for await (const one of pages(Named, of, (startAt) => ask(client, name, startAt)))
        if (one.name === name) return one.id
      return null
    },
  }
}

type NamedThing = Parameters<SiteReading['idByName']>[0]
const named: Record<
  NamedThing,
  { of: string; ask(client: SiteClient, queryString: string, startAt: number): Promise<unknown> }
> = {
  screen: {
    of: 'GET /rest/api/3/screens',
    ask: (client, queryString, startAt) => getScreens(client, { queryString, startAt }),
  },
  screenScheme: {
    of: 'GET /rest/api/3/screenscheme',
    ask: (client, queryString, startAt) => getScreenSchemes(client, { queryString, startAt }),
  },
  issueTypeScreenScheme: {
    of: 'GET /rest/api/3/issuetypescreenscheme',
    ask: (client, queryString, startAt) =>
      getIssueTypeScreenSchemes(client, { queryString, startAt }),
  },
  issueTypeScheme: {
    of: 'GET /rest/api/3/issuetypescheme',
    ask: (client, queryString, startAt) => getAllIssueTypeSchemes(client, { queryString, startAt }),
  },
  workflow: {
    of: 'GET /rest/api/3/workflows/search',
    ask: (client, queryString, startAt) => searchWorkflows(client, { queryString, startAt }),
  },
  workflowScheme: {
    of: 'GET /rest/api/3/workflowscheme',
    // This list cannot be searched, so it is read from the beginning.
    ask: (client, _name, startAt) => getAllWorkflowSchemes(client, { startAt, maxResults: 50 }),
  },
}
