/** The agent's routes of shared/api-deeds.ts, each answer parsed. */
import { ConsequencesViewSchema } from '../shared/api-deeds.ts'
import { type Agent, read, request } from './agent-client.ts'

/** What is on the site and on the agent's disk of a migration. */
export const consequences = (agent: Agent, id: string) =>
  read(request(agent, `migrations/${encodeURIComponent(id)}/consequences`), ConsequencesViewSchema)
