import type { ArchivedView, ConsequencesView } from '../../shared/api-deeds.ts'
import type { PracticeView } from '../../shared/api-practice.ts'

/** The messages before a stop or a delete, what is done to many, and of the practice site; part of the one table in calls.ts. */
export interface DeedsCalls {
  consequences: { ask: { id: string }; answer: ConsequencesView }
  archiveMany: { ask: { ids: string[]; archived: boolean }; answer: ArchivedView }
  practice: { ask: null; answer: PracticeView }
  emptyPractice: { ask: null; answer: PracticeView }
}
