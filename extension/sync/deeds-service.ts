import type { Agent } from '../agent-client.ts'
import * as deeds from '../agent-deeds.ts'
import type { DeedsCalls } from './deeds-calls.ts'

/**
 * The background's side of the questions before a stop or a delete, and of what is done to many.
 * @param refresh brings what changed at the agent into the cache
 */
export const deedsHandlers = (agent: () => Promise<Agent>, refresh: () => Promise<null>) => ({
  consequences: async ({ id }: DeedsCalls['consequences']['ask']) =>
    deeds.consequences(await agent(), id),
  archiveMany: async ({ ids, archived }: DeedsCalls['archiveMany']['ask']) => {
    const came = await deeds.archiveMany(await agent(), ids, archived)
    await refresh()
    return came
  },
})
