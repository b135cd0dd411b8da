/** The background's side of the messages: each call is one function, and only the background has the token. */
import * as client from '../agent-client.ts'
import { appTable, beside, sourceRows } from '../agent-source.ts'
import { takeDetail, takeMigration } from '../cache/changes.ts'
import { closeStorage, onMessage, type Sender } from '../platform.ts'
import { AgentProblem, notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { problemWords } from '../words-problems.ts'
import { afterHandlers } from './after-service.ts'
import { appsHandlers, lookAtApps } from './apps-service.ts'
import { attend } from './attend.ts'
import type { CallName, Calls, Message, Reply } from './calls.ts'
import { deedsHandlers } from './deeds-service.ts'
import { fromTheWeb, overlayHandlers } from './overlay-service.ts'
import { projectHandlers } from './project-service.ts'
import { pull } from './pull.ts'
import { repairHandlers } from './repair-service.ts'
import { setupHandlers } from './setup-service.ts'
import { watchHandlers } from './watch-service.ts'

type Handlers = {
  [Name in CallName]: (ask: Calls[Name]['ask'], sender: Sender) => Promise<Calls[Name]['answer']>
}

/** The agent's address with the token of the pairing; throws when there is none. */
async function pairedAgent(): Promise<client.Agent> {
  const { address, token } = await readAgent()
  if (token === null) throw notPaired()
  return { address, token }
}

export const handlers: Handlers = {
  ...setupHandlers(pairedAgent, refresh),
  ...watchHandlers(pairedAgent, refresh),
  ...appsHandlers(pairedAgent, refresh),
  ...afterHandlers(pairedAgent, refresh),
  ...deedsHandlers(pairedAgent, refresh),
  ...repairHandlers(pairedAgent, refresh),
  ...overlayHandlers(pairedAgent),
  ...projectHandlers(pairedAgent),
  pull: refresh,
  attend: async () => {
    await lookAtApps()
    await attend()
    return null
  },
  create: async (input) => {
    const made = await client.createMigration(await pairedAgent(), input)
    await refresh()
    return made
  },
  act: async ({ id, act }) => {
    const view = await client.act(await pairedAgent(), id, act)
    await takeMigration(view)
    await refresh()
    return view
  },
  remove: async ({ id }) => {
    await client.removeMigration(await pairedAgent(), id)
    await refresh()
    return null
  },
  detail: async ({ id }) => {
    await takeDetail(await client.detail(await pairedAgent(), id))
    return null
  },
  items: async (question) => client.items(await pairedAgent(), question),
  beside: async (question) => beside(await pairedAgent(), question),
  sourceRows: async (question) => sourceRows(await pairedAgent(), question),
  appTable: async (question) => appTable(await pairedAgent(), question),
  strangers: async (question) => client.strangers(await pairedAgent(), question),
  log: async ({ id, ...query }) => client.log(await pairedAgent(), id, query),
}

async function refresh(): Promise<null> {
  await pull()
  await lookAtApps()
  await attend()
  return null
}

/** Starts answering; to be called while the background starts. */
export function serve(): void {
  void closeStorage()
  onMessage((message, sender) => {
    if (!isMessage(message)) return undefined
    if (!sender.own && !fromTheWeb.has(message.landfall)) return Promise.resolve(refused())
    return answer(message, sender)
  })
}

async function answer<Name extends CallName>(
  { landfall, ask }: Message<Name>,
  sender: Sender,
): Promise<Reply<Calls[Name]['answer']>> {
  try {
    return { ok: true, value: await handlers[landfall](ask, sender) }
  } catch (error) {
    if (!(error instanceof AgentProblem)) console.error(error)
    return { ok: false, problem: viewOf(error) }
  }
}

function isMessage(message: unknown): message is Message {
  return (
    typeof message === 'object' &&
    message !== null &&
    'landfall' in message &&
    Object.hasOwn(handlers, String(message.landfall))
  )
}

const refused = (): Reply<null> => ({
  ok: false,
  problem: {
    code: 'refused',
    ...problemWords.refused,
    again: false,
  },
})
