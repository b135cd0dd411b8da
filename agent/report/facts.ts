import type { Kind } from '../../shared/plan.ts'
import { type Counts, type CountsByKind, noCounts } from '../../shared/report.ts'
import { keysPreserved, projectItems } from '../ledger/findings.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import type { TallyTable } from '../ledger/schema.ts'
import { countsByKind, countsOf, tally } from '../ledger/tally.ts'
import { type AfterFacts, gatherAfter } from './after.ts'
import { type AppFacts, gatherApps } from './apps.ts'
import type { Finding } from './findings.ts'
import { allFindings } from './strangers.ts'

/** A loss that the plan announced before the run, with how many items of a kind it touches. */
export interface Loss {
  code: string
  kind: Kind
  /** The sentence of the first of them. */
  text: string
  /** Whether others have other sentences, with other names in them. */
  varies: boolean
  items: number
}

export interface ProjectFacts {
  key: string
  name: string
  counts: Counts
  kinds: CountsByKind
}

/** All that the short files of a report say; a few rows a project, however many items there are. */
export interface Facts {
  migration: MigrationRow
  totals: Counts
  kinds: CountsByKind
  projects: ProjectFacts[]
  /** What belongs to no one project: people, statuses, filters. */
  shared: { counts: Counts; kinds: CountsByKind }
  findings: Finding[]
  losses: Loss[]
  /** Apps of the source with data; their rows are counted apart from the items. */
  apps: AppFacts[]
  /** Checks after the migration, checklists and sign-offs. */
  after: AfterFacts
  keysPreserved: boolean
  writtenAt: number
}

export async function gatherFacts(
  db: LedgerDb,
  migrationId: string,
  losses: Loss[],
  now: number,
): Promise<Facts> {
  const migration = await getMigration(db, migrationId)
  const rows = await tally(db, migrationId)
  const names = new Map<string, string>()
  const moved: { key: string; name: string }[] = []
  for (const { projectKey, label, promiseJson, state } of await projectItems(db, migrationId)) {
    if (projectKey === null) continue
    const name = nameOf(promiseJson) ?? label
    names.set(projectKey, name)
    if (state !== 'leftOut') moved.push({ key: projectKey, name })
  }
  const byProject = Map.groupBy(rows, (row) => row.projectKey)
  const none = byProject.get('') ?? []
  byProject.delete('')
  return {
    migration,
    totals: countsOf(rows),
    kinds: countsByKind(rows),
    projects: [...byProject].sort(byKey).flatMap(([key, own]) => {
      const counts = countsOf(own)
      return counts.source
        ? [{ key, name: names.get(key) ?? '', counts, kinds: countsByKind(own) }]
        : []
    }),
    shared: { counts: countsOf(none), kinds: countsByKind(none) },
    findings: await allFindings(db, migrationId),
    losses: losses.toSorted((a, b) => b.items - a.items),
    apps: await gatherApps(db, migrationId),
    after: await gatherAfter(db, migrationId, moved, migration.siteUrl),
    keysPreserved: await keysPreserved(db, migrationId),
    writtenAt: now,
  }
}

const byKey = ([a]: [string, TallyTable[]], [b]: [string, TallyTable[]]) => (a < b ? -1 : 1)

const nameOf = (promiseJson: string | null) =>
  (JSON.parse(promiseJson ?? 'null') as { name?: string } | null)?.name

/** What has no verdict yet: 0 once a run is over. */
export const onTheWay = (counts: Counts): number =>
  counts.source - counts.verified - counts.different - counts.leftOut - counts.failed

/** The counts of an entry that has some. */
export const kindEntries = (kinds: CountsByKind): [Kind, Counts][] =>
  (Object.keys(kinds) as Kind[]).map((kind) => [kind, kinds[kind] ?? noCounts()])
