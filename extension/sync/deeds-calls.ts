import type { ArchivedView, ConsequencesView } from '../../shared/api-deeds.ts'

/** The messages before a stop or a delete, and what is done to many; part of the one table in calls.ts. */
export interface DeedsCalls {
  consequences: { ask: { id: string }; answer: ConsequencesView }
  archiveMany: { ask: { ids: string[]; archived: boolean }; answer: ArchivedView }
}
