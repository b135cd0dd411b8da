import { join } from 'node:path'
import type { AppDecision } from '../../shared/api-apps.ts'
import { connectSite } from '../cloud/connect.ts'
import type { SiteProperties } from '../cloud/properties.ts'
import { getMigration, type NewMigration } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { LineParts } from '../line.ts'
import { type AppFacts, openAppFacts } from '../snapshot/apps.ts'
import { openSnapshot, type Snapshot } from '../snapshot/read.ts'
import type { SourceApp } from './inventory.ts'

/** What the apps of one migration work with, as long as one of them is at work. */
export interface Session {
  db: LedgerDb
  migrationId: string
  /** The agent's folder. */
  root: string
  /** The backup, which holds the rows of apps' tables. */
  backup: string
  snapshot: Snapshot
  facts: AppFacts
  properties: SiteProperties
  close(): Promise<void>
}

/** One app that is being moved. */
export interface AppJob {
  app: SourceApp
  decision: Exclude<AppDecision, 'not needed'>
  transferId: string
  signal: AbortSignal
}

export const snapshotOf = (parts: LineParts, id: string): string =>
  join(parts.folder.snapshots, `${id}.sqlite`)

/** Opens snapshot and site; throws a Problem when one of them cannot be had. */
export async function openSession(
  parts: LineParts,
  id: string,
  signal: AbortSignal,
): Promise<Session> {
  const migration = await getMigration(parts.ledger.db, id)
  const source = JSON.parse(migration.sourceJson) as NewMigration['source']
  const path = snapshotOf(parts, id)
  const snapshot = openSnapshot(path)
  let facts: AppFacts | null = null
  try {
    facts = openAppFacts(path)
    const opened = facts
    const access = await parts.site(migration, snapshot)
    const site = await connectSite({
      ...access,
      signal,
      onPause: () => undefined,
      pace: migration.siteUrl?.startsWith('http://127.0.0.1') ? 'off' : 'documented',
    })
    return {
      db: parts.ledger.db,
      migrationId: id,
      root: parts.folder.root,
      backup: source.path,
      snapshot,
      facts,
      properties: site.properties,
      async close() {
        await site.close()
        opened.close()
        snapshot.close()
      },
    }
  } catch (error) {
    facts?.close()
    snapshot.close()
    throw error
  }
}
