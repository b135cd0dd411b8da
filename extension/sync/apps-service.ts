import * as client from '../agent-apps.ts'
import type { Agent } from '../agent-client.ts'
import { appsToAsk, takeApps } from '../cache/apps.ts'
import { viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import type { AppsCalls } from './apps-calls.ts'
import { attend } from './attend.ts'

type Handlers = {
  [Name in keyof AppsCalls]: (ask: AppsCalls[Name]['ask']) => Promise<AppsCalls[Name]['answer']>
}

/**
 * The background's side of app migrations.
 * @param agent the agent with its token; throws when there is none
 * @param refresh brings what changed at the agent into the cache
 */
export function appsHandlers(agent: () => Promise<Agent>, refresh: () => Promise<null>): Handlers {
  /** Does it, and shows the apps, the list and the notices as they are then. */
  async function andTake(id: string, work: ReturnType<typeof client.apps>): Promise<null> {
    await takeApps(id, await work, Date.now())
    return refresh()
  }
  return {
    apps: async ({ id }) => {
      await ask(await agent(), id)
      await attend()
      return null
    },
    decideApp: async ({ id, key, body }) =>
      andTake(id, client.decide(await agent(), id, key, body)),
    setAppHandler: async ({ id, key, handler }) =>
      andTake(id, client.setHandler(await agent(), id, key, handler)),
    appAct: async ({ id, key, act }) => andTake(id, client.appAct(await agent(), id, key, act)),
    appRecords: async (question) => client.appRecords(await agent(), question),
    appLog: async (question) => client.appLog(await agent(), question),
  }
}

/** Before its source was read a migration has no apps to tell; that is an answer, and no failure. */
async function ask(agent: Agent, id: string): Promise<void> {
  try {
    await takeApps(id, await client.apps(agent, id), Date.now())
  } catch (error) {
    if (viewOf(error).code !== 'not-now') throw error
    await takeApps(id, null, Date.now())
  }
}

/** Asks for the apps of what changed, so that popup and notices can speak of them with no page open. */
export async function lookAtApps(): Promise<void> {
  const { address, token } = await readAgent()
  if (token === null) return
  for (const id of await appsToAsk(Date.now()))
    try {
      await ask({ address, token }, id)
    } catch (error) {
      // Asked again with the next change; a page that shows these apps asks by itself, and says what went wrong.
      const { code, sentence } = viewOf(error)
      if (code === 'agent-away' || code === 'not-paired') return
      console.warn(`The apps of migration ${id} are not known: ${sentence}`)
    }
}
