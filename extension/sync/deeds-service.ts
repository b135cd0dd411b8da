import type { Agent } from '../agent-client.ts'
import * as deeds from '../agent-deeds.ts'
import { emptyPractice, practice } from '../agent-practice.ts'
import type { DeedsCalls } from './deeds-calls.ts'

/** The background's side of the questions before a stop or a delete, and of the practice site. */
export const deedsHandlers = (agent: () => Promise<Agent>) => ({
  consequences: async ({ id }: DeedsCalls['consequences']['ask']) =>
    deeds.consequences(await agent(), id),
  practice: async () => practice(await agent()),
  emptyPractice: async () => emptyPractice(await agent()),
})
