import type { ConsequencesView } from '../../shared/api-deeds.ts'

/** The messages before a stop or a delete; part of the one table in calls.ts. */
export interface DeedsCalls {
  consequences: { ask: { id: string }; answer: ConsequencesView }
}
