import type { ProblemView } from '../shared/problem.ts'
import { problemWords } from './words-problems.ts'

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
      ...problemWords.agentAway(address),
      again: true,
    },
    cause,
  )
}

/** No token yet, or the agent no longer knows it. */
export function notPaired(): AgentProblem {
  return new AgentProblem({
    code: 'not-paired',
    ...problemWords.notPaired,
    again: false,
  })
}

/** The page asked from is no Jira Cloud site, and no practice site that a migration went to. */
export function unknownSite(): AgentProblem {
  return new AgentProblem({
    code: 'site-unknown',
    ...problemWords.unknownSite,
    again: false,
  })
}

/** The page's project or issue is of no migration of the agent in use. */
export function nothingKnown(): AgentProblem {
  return new AgentProblem({
    code: 'not-found',
    ...problemWords.nothingKnown,
    again: false,
  })
}

/** The script in the page outlived the extension that put it there. */
export const extensionUpdated = (): ProblemView => ({
  code: 'extension-updated',
  ...problemWords.updated,
  again: false,
})

/** Any thrown value in the form that the views show. */
export function viewOf(error: unknown): ProblemView {
  if (error instanceof AgentProblem) return error.view
  return {
    code: 'unexpected',
    ...problemWords.unexpected(error instanceof Error ? error.message : String(error)),
    again: true,
  }
}
