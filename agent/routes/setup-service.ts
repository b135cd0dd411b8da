import type { ConsequencesView } from '../../shared/api-deeds.ts'
import type { MappingsFile } from '../../shared/api-mappings.ts'
import type { PlannedList, PlannedRow } from '../../shared/api-planned.ts'
import type { PersonChoice, SetupInput, SourceInput } from '../../shared/api-setup.ts'
import type {
  AccountsView,
  CollisionsView,
  FilesTestView,
  FoundBackup,
  InspectionView,
  MeetingNamesPage,
  PeoplePage,
  PeopleUpload,
  PersonView,
  PreviewView,
  peopleOrders,
  SiteTestView,
  SourcesView,
  SourceTestView,
} from '../../shared/api-setup-views.ts'
import type { Kind } from '../../shared/plan.ts'
import type { CollisionKind, NameList } from '../../shared/setup.ts'
import type { SourceProjectsView } from '../../shared/source-projects.ts'

export interface PeopleQuestion {
  /** The `next` of the page before; 0 = from the beginning. */
  after: number
  limit: number
  /** Part of a name, a key or an address, letter case aside; '' = everybody. */
  search: string
  state: PersonView['state'] | null
  problem: PersonView['problem']
  sort: (typeof peopleOrders)[number]
}

/** Which items of a plan; project '': those of no one project. */
export interface PlannedQuestion {
  what: PlannedList
  kind?: Kind
  code?: string
  project?: string
  /** The `n` of the row before; 0 = from the beginning. */
  after: number
  limit: number
}

/**
 * What the routes ask while a migration is set up: all that reads the source or the site. Every call throws
 * a Problem when it cannot be done; work in the background tells its own in the view.
 */
export interface SetupService {
  /**
   * Begins to read the source into the snapshot that the run will use. A live source whose reading was halted is
   * gone on with, unless it is to be read anew.
   */
  inspect(id: string, anew: boolean): Promise<InspectionView>
  inspection(id: string): Promise<InspectionView>
  stopInspection(id: string): Promise<InspectionView>
  /** Begins to list and count the projects of a live source, so that only those are read that are chosen. */
  listProjects(id: string): Promise<SourceProjectsView>
  sourceProjects(id: string): Promise<SourceProjectsView>
  stopListing(id: string): Promise<SourceProjectsView>
  /** When a live source was read into the snapshot that a run uses; null: it is a backup, or was not read. */
  readAt(id: string): Promise<number | null>
  testSource(id: string, source: SourceInput | null): Promise<SourceTestView>
  /** Whether attachments of the source lie in this folder of the agent's machine. */
  /** path: the backup whose files they are to be, where it may not be saved yet. */
  testFiles(id: string, folder: string, path: string | null): Promise<FilesTestView>
  testSite(id: string, site: SetupInput['site']): Promise<SiteTestView>
  people(id: string, question: PeopleQuestion): Promise<PeoplePage>
  choosePerson(id: string, key: string, choice: PersonChoice): Promise<PersonView>
  /** Accounts of the site for a person to choose from; words: part of a name or an address. */
  accounts(id: string, words: string): Promise<AccountsView>
  peopleCsv(id: string): AsyncIterable<string>
  uploadPeople(id: string, csv: string): Promise<PeopleUpload>
  collisions(id: string): Promise<CollisionsView>
  /** A page of the names of one kind that become one thing; those of the last answer of `collisions`. */
  names(
    id: string,
    question: { kind: CollisionKind; list: NameList; after: number; limit: number },
  ): Promise<MeetingNamesPage>
  startPreview(id: string): Promise<PreviewView>
  preview(id: string): Promise<PreviewView>
  stopPreview(id: string): Promise<PreviewView>
  /** The items behind a number of the preview, and how many there are in all. */
  planned(id: string, question: PlannedQuestion): Promise<{ rows: PlannedRow[]; total: number }>
  sources(): Promise<SourcesView>
  /** Keeps an uploaded backup in the agent's folder. @param body multipart, as `contentType` tells it */
  upload(contentType: string, body: ReadableStream<Uint8Array>): Promise<FoundBackup>
  /** Another source took the place of the one at this path: an upload that nobody reads from any more goes. */
  sourceReplaced(id: string, path: string): Promise<void>
  /** Keeps an uploaded id-mappings.csv in the agent's folder, and says what is in it. */
  uploadMappings(contentType: string, body: ReadableStream<Uint8Array>): Promise<MappingsFile>
  /** What an id-mappings.csv on the agent's machine says. */
  lookAtMappings(path: string): Promise<MappingsFile>
  /** Another file, or none, took the place of this one: an upload that nobody uses any more goes. */
  mappingsReplaced(id: string, path: string): Promise<void>
  /** The setup was edited: what was worked out from the old one is forgotten, the snapshot too if its source changed. */
  edited(id: string, sourceChanged: boolean): Promise<void>
  /** A migration was copied: what was read of its source goes along. */
  copied(from: string, to: string): Promise<void>
  /** What of a migration lies on the agent's disk and goes with it; bytes. */
  onDisk(id: string): Promise<ConsequencesView['disk']>
  /** Ends what works on it, and takes snapshot, reports, files of apps and its own upload off the disk. */
  forget(id: string): Promise<void>
  /** Ends all background work; the agent closes. */
  close(): Promise<void>
}
