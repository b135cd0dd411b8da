/** The background's side of what a person opens by hand on a project, or on a page of an old server. */

import * as after from '../agent-after.ts'
import { type Agent, projectVerdict } from '../agent-client.ts'
import { pagePeople } from '../agent-pages.ts'
import { readWho, writeWho } from '../drafts.ts'
import type { Sender } from '../platform.ts'
import { nothingKnown } from '../problems.ts'
import { closeIn, movedFrom } from './old-pages.ts'
import type { AtSite } from './overlay-calls.ts'
import { knownSite } from './overlay-service.ts'
import type { PagesCalls } from './pages-calls.ts'

type Handlers = {
  [Name in keyof PagesCalls]: (
    ask: PagesCalls[Name]['ask'],
    sender: Sender,
  ) => Promise<PagesCalls[Name]['answer']>
}

/**
 * The handlers of what a person opens by hand on a project.
 * @param agent the agent with its token; throws when there is none
 */
export function projectHandlers(agent: () => Promise<Agent>): Handlers {
  /** The migration that knows the project; throws where none does. */
  async function about(ask: AtSite & { project: string }, sender: Sender) {
    const site = await knownSite(ask, sender)
    const { migration } = await projectVerdict(await agent(), site, ask.project)
    if (migration === null) throw nothingKnown()
    return { agent: await agent(), id: migration.id, project: ask.project }
  }
  return {
    projectPage: async (ask, sender) => {
      const of = await about(ask, sender)
      const [checks, checklist, who] = await Promise.all([
        after.after(of.agent, of.id),
        after.checklist(of.agent, of.id, of.project),
        readWho(),
      ])
      return { after: checks, checklist, who }
    },
    projectPlaces: async ({ key, list, after: from, ...ask }, sender) => {
      const of = await about(ask, sender)
      return after.places(of.agent, { id: of.id, project: of.project, key, list, after: from })
    },
    peoplePlaces: async ({ key, list, after: from, ...at }, sender) => {
      const site = await knownSite(at, sender)
      const { migration } = await pagePeople(await agent(), site)
      if (migration === null) throw nothingKnown()
      return after.places(await agent(), {
        id: migration.id,
        project: null,
        key,
        list,
        after: from,
      })
    },
    projectRun: async (ask, sender) => {
      const of = await about(ask, sender)
      return after.runAfter(of.agent, of.id, [])
    },
    projectTick: async ({ entry, done, who, ...ask }, sender) => {
      const of = await about(ask, sender)
      await writeWho(who)
      const { id, project } = of
      return after.tick(of.agent, { id, project, entry, done, note: '', who })
    },
    projectSign: async ({ who, ...ask }, sender) => {
      const of = await about(ask, sender)
      await writeWho(who)
      return after.signOff(of.agent, { id: of.id, project: of.project, note: '', who })
    },
    projectWithdraw: async ({ who, ...ask }, sender) => {
      const of = await about(ask, sender)
      await writeWho(who)
      return after.withdrawSignOff(of.agent, of.id, of.project, who)
    },
    moved: async ({ address }, sender) => movedFrom(await agent(), address, sender),
    closeMoved: (_ask, sender) => closeIn(sender),
  }
}
