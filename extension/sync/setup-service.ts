import * as client from '../agent-setup.ts'
import type { SetupCalls } from './setup-calls.ts'

type Handlers = {
  [Name in keyof SetupCalls]: (ask: SetupCalls[Name]['ask']) => Promise<SetupCalls[Name]['answer']>
}

/**
 * The background's side of the stepper, the checks and the findings.
 * @param agent the agent with its token; throws when there is none
 * @param refresh brings what changed at the agent into the cache
 */
export function setupHandlers(
  agent: () => Promise<Parameters<typeof client.setup>[0]>,
  refresh: () => Promise<null>,
): Handlers {
  /** Does it, and shows the list and the badge as they are then. */
  async function andRefresh<T>(work: Promise<T>): Promise<T> {
    const answer = await work
    await refresh()
    return answer
  }
  return {
    createSetup: async (body) => andRefresh(client.createSetup(await agent(), body)),
    setup: async ({ id }) => client.setup(await agent(), id),
    edit: async ({ id, body }) => andRefresh(client.edit(await agent(), id, body)),
    copy: async ({ id, name }) => andRefresh(client.copy(await agent(), id, name)),
    sources: async () => client.sources(await agent()),
    inspection: async ({ id, act }) => client.inspection(await agent(), id, act),
    sourceProjects: async ({ id, act }) => client.sourceProjects(await agent(), id, act),
    preview: async ({ id, act }) => client.preview(await agent(), id, act),
    planned: async (asked) => client.planned(await agent(), asked),
    testSource: async ({ id, source }) => client.testSource(await agent(), id, source),
    testFiles: async ({ id, ...asked }) => client.testFiles(await agent(), id, asked),
    testSite: async ({ id, site }) => client.testSite(await agent(), id, site),
    people: async (question) => client.people(await agent(), question),
    accounts: async ({ id, words }) => client.accounts(await agent(), id, words),
    choosePerson: async ({ id, key, choice }) =>
      client.choosePerson(await agent(), id, key, choice),
    names: async (question) => client.names(await agent(), question),
    collisions: async ({ id }) => client.collisions(await agent(), id),
    checks: async ({ id }) => client.checks(await agent(), id),
    stopChecks: async ({ id }) => client.stopChecks(await agent(), id),
    runChecks: async ({ id, keys }) => client.runChecks(await agent(), id, keys),
    offenders: async (question) => client.offenders(await agent(), question),
    override: async ({ id, key, why }) => andRefresh(client.override(await agent(), id, key, why)),
    retryFinding: async ({ id, cause }) =>
      andRefresh(client.retryFinding(await agent(), id, cause)),
    acceptFinding: async ({ id, cause, why }) =>
      andRefresh(client.acceptFinding(await agent(), id, cause, why)),
  }
}
