import * as client from '../agent-after.ts'
import type { Agent } from '../agent-client.ts'
import type { AfterCalls } from './after-calls.ts'

type Handlers = {
  [Name in keyof AfterCalls]: (ask: AfterCalls[Name]['ask']) => Promise<AfterCalls[Name]['answer']>
}

/**
 * The background's side of checks after a migration, checklists and sign-offs.
 * @param agent the agent with its token; throws when there is none
 * @param refresh brings what changed at the agent into the cache
 */
export function afterHandlers(agent: () => Promise<Agent>, refresh: () => Promise<null>): Handlers {
  /** Does it, and shows the list and the badge as they are then. */
  async function andRefresh<T>(work: Promise<T>): Promise<T> {
    const answer = await work
    await refresh()
    return answer
  }
  return {
    after: async ({ id }) => client.after(await agent(), id),
    runAfter: async ({ id, keys }) => client.runAfter(await agent(), id, keys),
    stopAfter: async ({ id }) => client.stopAfter(await agent(), id),
    acceptAfter: async ({ id, key, why }) =>
      andRefresh(client.acceptAfter(await agent(), id, key, why)),
    places: async (question) => client.places(await agent(), question),
    checklist: async ({ id, project }) => client.checklist(await agent(), id, project),
    tickEntry: async (ticked) => andRefresh(client.tick(await agent(), ticked)),
    signOff: async (said) => andRefresh(client.signOff(await agent(), said)),
    withdrawSignOff: async ({ id, project, who }) =>
      andRefresh(client.withdrawSignOff(await agent(), id, project, who)),
  }
}
