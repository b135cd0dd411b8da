import * as client from '../agent-client.ts'
import * as watch from '../agent-watch.ts'
import { forgetAll, renameOwner } from '../cache/changes.ts'
import { setAside } from '../cache/others.ts'
import { readReach } from '../cache/questions.ts'
import { forgetStood } from '../cache/stood.ts'
import { AgentProblem } from '../problems.ts'
import {
  type AgentSettings,
  readAgent,
  readOthers,
  usualName,
  writeAgent,
  writeOthers,
} from '../settings.ts'
import { problemWords } from '../words-problems.ts'
import type { WatchCalls } from './watch-calls.ts'

type Handlers = {
  [Name in keyof WatchCalls]: (ask: WatchCalls[Name]['ask']) => Promise<WatchCalls[Name]['answer']>
}

/**
 * The background's side of watching, and of the agents that are known.
 * @param agent the agent with its token; throws when there is none
 * @param refresh brings what changed at the agent into the cache
 */
export function watchHandlers(
  agent: () => Promise<client.Agent>,
  refresh: () => Promise<null>,
): Handlers {
  return {
    samples: async ({ id }) => watch.samples(await agent(), id),
    logWindow: async (question) => watch.logWindow(await agent(), question),
    pair: async ({ address, code, name }) => {
      const { token, agent: host } = await client.pair(address, code, thisBrowser())
      const known = await readAgent()
      // A name that a person gave stays; the usual one gives way to what the agent calls itself.
      const given = known.address === address && known.name !== usualName ? known.name : ''
      await use({ address, token, name: name || given || host })
      return refresh()
    },
    unpair: async () => {
      await use({ ...(await readAgent()), token: null })
      return refresh()
    },
    chooseAgent: async ({ address }) => {
      const chosen = (await readOthers()).find((one) => one.address === address)
      if (!chosen) throw unknownAgent(address)
      await use(chosen)
      return refresh()
    },
    changeAgent: async (change) => {
      await refuseKnown(change.address)
      const now = await readAgent()
      await writeAgent({ ...now, ...change })
      // It only moved: its token is as good as before, and what is known of it stays.
      await renameOwner(change.address)
      return refresh()
    },
    forgetAgent: async ({ address }) => {
      await writeOthers((await readOthers()).filter((one) => one.address !== address))
      await forgetStood(address)
      return null
    },
    addAgent: async (added) => {
      await refuseKnown(added.address)
      if ((await readAgent()).address === added.address) throw knownAgent(added.address)
      await use({ ...added, token: null })
      return refresh()
    },
    clearCache: async () => {
      // The last that is known is thrown away only where it can be asked for again.
      await refresh()
      if ((await readReach())?.state !== 'here')
        throw new AgentProblem({ code: 'agent-away', ...problemWords.keptList, again: true })
      await forgetAll()
      return refresh()
    },
  }
}

/** Asks this agent from now on; the one before stays known, unless it is the same. */
async function use(next: AgentSettings): Promise<void> {
  const before = await readAgent()
  const others = (await readOthers()).filter((one) => one.address !== next.address)
  // One that was never paired is only an address somebody tried.
  const kept = before.address === next.address || before.token === null ? [] : [before]
  await writeOthers([...others, ...kept])
  // First the cache: what the agent before still says is dropped from here on.
  await setAside(before)
  await forgetAll(next.address)
  await writeAgent(next)
}

async function refuseKnown(address: string): Promise<void> {
  if ((await readOthers()).some((one) => one.address === address)) throw knownAgent(address)
}

/** What the agent writes into a migration's history as the one who did something. */
function thisBrowser(): string {
  const { userAgent } = navigator
  const name = /Firefox/.test(userAgent) ? 'Firefox' : /Edg\//.test(userAgent) ? 'Edge' : 'Chromium'
  const system = /Windows|Mac OS|CrOS|Android|Linux/.exec(userAgent)?.[0].replace('Mac OS', 'macOS')
  return system === undefined ? name : `${name} on ${system}`
}

const knownAgent = (address: string) =>
  new AgentProblem({
    code: 'agent-known',
    ...problemWords.knownAgent(address),
    again: false,
  })
const unknownAgent = (address: string) =>
  new AgentProblem({
    code: 'agent-unknown',
    ...problemWords.unknownAgent(address),
    again: false,
  })
