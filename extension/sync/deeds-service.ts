import type { Agent } from '../agent-client.ts'
import * as deeds from '../agent-deeds.ts'
import { emptyPractice, practice } from '../agent-practice.ts'
import type { DeedsCalls } from './deeds-calls.ts'

/**
 * The background's side of the questions before a stop or a delete, of what is done to many, and of the practice site.
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
  practice: async () => practice(await agent()),
  emptyPractice: async () => emptyPractice(await agent()),
})
