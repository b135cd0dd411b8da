/** The messages between pages (or the overlay) and the background: one table, typed at both ends. */
import type { MigrationInput, MigrationView } from '../../shared/api.ts'
import type { StrangerPage } from '../../shared/api-strangers.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { Act, ItemPage, ItemsQuestion, LogPage, StrangersQuestion } from '../agent-client.ts'
import { sendToBackground } from '../platform.ts'
import { AgentProblem } from '../problems.ts'
import { problemWords } from '../words-problems.ts'
import type { AfterCalls } from './after-calls.ts'
import type { AppsCalls } from './apps-calls.ts'
import type { DeedsCalls } from './deeds-calls.ts'
import type { OverlayCalls } from './overlay-calls.ts'
import type { PagesCalls } from './pages-calls.ts'
import type { RepairCalls } from './repair-calls.ts'
import type { SetupCalls } from './setup-calls.ts'
import type { SourceCalls } from './source-calls.ts'
import type { WatchCalls } from './watch-calls.ts'

export interface Calls
  extends SetupCalls,
    WatchCalls,
    AppsCalls,
    AfterCalls,
    DeedsCalls,
    RepairCalls,
    SourceCalls,
    OverlayCalls,
    PagesCalls {
  /** Ask the agent for changes now. */
  pull: { ask: null; answer: null }
  /** A page wrote news into the cache: show badge and notices. */
  attend: { ask: null; answer: null }
  create: { ask: MigrationInput; answer: MigrationView }
  act: { ask: { id: string; act: Act }; answer: MigrationView }
  remove: { ask: { id: string }; answer: null }
  detail: { ask: { id: string }; answer: null }
  items: { ask: ItemsQuestion; answer: ItemPage }
  strangers: { ask: StrangersQuestion; answer: StrangerPage }
  log: { ask: { id: string; after?: number; limit?: number }; answer: LogPage }
}
export type CallName = keyof Calls
export interface Message<Name extends CallName = CallName> {
  landfall: Name
  ask: Calls[Name]['ask']
}
/** Only plain JSON crosses between pages, so an error travels as its view. */
export type Reply<T> = { ok: true; value: T } | { ok: false; problem: ProblemView }

/** Asks the background and gives its answer, or throws the AgentProblem it met. */
export async function call<Name extends CallName>(
  name: Name,
  ask: Calls[Name]['ask'],
): Promise<Calls[Name]['answer']> {
  const message: Message<Name> = { landfall: name, ask }
  const reply = (await sendToBackground(message)) as Reply<Calls[Name]['answer']> | undefined
  if (!reply)
    throw new AgentProblem({
      code: 'background-silent',
      ...problemWords.silent,
      again: true,
    })
  if (!reply.ok) throw new AgentProblem(reply.problem)
  return reply.value
}
