import type { RepairsView } from '../../shared/api-repair.ts'
import type { Agent } from '../agent-client.ts'
import * as client from '../agent-repair.ts'
import { readWho } from '../drafts.ts'
import { type Sender, tabsOn } from '../platform.ts'
import { AgentProblem } from '../problems.ts'
import { repairWords } from '../words-repair.ts'
import type { AtSite } from './overlay-calls.ts'
import { knownSite } from './overlay-service.ts'
import type { RepairCalls } from './repair-calls.ts'
import { servePage } from './repair-page.ts'

type Handlers = {
  [Name in keyof RepairCalls]: (
    ask: RepairCalls[Name]['ask'],
    sender: Sender,
  ) => Promise<RepairCalls[Name]['answer']>
}

/**
 * The background's side of repairs.
 * @param agent the agent with its token; throws when there is none
 * @param refresh brings what changed at the agent into the cache
 */
export function repairHandlers(
  agent: () => Promise<Agent>,
  refresh: () => Promise<null>,
): Handlers {
  return {
    async repairLinks({ id, issues, ...at }, sender) {
      return client.itemsWithLinks(await agent(), id, { issues, ...(await boundTo(at, sender)) })
    },
    async repairPreview({ id, items, via, ...at }, sender) {
      const paired = await agent()
      const body = { items, via, ...(await boundTo(at, sender)) }
      const tab = via === 'page' ? await tabOf(at, sender) : null
      const asked = client.previewRepairs(paired, id, body)
      if (tab !== null) {
        let over = false
        const end = () => {
          over = true
        }
        asked.then(end, end)
        await servePage(paired, id, tab, () => over)
      }
      return asked
    },
    async repairBegin({ id, items, via, who, ...at }, sender) {
      const paired = await agent()
      const tab = via === 'page' ? await tabOf(at, sender) : null
      const signed = await signature(who, sender)
      const body = { items, via, who: signed, ...(await boundTo(at, sender)) }
      return follow(paired, id, tab, await client.beginRepairs(paired, id, body))
    },
    async repairUndo({ id, n, via, who, ...at }, sender) {
      const paired = await agent()
      const tab = via === 'page' ? await tabOf(at, sender) : null
      const signed = await signature(who, sender)
      const body = { via, who: signed, ...(await boundTo(at, sender)) }
      return follow(paired, id, tab, await client.undoRepair(paired, id, n, body))
    },
    async repairList({ id, after, limit, ...at }, sender) {
      const question = {
        ...(after === undefined ? {} : { after }),
        ...(limit === undefined ? {} : { limit }),
      }
      const { site } = await boundTo(at, sender)
      const view = await client.repairs(await agent(), id, question, site)
      if (!view.running) await refresh()
      return view
    },
    async repairStop({ id, ...at }, sender) {
      return client.stopRepairs(await agent(), id, (await boundTo(at, sender)).site)
    },
  }

  /** The requests of what was begun go through the tab until it is over; the answer does not wait for that. */
  function follow(paired: Agent, id: string, tab: number | null, begun: RepairsView): RepairsView {
    if (tab !== null) void servePage(paired, id, tab, () => true).then(refresh)
    return begun
  }
}

/** A page of the web is answered about its own site alone; our own pages about all. */
async function boundTo(at: AtSite, sender: Sender): Promise<{ site?: string }> {
  return sender.own ? {} : { site: await knownSite(at, sender) }
}

/** The page that asks, or for our own pages one of the site that is open. */
async function tabOf(at: AtSite, sender: Sender): Promise<number> {
  if (!sender.own && sender.tabId != null) return sender.tabId
  const [tab] = at.site === undefined ? [] : await tabsOn(new URL(at.site).origin)
  if (tab !== undefined) return tab
  throw new AgentProblem({
    code: 'no-page',
    sentence: repairWords.noPage,
    hint: repairWords.noPageHint,
    again: true,
  })
}

async function signature(who: string | undefined, sender: Sender): Promise<string> {
  const given = sender.own ? who?.trim() : undefined
  return given || (await readWho()) || repairWords.unnamed
}
