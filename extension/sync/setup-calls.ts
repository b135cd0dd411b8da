/** The messages of the stepper, the checks and the findings; part of the one table in calls.ts. */
import type { MigrationView } from '../../shared/api.ts'
import type {
  ChecksView,
  FindingsView,
  OffenderPage,
  RetriedView,
} from '../../shared/api-checks.ts'
import type { PlannedPage } from '../../shared/api-planned.ts'
import type { EditedView, PersonChoice, SetupView } from '../../shared/api-setup.ts'
import type {
  AccountsView,
  CollisionsView,
  FilesTestView,
  InspectionView,
  MeetingNamesPage,
  PeoplePage,
  PersonView,
  PreviewView,
  SiteTestView,
  SourcesView,
  SourceTestView,
} from '../../shared/api-setup-views.ts'
import type { SourceProjectsView } from '../../shared/source-projects.ts'
import type {
  AcceptedCause,
  Cause,
  NamesQuestion,
  OffendersQuestion,
  PeopleQuestion,
  PlannedAsk,
  SaidWhy,
  SetupInput,
  SiteInput,
  SourceInput,
  WorkAct,
} from '../agent-setup.ts'

export interface SetupCalls {
  createSetup: { ask: SetupInput; answer: MigrationView }
  setup: { ask: { id: string }; answer: SetupView }
  edit: { ask: { id: string; body: SetupInput }; answer: EditedView }
  /** name null: "Copy of …". */
  copy: { ask: { id: string; name: string | null }; answer: MigrationView }
  sources: { ask: null; answer: SourcesView }
  inspection: { ask: { id: string; act: WorkAct }; answer: InspectionView }
  sourceProjects: { ask: { id: string; act: WorkAct }; answer: SourceProjectsView }
  preview: { ask: { id: string; act: WorkAct }; answer: PreviewView }
  planned: { ask: PlannedAsk; answer: PlannedPage }
  /** source null: the one that is saved. */
  testSource: { ask: { id: string; source: SourceInput | null }; answer: SourceTestView }
  testFiles: { ask: { id: string; folder: string; path: string }; answer: FilesTestView }
  /** site null: the one that is saved. */
  testSite: { ask: { id: string; site: SiteInput | null }; answer: SiteTestView }
  people: { ask: PeopleQuestion; answer: PeoplePage }
  accounts: { ask: { id: string; words: string }; answer: AccountsView }
  choosePerson: { ask: { id: string; key: string; choice: PersonChoice }; answer: PersonView }
  collisions: { ask: { id: string }; answer: CollisionsView }
  names: { ask: NamesQuestion; answer: MeetingNamesPage }
  checks: { ask: { id: string }; answer: ChecksView }
  runChecks: { ask: { id: string; keys: string[] }; answer: ChecksView }
  stopChecks: { ask: { id: string }; answer: ChecksView }
  offenders: { ask: OffendersQuestion; answer: OffenderPage }
  override: { ask: { id: string; key: string; why: SaidWhy | null }; answer: ChecksView }
  retryFinding: { ask: { id: string; cause: Cause }; answer: RetriedView }
  acceptFinding: {
    ask: { id: string; cause: AcceptedCause; why: SaidWhy | null }
    answer: FindingsView
  }
}
