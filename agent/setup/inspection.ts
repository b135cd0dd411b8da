import { mkdirSync, rmSync } from 'node:fs'
import type { InspectionView } from '../../shared/api-setup-views.ts'
import { Problem } from '../../shared/problem.ts'
import { inspect, zoneWords } from '../inspect.ts'
import { hasSent, markRead, sourceOf } from '../ledger/drafts.ts'
import { changeMigration, getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { readingsOf } from '../plan/unread.ts'
import { type ReadProgress, readSource } from '../read.ts'
import type { Snapshot } from '../snapshot/read.ts'
import { accessTo } from '../source-access.ts'
import { haltedAt, snapshotAge } from '../source-snapshot.ts'
import { type Account, createAccounts, otherReader } from './account.ts'
import { createJobs } from './jobs.ts'
import { type SetupParts, snapshotMark, snapshotPath, withSnapshot } from './parts.ts'
import { forgetStopped, noteStopped, stoppedAt } from './stopped.ts'

/** So many projects are listed for the choice; a site of Jira Cloud itself has at most 10,000. */
const projectsAtMost = 10_000

/** A person who sets up waits for a live source that went away, but not for ever. */
const patienceMs = 2 * 60_000

/** Reads sources into the snapshots that their runs will use, and tells what was found. */
export function createInspection(parts: SetupParts) {
  const { db } = parts.ledger
  const jobs = createJobs<ReadProgress>()
  const known = new Map<string, { mark: string; view: InspectionView; readBy: Account | null }>()
  const accounts = createAccounts(parts)

  async function view(id: string): Promise<InspectionView> {
    const row = await getMigration(db, id)
    const job = jobs.get(id)
    if (job?.state === 'running') return { ...nothing, state: 'reading', progress: job.progress }
    const path = snapshotPath(parts, id)
    const made = snapshotMark(parts, row)
    const changed = made !== null && snapshotAge(path, sourceOf(row).path) === 'changed'
    const mark = made && `${made}/${changed}/${changed && (await hasSent(db, id))}`
    if (mark === null) {
      const choose = sourceOf(row).kind === 'datacenter'
      const left = { ...nothing, choose, halted: haltedAt(path, row) }
      if (job?.state === 'failed') return { ...left, state: 'failed', problem: job.problem }
      const stopped = job?.state === 'stopped' ? job : stoppedAt(path)
      return stopped ? { ...left, state: 'stopped', progress: stopped.progress } : left
    }
    const before = known.get(id)
    if (before?.mark === mark) return withReader(row, before)
    const { found, readBy } = await withSnapshot(parts, row, async (snapshot) => ({
      found: viewOf(snapshot),
      readBy: snapshot.info().live?.account ?? null,
    }))
    const fresh = changed ? withNote(found, exchanged(await hasSent(db, id))) : found
    known.set(id, { mark, view: fresh, readBy })
    return withReader(row, { view: fresh, readBy })
  }

  /** Says so where it would be read as somebody else now, who may see more of it, or less. */
  async function withReader(
    row: MigrationRow,
    { view, readBy }: { view: InspectionView; readBy: Account | null },
  ): Promise<InspectionView> {
    const now = readBy && (await accounts.of(row))
    if (!now || now.name === readBy.name) return view
    return withNote(view, otherReader(readBy, now, await hasSent(db, row.id)))
  }

  async function read(
    row: MigrationRow,
    anew: boolean,
    signal: AbortSignal,
    tell: (progress: ReadProgress) => void,
  ): Promise<void> {
    const { path, timeZone } = sourceOf(row)
    const access = await accessTo(parts, row)
    const into = snapshotPath(parts, row.id)
    mkdirSync(parts.folder.snapshots, { recursive: true })
    rmSync(into, { force: true })
    forgetStopped(into)
    // What was sent keeps its plan: a snapshot that is made again is of the same source.
    if (!(await hasSent(db, row.id)))
      await changeMigration(db, row.id, parts.now(), { stage: 'new' })
    let last: ReadProgress = { bytes: 0, totalBytes: 0, rows: 0 }
    const onProgress = (progress: ReadProgress) => {
      last = progress
      tell(progress)
    }
    const onWait = (waiting: string | null) => tell({ ...last, waiting })
    const where = { path, snapshotPath: into, timeZone, access, patienceMs, anew }
    await readSource({ ...where, signal, onProgress, onWait })
    const { version } = await withSnapshot(parts, { ...row, stage: 'read' }, async (snapshot) =>
      snapshot.info(),
    )
    signal.throwIfAborted()
    await markRead(db, row, parts.now(), version)
  }

  return {
    view,
    /** @param anew what an earlier reading of a live source left is not gone on with */
    async start(id: string, anew: boolean): Promise<InspectionView> {
      const row = await getMigration(db, id)
      if (row.status === 'running')
        throw new Problem('not-now', 'A running migration reads its source itself.', {
          hint: 'Wait for its end, or stop it.',
        })
      if (!sourceOf(row).path)
        throw new Problem('not-now', 'This draft does not say yet which backup to read.', {
          hint: 'Choose a source first.',
        })
      // What was sent came from this snapshot: another one could not be compared with it.
      const keep = snapshotMark(parts, row) !== null && (await hasSent(db, id))
      if (keep) return view(id)
      jobs.start(id, (signal, tell) => read(row, anew, signal, tell))
      return view(id)
    },
    async stop(id: string): Promise<InspectionView> {
      await jobs.stop(id)
      const job = jobs.get(id)
      if (job?.state === 'stopped') noteStopped(snapshotPath(parts, id), job.progress)
      return view(id)
    },
    async forget(id: string) {
      await jobs.forget(id)
      forgetStopped(snapshotPath(parts, id))
      known.delete(id)
    },
    async close() {
      accounts.close()
      await jobs.close()
    },
  }
}

/** The backup on disk is another one by now; first of all that is worth knowing. */
const exchanged = (sent: boolean) => ({
  code: 'file-changed',
  text: sent
    ? 'The backup on disk is not the one that was read; what was sent came from that one, and its snapshot stays in use'
    : 'The backup on disk is not the one that was read; a run, and the checks, read it anew',
  items: 0,
  n: null,
})

type Inspection = NonNullable<InspectionView['inspection']>

function withNote(view: InspectionView, note: Inspection['notes'][number]): InspectionView {
  const { inspection } = view
  return inspection
    ? { ...view, inspection: { ...inspection, notes: [note, ...inspection.notes] } }
    : view
}

const nothing: InspectionView = {
  state: 'none',
  progress: null,
  problem: null,
  inspection: null,
  projects: [],
}

function viewOf(snapshot: Snapshot): InspectionView {
  const found = inspect(snapshot)
  const projects: InspectionView['projects'] = []
  const readings = readingsOf(snapshot.info())
  for (const { id, key, name, archived } of snapshot.rows('project')) {
    if (projects.length === projectsAtMost) break
    const reading = readings.get(key)
    projects.push({
      key,
      name,
      issues: snapshot.issueCount(id),
      attachments: snapshot.countOf('attachment', id),
      archived: archived === 1,
      unread: reading && reading.how !== 'read' ? reading.how : null,
    })
  }
  const { label, version, build, exportedAt, timeZone, baseUrl, entities, notes } = found
  return {
    ...nothing,
    state: 'done',
    inspection: {
      ...{ label, version, build, exportedAt, timeZone, baseUrl, entities, notes },
      timeZoneFrom: zoneWords[found.timeZoneFrom],
      zoneCertain: found.timeZoneFrom !== 'assumed',
      kept: Object.entries(found.tables).map(([table, rows]) => ({ table, rows })),
    },
    projects,
  }
}
