/** The messages about checks after a migration, checklists and sign-offs; part of the one table in calls.ts. */
import type { AfterView, ChecklistView, PlacePage } from '../../shared/api-after.ts'
import type { PlacesQuestion, SignedOff, Ticked } from '../agent-after.ts'
import type { SaidWhy } from '../agent-setup.ts'

export interface AfterCalls {
  after: { ask: { id: string }; answer: AfterView }
  /** keys empty: all of them. */
  runAfter: { ask: { id: string; keys: string[] }; answer: AfterView }
  stopAfter: { ask: { id: string }; answer: AfterView }
  /** why null: the acceptance is taken back. */
  acceptAfter: { ask: { id: string; key: string; why: SaidWhy | null }; answer: AfterView }
  places: { ask: PlacesQuestion; answer: PlacePage }
  checklist: { ask: { id: string; project: string }; answer: ChecklistView }
  tickEntry: { ask: Ticked; answer: ChecklistView }
  signOff: { ask: SignedOff; answer: ChecklistView }
  withdrawSignOff: { ask: { id: string; project: string; who: string }; answer: ChecklistView }
}
