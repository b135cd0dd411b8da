import type { ProblemView } from '../shared/problem.ts'

/** A problem as the agent told it, or as the extension met it; the views show all four parts. */
export class AgentProblem extends Error {
  override readonly name = 'AgentProblem'
  readonly view: ProblemView

  constructor(view: ProblemView, cause?: unknown) {
    super(view.sentence, cause === undefined ? undefined : { cause })
    this.view = view
  }
}

/** The agent did not answer at all: it is not running, or the address is wrong. */
export function agentAway(address: string, cause: unknown): AgentProblem {
  return new AgentProblem(
    {
      code: 'agent-away',
      sentence: `The agent does not answer at ${address}.`,
      hint: 'Start it on this machine, or correct its address in the options.',
      again: true,
    },
    cause,
  )
}

/** No token yet, or the agent no longer knows it. */
export function notPaired(): AgentProblem {
  return new AgentProblem({
    code: 'not-paired',
    sentence: 'This browser is not paired with the agent.',
    hint: 'Enter the pairing code that the agent printed when it started.',
    again: false,
  })
}

/** The page asked from is no Jira Cloud site, and no practice site that a migration went to. */
export function unknownSite(): AgentProblem {
  return new AgentProblem({
    code: 'site-unknown',
    sentence: 'No migration of this browser went to this site.',
    hint: 'Open the page on the site to which the migration went.',
    again: false,
  })
}

/** The page's project or issue is of no migration of the agent in use. */
export function nothingKnown(): AgentProblem {
  return new AgentProblem({
    code: 'not-found',
    sentence: 'No migration of this agent knows this project.',
    hint: 'Choose the agent that moved it in the options.',
    again: false,
  })
}

/** The script in the page outlived the extension that put it there. */
export const extensionUpdated = (): ProblemView => ({
  code: 'extension-updated',
  sentence: 'Landfall was updated or switched off while this page was open.',
  hint: 'Reload this page.',
  again: false,
})

/** Any thrown value in the form that the views show. */
export function viewOf(error: unknown): ProblemView {
  if (error instanceof AgentProblem) return error.view
  return {
    code: 'unexpected',
    sentence: `Something unforeseen happened: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Reload this page; if it comes back, please report it with this text.',
    again: true,
  }
}
