import { Dexie, type Table } from 'dexie'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { MigrationStatus } from '../../shared/status.ts'

/** Whether the agent could be reached the last time we tried; `at` is when it last answered, in epoch ms. */
export interface Reach {
  state: 'here' | 'away' | 'unpaired'
  at: number | null
  problem: ProblemView | null
}

/** One status change to tell the person about, kept until it was shown. */
export interface Notice {
  /** `migration@changed`: one change makes one notice, whoever sees it first. */
  key: string
  migrationId: string
  name: string
  status: MigrationStatus
  reason: string | null
  /** 0 or 1, for IndexedDB has no index on booleans. */
  shown: 0 | 1
}

export interface StoredDetail {
  id: string
  detail: MigrationDetail
}

export type Meta = { key: 'cursor'; value: number } | { key: 'reach'; value: Reach }

/** What the extension last heard from the agent. All of it can be thrown away and asked for again. */
export class Cache extends Dexie {
  declare migrations: Table<MigrationView, string>
  declare details: Table<StoredDetail, string>
  declare notices: Table<Notice, string>
  declare meta: Table<Meta, string>

  constructor() {
    super('landfall')
    this.version(1).stores({
      migrations: 'id, status, changedAt',
      details: 'id',
      notices: 'key, migrationId, shown',
      meta: 'key',
    })
  }
}

/** One connection for each page or worker. */
export const cache = new Cache()
