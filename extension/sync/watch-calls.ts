import type { LogWindow, SamplesView } from '../../shared/api-watch.ts'
import type { LogQuestion } from '../agent-watch.ts'

/** The messages of watching and of the options. */
export interface WatchCalls {
  samples: { ask: { id: string }; answer: SamplesView }
  logWindow: { ask: LogQuestion; answer: LogWindow }
  /** Exchanges a code for a token; an agent that was in use stays known. */
  pair: { ask: { address: string; code: string; name?: string }; answer: null }
  /** Forgets the token of the agent in use. */
  unpair: { ask: null; answer: null }
  /** Asks another known agent from now on. */
  chooseAgent: { ask: { address: string }; answer: null }
  /** The agent in use has another name, or is found elsewhere. */
  changeAgent: { ask: { name: string; address: string }; answer: null }
  /** A known agent that is not in use goes. */
  forgetAgent: { ask: { address: string }; answer: null }
  /** Adds an agent that is not paired yet, and asks it from now on. */
  addAgent: { ask: { name: string; address: string }; answer: null }
  /** Empties what the browser keeps, and asks for it again. */
  clearCache: { ask: null; answer: null }
}
