import type { ProjectVerdictView, VerdictView } from '../../shared/api.ts'
import type {
  HistoryPage,
  MarksView,
  OriginalView,
  PageCountView,
  PageJqlView,
  PagePeopleView,
} from '../../shared/api-pages.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { PillPlace } from '../settings.ts'

/** What a page of the site is about, as its address tells. */
export type Subject =
  | { kind: 'issue'; issue: string }
  | { kind: 'project'; project: string }
  /** project: the key in the board's address; null where it has none. */
  | { kind: 'board'; board: string; project: string | null }
  | { kind: 'filter'; filter: string }
  /** The administration pages of users and groups. */
  | { kind: 'people' }
  /** A search; jql is what stands in the address. */
  | { kind: 'jql'; jql: string }

/** What is known of a subject. off: switched off, not paired, or nothing to say here. */
export type OverlayAnswer =
  | { state: 'off' }
  | { state: 'problem'; problem: ProblemView }
  | { state: 'issue'; view: VerdictView }
  | { state: 'project'; view: ProjectVerdictView }
  /** project: what is known of the board's project, as on its other pages. */
  | { state: 'board'; view: PageCountView; project: ProjectVerdictView | null }
  /** jql: names with "(migrated)" in the filter's JQL; null where there are none. */
  | { state: 'filter'; view: PageCountView; jql: PageJqlView | null }
  | { state: 'people'; view: PagePeopleView }
  | { state: 'jql'; view: PageJqlView }

/** Where a question is about: a page's own origin, or for our own pages the site that they name. */
export interface AtSite {
  /** Believed only of our own pages; of a page of the web the browser says where it is. */
  site?: string
}

/** All that one screen needs, in one answer. */
export interface ScreenAsk extends AtSite {
  /** null: the page is about nothing of its own, but shows issues. */
  subject: Subject | null
  /** Keys of the issues that the page lists; at most 500 are asked for. */
  keys: readonly string[]
}
export interface ScreenAnswer {
  answer: OverlayAnswer
  marks: MarksView['marks']
  pillAt: PillPlace
}

/** The messages of the overlay; part of the one table in calls.ts. */
export interface OverlayCalls {
  screen: { ask: ScreenAsk; answer: ScreenAnswer }
  original: { ask: AtSite & { issue: string }; answer: OriginalView }
  history: { ask: AtSite & { issue: string; after: number | null }; answer: HistoryPage }
  openMigration: { ask: { hash: string }; answer: null }
}
