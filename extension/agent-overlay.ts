/** What the overlay asks of the agent; part of the table in agent-client.ts, which holds the connection. */
import { HistoryPageSchema, OriginalViewSchema } from '../shared/api-pages.ts'
import { type Agent, read, request } from './agent-client.ts'

/** How long the agent may take to look something up in a snapshot and convert its texts, in ms. */
const lookUpMs = 30_000

/** What the source held of an issue. */
export const original = (agent: Agent, site: string, issue: string) =>
  read(
    request(agent, `original?${new URLSearchParams({ site, issue })}`, {}, lookUpMs),
    OriginalViewSchema,
  )

/** A page of an issue's history at the source, oldest first; after: the `next` of the page before. */
export const history = (agent: Agent, site: string, issue: string, after: number | null) => {
  const asked = new URLSearchParams({ site, issue })
  if (after !== null) asked.set('after', String(after))
  return read(request(agent, `original/history?${asked}`, {}, lookUpMs), HistoryPageSchema)
}
