import type { AppTablePage, SourceRowPage } from '../../shared/api-source.ts'
import type { AppTableQuestion, SourceQuestion } from '../agent-source.ts'

/** The messages about what a source holds; part of the one table in calls.ts. */
export interface SourceCalls {
  sourceRows: { ask: SourceQuestion; answer: SourceRowPage }
  appTable: { ask: AppTableQuestion; answer: AppTablePage }
}
