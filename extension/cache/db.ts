import { Dexie, type Table } from 'dexie'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import type { AppsView } from '../../shared/api-apps.ts'
import type { ChecksView } from '../../shared/api-checks.ts'
import type { AppStatus } from '../../shared/app-status.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { Purpose } from '../../shared/setup.ts'
import type { MigrationStatus } from '../../shared/status.ts'
import type { NoticeKind } from '../settings.ts'

/** Whether the agent could be reached the last time we tried; `at` is when it last answered, in epoch ms. */
export interface Reach {
  state: 'here' | 'away' | 'unpaired'
  at: number | null
  problem: ProblemView | null
}

/** One change to tell the person about, kept until it was shown. */
export interface Notice {
  /** `migration@changed`: one change makes one notice, whoever sees it first. */
  key: string
  migrationId: string
  /** The agent's number of the change: later changes have greater ones, while keys sort as text. */
  changed: number
  name: string
  /** What happened: each kind has its own switch in the options. */
  kind: NoticeKind
  status: MigrationStatus
  reason: string | null
  /** What it is for, where that is known: a verification is told in its own words. */
  purpose?: Purpose | undefined
  /** 0 or 1, for IndexedDB has no index on booleans. */
  shown: 0 | 1
  /** It is about an app migration, and not about the migration itself. */
  app?: AppNews
}

/** What happened to one app, or (key null) how many apps wait for a decision. */
export interface AppNews {
  key: string | null
  name: string | null
  status: AppStatus | null
  undecided: number
}

/** The apps of a migration, as the agent told them when the migration's own row said `changed`. */
export interface StoredApps {
  id: string
  changed: number
  /** Epoch milliseconds. */
  askedAt: number
  /** null: the source was not read yet. */
  view: AppsView | null
}

/** What of a migration tells whether a change of it is news; finishedAt is absent where an older version kept it. */
export type Stood = Pick<MigrationView, 'status' | 'pausedBy'> &
  Partial<Pick<MigrationView, 'finishedAt'>>

/** How the migrations of an agent that is not in use stood when it was heard last. */
export interface StoredOther {
  address: string
  cursor: number
  /** Its list was read to its end once; what changes from then on is news. */
  whole: boolean
  rows: [id: string, stood: Stood][]
}

/** The checks of a migration as the agent told them, with when it did: epoch milliseconds. */
export interface StoredChecks {
  id: string
  at: number
  view: ChecksView
}

export interface StoredDetail {
  id: string
  detail: MigrationDetail
}

export type Meta =
  | { key: 'cursor'; value: number }
  /** There once the agent's list was read to its end. */
  | { key: 'whole'; value: true }
  | { key: 'reach'; value: Reach }
  /** Which agent all of this was heard from. */
  | { key: 'agent'; value: string }

/**
 * A migration with what it is found by: IndexedDB reads a page of 10,000 rows in a millisecond, but only
 * in the order of an index, and leaves rows out of an index whose value is null.
 */
export interface StoredMigration extends MigrationView {
  /** 0 in use, 1 archived. */
  shelf: 0 | 1
  /** 1 while running. */
  live: 0 | 1
  /** When it last mattered; that of a running one does not move, or the list would dance. */
  recent: number
  /** The name in small letters. */
  nameKey: string
  /** The worst first: running, failed, incomplete, saved, finished. */
  rank: number
  /** 0 when it never did. */
  startedKey: number
  finishedKey: number
  /** Where it comes from and goes to, in small letters; '' when nobody has said it. */
  sourceKey: string
  siteKey: string
  /** The share that is done, from 0 to 1. */
  progressKey: number
  /** How many things of it a person must look at. */
  needs: number
}

/** What a search looks through: a tenth of the row, so that thousands are read while somebody types. */
export interface StoredText {
  id: string
  /** All that a person sees of the row and may look for, in small letters. */
  text: string
}

/** What the extension last heard from the agent. All of it can be thrown away and asked for again. */
export class Cache extends Dexie {
  declare migrations: Table<StoredMigration, string>
  declare texts: Table<StoredText, string>
  declare details: Table<StoredDetail, string>
  declare apps: Table<StoredApps, string>
  declare checks: Table<StoredChecks, string>
  declare others: Table<StoredOther, string>
  declare notices: Table<Notice, string>
  declare meta: Table<Meta, string>

  constructor() {
    super('landfall')
    this.version(4)
      .stores({
        migrations:
          'id, site.url, [shelf+live+recent], [shelf+nameKey], [shelf+rank], [shelf+status], [shelf+startedKey], [shelf+finishedKey], [shelf+issues], [shelf+changedAt], [shelf+sourceKey], [shelf+siteKey], [shelf+progressKey], [shelf+needs]',
        texts: 'id',
        details: 'id',
        apps: 'id',
        checks: 'id',
        others: 'address',
        notices: 'key, migrationId, shown, [shown+changed]',
        meta: 'key',
      })
      // All of it can be asked for again, in its new form.
      .upgrade((old) => Promise.all(this.tables.map(({ name }) => old.table(name).clear())))
    // While somebody listens, Dexie reads what a row was before it is put, and so knows which of its keys moved.
    // Else all do, and each number of a run (three a second) asks order and counts of 10,000 anew.
    this.migrations.hook('updating', () => undefined)
  }
}

/** One connection for each page or worker. */
export const cache = new Cache()
