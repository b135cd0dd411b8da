import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LiveFacts } from '../shared/record.ts'
import { hasSent, scopeOf, sourceOf } from './ledger/drafts.ts'
import { logOf } from './ledger/events.ts'
import { changeMigration, type MigrationRow } from './ledger/migrations.ts'
import type { LineParts } from './line.ts'
import { type ReadProgress, readSource } from './read.ts'
import { unfinished } from './snapshot/keep.ts'
import { isOutdated, openSnapshot, type Snapshot } from './snapshot/read.ts'
import { fileMark } from './source/backup/open.ts'
import { isReadingOf } from './source/datacenter/datacenter.ts'
import { type HowFar, howFar } from './source/datacenter/reading.ts'
import { accessTo } from './source-access.ts'

/**
 * none: it was never read · outdated: another Landfall read it, and less or more of it · changed: the file
 * on disk is not the one that was read · narrower: projects are to move now that were not chosen when the live
 * source was read · current: it can be used as it is.
 */
export type SnapshotAge = 'none' | 'outdated' | 'changed' | 'narrower' | 'current'

/**
 * @param backup the file that it was read from; one that is gone by now has not changed
 * @param wanted keys of the projects that are to move; null = all
 */
export function snapshotAge(
  path: string,
  backup: string,
  wanted: readonly string[] | null = null,
): SnapshotAge {
  if (!existsSync(path)) return 'none'
  if (isOutdated(path)) return 'outdated'
  const snapshot = openSnapshot(path)
  try {
    const { file, live } = snapshot.info()
    if (live && unread(live, wanted).length > 0) return 'narrower'
    const now = file && fileMark(backup)
    if (!file || !now) return 'current'
    return file.bytes === now.bytes && file.modifiedAt === now.modifiedAt ? 'current' : 'changed'
  } finally {
    snapshot.close()
  }
}

/** The projects that were not chosen when a live source was read, and are to move now. */
function unread({ projects }: LiveFacts, wanted: readonly string[] | null): string[] {
  const left = projects.filter(({ how }) => how === 'not-chosen').map(({ key }) => key)
  const now = wanted && new Set(wanted)
  return left.filter((key) => now?.has(key) ?? true)
}

/** How far an earlier reading came that a new one goes on from; null where it begins. */
export function haltedAt(path: string, migration: MigrationRow): HowFar | null {
  const source = sourceOf(migration)
  if (source.kind === 'backup') return null
  const left = unfinished(path, howFar)
  if (!left?.note || !isReadingOf(left.of, source.path, scopeOf(migration).projects)) return null
  return JSON.parse(left.note) as HowFar
}

/** Says so where reading anew is in truth going on. */
function beginning(age: Exclude<SnapshotAge, 'current'>, halted: HowFar | null): string {
  if (!halted) return sentences[age]
  const [read, total] = [halted.read.toLocaleString('en'), halted.total.toLocaleString('en')]
  return `Going on with the reading of the source: ${read} of ${total} issues are there.`
}

const sentences = {
  none: 'Reading the source into a snapshot.',
  outdated:
    'Reading the source anew: its snapshot was made by another version of Landfall, which read other parts of it.',
  changed: 'Reading the source anew: the backup on disk is not the one that was read before.',
  narrower:
    'Reading the source anew: projects are to move that were not chosen when it was read before.',
}
const keptSnapshot =
  'The backup on disk is not the one that was read. The snapshot of that one stays in use, because what was sent came from it; make a new migration to move the new backup.'

/**
 * The snapshot of a migration, opened: read first where there is none, where it is of another format, and
 * where the backup changed on disk since, or more projects were chosen, as long as nothing was sent from it; a
 * line in the log says why.
 * A plan that was made from the old one is made anew. Throws the Problem that the reading met.
 * @param begin is told in a sentence that it is going to be read
 */
export async function openSource(
  parts: Pick<LineParts, 'ledger' | 'folder' | 'now' | 'source'>,
  migration: MigrationRow,
  watch: {
    signal: AbortSignal
    begin?(sentence: string): Promise<void>
    onProgress?(progress: ReadProgress): void
    onWait?(sentence: string | null, limit: boolean): void
    /** How long a live source that does not answer is waited for, in milliseconds; absent = until it is back. */
    patienceMs?: number
  },
): Promise<Snapshot> {
  const { db } = parts.ledger
  const { id, stage } = migration
  const source = sourceOf(migration)
  const path = join(parts.folder.snapshots, `${id}.sqlite`)
  const age = stage === 'new' ? 'none' : snapshotAge(path, source.path, scopeOf(migration).projects)
  const log = logOf(db, () => ({ migrationId: id, at: parts.now(), phase: 'read' }))
  if (age === 'current') return openSnapshot(path)
  if ((age === 'changed' || age === 'narrower') && (await hasSent(db, id))) {
    // A scope does not change once something was sent: then it was this narrow at the time.
    if (age === 'changed') await log('warn', keptSnapshot, { code: 'file-changed' })
    return openSnapshot(path)
  }
  mkdirSync(parts.folder.snapshots, { recursive: true })
  const sentence = beginning(age, haltedAt(path, migration))
  if (watch.begin) await watch.begin(sentence)
  else await log('info', sentence)
  await readSource({
    path: source.path,
    snapshotPath: path,
    timeZone: source.timeZone,
    access: await accessTo(parts, migration),
    patienceMs: watch.patienceMs ?? Number.POSITIVE_INFINITY,
    signal: watch.signal,
    onProgress: watch.onProgress ?? (() => undefined),
    onWait: watch.onWait ?? (() => undefined),
  })
  const snapshot = openSnapshot(path)
  // What was sent keeps its plan: the same backup gives the same items.
  const anew = !(await hasSent(db, id))
  await changeMigration(db, id, parts.now(), {
    sourceVersion: snapshot.info().version,
    ...(anew ? { stage: 'read' } : {}),
  })
  return snapshot
}
