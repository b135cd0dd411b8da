/** The agent's routes of shared/api-practice.ts, each answer parsed. */
import { PracticeViewSchema } from '../shared/api-practice.ts'
import { type Agent, read, request } from './agent-client.ts'

export const practice = (agent: Agent) => read(request(agent, 'practice'), PracticeViewSchema)

export const emptyPractice = (agent: Agent) =>
  read(request(agent, 'practice', { method: 'DELETE' }), PracticeViewSchema)
