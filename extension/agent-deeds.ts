/** The agent's routes of shared/api-deeds.ts, each answer parsed. */
import { ArchivedViewSchema, ConsequencesViewSchema } from '../shared/api-deeds.ts'
import { type Agent, read, request } from './agent-client.ts'

/** What is on the site and on the agent's disk of a migration. */
export const consequences = (agent: Agent, id: string) =>
  read(request(agent, `migrations/${encodeURIComponent(id)}/consequences`), ConsequencesViewSchema)

/** Archives many, or takes them out again. */
export const archiveMany = (agent: Agent, ids: readonly string[], archived: boolean) =>
  read(
    request(agent, 'archive', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ids, archived }),
    }),
    ArchivedViewSchema,
  )
