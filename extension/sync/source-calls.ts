import type { BesidePage } from '../../shared/api-beside.ts'
import type { AppTablePage, SourceRowPage } from '../../shared/api-source.ts'
import type { AppTableQuestion, BesideQuestion, SourceQuestion } from '../agent-source.ts'

/** The messages about what a source holds; part of the one table in calls.ts. */
export interface SourceCalls {
  beside: { ask: BesideQuestion; answer: BesidePage }
  sourceRows: { ask: SourceQuestion; answer: SourceRowPage }
  appTable: { ask: AppTableQuestion; answer: AppTablePage }
}
