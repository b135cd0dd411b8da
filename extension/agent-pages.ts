/** What the overlay asks about lists, boards, filters, people and searches; each answer parsed. */
import {
  MarksViewSchema,
  MovedViewSchema,
  PageCountViewSchema,
  PageJqlViewSchema,
  PagePeopleViewSchema,
} from '../shared/api-pages.ts'
import { type Agent, read, request } from './agent-client.ts'

/** A large board takes the site fifty requests, and the agent waits two minutes at most. */
const countingMs = 130_000
/** The names of a site are a handful of requests to it. */
const namesMs = 40_000

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})

/** Which of these issues need a look; at most 500. */
export const marks = (agent: Agent, site: string, issues: readonly string[]) =>
  read(request(agent, 'marks', json({ site, issues })), MarksViewSchema)

/** What a board or filter finds at the source against what it finds on the site. */
export const pageCounts = (
  agent: Agent,
  site: string,
  what: { board: string } | { filter: string },
) =>
  read(
    request(agent, `page-counts?${new URLSearchParams({ site, ...what })}`, {}, countingMs),
    PageCountViewSchema,
  )

export const pagePeople = (agent: Agent, site: string) =>
  read(request(agent, `page-people?${new URLSearchParams({ site })}`), PagePeopleViewSchema)

/** Names with "(migrated)" in a JQL, and the JQL without. */
export const pageJql = (agent: Agent, site: string, jql: string) =>
  read(request(agent, 'page-jql', json({ site, jql }), namesMs), PageJqlViewSchema)

/** Where an issue or a project of an old server went. */
export const moved = (
  agent: Agent,
  source: string,
  what: { issue: string } | { project: string },
) => read(request(agent, `moved?${new URLSearchParams({ source, ...what })}`), MovedViewSchema)
