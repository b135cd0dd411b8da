/** The messages of the overlay on projects and on pages of an old server; part of the one table in calls.ts. */
import type { AfterView, ChecklistView, PlacePage } from '../../shared/api-after.ts'
import type { MovedView } from '../../shared/api-pages.ts'
import type { PlacesQuestion } from '../agent-after.ts'
import type { AtSite } from './overlay-calls.ts'

/** A project of the page's site; the background finds the migration that knows it. */
type OfProject = AtSite & { project: string }

export interface ProjectPage {
  after: AfterView
  checklist: ChecklistView
  /** Who decided something here the last time; '' when nobody did yet. */
  who: string
}

/** A page of what a check found, or of another list of it. */
export type ListOfCheck = Pick<PlacesQuestion, 'key' | 'list' | 'after'>

export interface PagesCalls {
  projectPage: { ask: OfProject; answer: ProjectPage }
  /** Where a check found something in this project. */
  projectPlaces: { ask: OfProject & ListOfCheck; answer: PlacePage }
  /** Where a check of people found something. */
  peoplePlaces: { ask: AtSite & ListOfCheck; answer: PlacePage }
  projectRun: { ask: OfProject; answer: AfterView }
  projectTick: {
    ask: OfProject & { entry: string; done: boolean; who: string }
    answer: ChecklistView
  }
  projectSign: { ask: OfProject & { who: string }; answer: ChecklistView }
  projectWithdraw: { ask: OfProject & { who: string }; answer: ChecklistView }
  /** Of a page of an old server: where its issue or project is now; null: nothing to say. */
  moved: { ask: { address: string }; answer: (MovedView & { subject: string }) | null }
  /** The banner was closed: it stays so in this tab. */
  closeMoved: { ask: null; answer: null }
}
