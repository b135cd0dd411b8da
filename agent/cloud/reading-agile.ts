import { getAllBoards, getAllSprints, getConfiguration } from 'jira.js/agile'
import { getFilter, getFiltersPaginated } from 'jira.js/cloud'
import * as v from 'valibot'
import type { SiteClient } from './client.ts'
import { read } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, Id, orNull, pages, Text } from './reading-pages.ts'

const Filter = v.object({
  id: Id,
  name: v.string(),
  description: Text,
  jql: Text,
  owner: v.nullish(v.object({ accountId: v.nullish(v.string()) })),
})
const Board = v.object({
  id: Id,
  name: v.string(),
  type: v.string(),
  location: v.nullish(v.object({ projectKey: v.nullish(v.string()) })),
})
const Configuration = v.object({ filter: v.nullish(v.object({ id: Id })) })
const Sprint = v.object({
  id: Id,
  name: v.string(),
  goal: Text,
  state: v.string(),
  startDate: orNull(v.string()),
  endDate: orNull(v.string()),
})

type Agile = Pick<SiteReading, 'filter' | 'filters' | 'boards' | 'boardFilter' | 'sprints'>

/** Filters, and what Jira Software puts on top of them. me: the account of the token. */
export function readAgile(client: SiteClient, me: { accountId: string }): Agile {
  return {
    async filters(name, whose) {
      const found = []
      const ask = (startAt: number) =>
        getFiltersPaginated(client, {
          startAt,
          maxResults: 100,
          expand: 'description,jql,owner',
          ...(name === null ? {} : { filterName: name }),
          ...(whose === 'mine' ? { accountId: me.accountId } : {}),
          ...(whose === 'all' ? { overrideSharePermissions: true } : {}),
        })
      // filterName finds parts of names, in any case: only the whole name counts.
      for await (const one of pages(Filter, 'GET /rest/api/3/filter/search', ask))
        if (name === null || one.name.toLowerCase() === name.toLowerCase()) found.push(one)
      return found.map(({ id, name, description, jql }) => ({ id, name, description, jql }))
    },

    async filter(filterId) {
      try {
        const answer = await getFilter(client, { id: Number(filterId) })
        const found = read(Filter, answer, 'GET /rest/api/3/filter/{id}')
        const { id, name, description, jql } = found
        return { id, name, description, jql }
      } catch (error) {
        // Jira says 400 for a filter that is not there or not shared.
        if (error instanceof SiteRefusal && [400, 403, 404].includes(error.status)) return null
        throw error
      }
    },

    async boards(by) {
      const all = await everyPage(Board, 'GET /rest/agile/1.0/board', (startAt) =>
        getAllBoards(client, {
          startAt,
          maxResults: 50,
          ...('filterId' in by ? { filterId: Number(by.filterId) } : { name: by.name }),
        }),
      )
      return all.map(({ location, ...board }) => ({
        ...board,
        projectKey: location?.projectKey ?? null,
      }))
    },

    async boardFilter(boardId) {
      const answer = await getConfiguration(client, { boardId: Number(boardId) })
      const of = 'GET /rest/agile/1.0/board/{id}/configuration'
      return read(Configuration, answer, of).filter?.id ?? null
    },

    async sprints(boardId) {
      const all = await everyPage(Sprint, 'GET /rest/agile/1.0/board/{id}/sprint', (startAt) =>
        getAllSprints(client, { boardId: Number(boardId), startAt, maxResults: 50 }),
      )
      const time = (text: string | null) => (text === null ? null : Date.parse(text))
      return all.map(({ startDate, endDate, ...sprint }) => ({
        ...sprint,
        start: time(startDate),
        end: time(endDate),
      }))
    },
  }
}
