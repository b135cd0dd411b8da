import { statSync } from 'node:fs'
import type { Preview, PreviewView } from '../../shared/api-setup-views.ts'
import { type Kind, kinds } from '../../shared/plan.ts'
import { Problem } from '../../shared/problem.ts'
import type { SnapshotReader, Table } from '../../shared/record.ts'
import { straight } from '../../shared/straight.ts'
import { sourceOf } from '../ledger/drafts.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { createMarkup } from '../markup.ts'
import { createForecast, estimateSeconds, type Forecast, requestsOf } from '../plan/forecast.ts'
import { neededFromSite, planAll } from '../plan/plan.ts'
import { planOptions } from '../plan-options.ts'
import type { PlannedQuestion } from '../routes/setup-service.ts'
import { snapshotAge } from '../source-snapshot.ts'
import { withoutOwn } from '../without-own.ts'
import { createJobs } from './jobs.ts'
import { plannedPath, type SetupParts, snapshotMark, snapshotPath, withSnapshot } from './parts.ts'
import { forgetPlanned, readPlanned, writePlanned } from './planned-items.ts'
import { accessOf, withConnection } from './site.ts'

interface Progress {
  items: number
  total: number | null
}

/** Plans without the ledger: what a run would do, in numbers, sentences and time. Nothing is written anywhere. */
export function createPreview(parts: SetupParts) {
  const { db } = parts.ledger
  const jobs = createJobs<Progress>()
  /** mark: of the reading that it was made from, see snapshotMark. */
  const known = new Map<string, { preview: Preview; mark: string | null }>()

  function view(row: MigrationRow): PreviewView {
    const { id } = row
    const job = jobs.get(id)
    dropOld(row)
    const preview = known.get(id)?.preview ?? null
    const outdated = preview !== null && isExchanged(row)
    const none = { progress: null, problem: null, preview, outdated }
    if (!job) return { ...none, state: preview ? 'done' : 'none' }
    if (job.state === 'done' && !preview) return { ...none, state: 'none' }
    const state = job.state === 'running' ? 'planning' : job.state
    const progress = state === 'planning' ? job.progress : null
    return { ...none, state, progress, problem: job.problem }
  }

  /** What was planned of an earlier reading is about something else: checks and runs read a source anew, too. */
  function dropOld(row: MigrationRow) {
    const one = known.get(row.id)
    if (one ? one.mark === snapshotMark(parts, row) : !isOlder(row.id)) return
    known.delete(row.id)
    forgetPlanned(plannedPath(parts, row.id))
  }

  /** Whether the list on disk, which outlives the agent, was written before the source was read last. */
  function isOlder(id: string): boolean {
    const [list, read] = [plannedPath(parts, id), snapshotPath(parts, id)].map(
      (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs,
    )
    return list !== undefined && (read === undefined || list < read)
  }

  /** Whether the backup on disk is not the one that was read, so that a run reads it anew and plans anew. */
  const isExchanged = (row: MigrationRow) =>
    row.stage !== 'new' &&
    snapshotAge(snapshotPath(parts, row.id), sourceOf(row).path) === 'changed'

  const make = (row: MigrationRow, signal: AbortSignal, tell: (progress: Progress) => void) =>
    withSnapshot(parts, row, async (snapshot) => {
      const mark = snapshotMark(parts, row)
      const access = await accessOf(parts, row, snapshot)
      await withConnection(access, signal, async ({ read }, either) => {
        const options = await planOptions(db, row, read)
        const asked = await read.facts(neededFromSite(snapshot, options))
        const facts = await withoutOwn(db, row.id, asked)
        const forecast = createForecast()
        const list = writePlanned(plannedPath(parts, row.id))
        const markup = createMarkup()
        const total = rowsOf(snapshot)
        let items = 0
        try {
          for await (const item of planAll(snapshot, facts, options, markup.toAdf)) {
            forecast.see(item)
            list.see(item)
            items += 1
            if (items % turnAt) continue
            either.throwIfAborted()
            tell({ items, total })
            // What needs no converting never waits, and the agent has others to answer.
            await new Promise((turn) => setImmediate(turn))
          }
          list.keep()
        } finally {
          list.drop()
          await markup.close()
        }
        const whole = { ...forecast.end(), latencyMs: read.latencyMs() }
        const preview = previewOf(whole, parts.now())
        known.set(row.id, { preview, mark })
      })
    })

  return {
    view: async (id: string): Promise<PreviewView> => view(await getMigration(db, id)),
    async start(id: string): Promise<PreviewView> {
      const row = await getMigration(db, id)
      if (row.status === 'running')
        throw new Problem('not-now', 'This migration is running: its plan is made.', {
          hint: 'Look at what it includes instead.',
        })
      // Asked before it begins, so that the answer names what is missing.
      await withSnapshot(parts, row, async () => {})
      jobs.start(id, (signal, tell) => make(row, signal, tell))
      return view(row)
    },
    async stop(id: string): Promise<PreviewView> {
      await jobs.stop(id)
      return view(await getMigration(db, id))
    },
    /** The items behind the numbers; a Problem where nothing is planned. */
    async items(id: string, question: PlannedQuestion) {
      dropOld(await getMigration(db, id))
      const found = readPlanned(plannedPath(parts, id), question)
      if (found)
        return {
          ...found,
          rows: found.rows.map((row) => ({ ...row, label: straight(row.label) })),
        }
      throw new Problem('not-now', 'There is no plan of this migration now.', {
        hint: 'Let it plan at the step Review.',
      })
    },
    async forget(id: string) {
      await jobs.forget(id)
      known.delete(id)
      forgetPlanned(plannedPath(parts, id))
    },
    close: () => jobs.close(),
  }
}

/** So many items between two looks at the signal: a few milliseconds. */
const turnAt = 500

/** Tables whose rows become about one item each: enough for a progress bar. */
const itemTables = [
  ...['user', 'group', 'membership', 'project', 'component', 'version', 'issue', 'comment'],
  ...['worklog', 'attachment', 'link', 'watcher', 'vote', 'changeGroup', 'customField'],
  ...['fieldValue', 'property', 'filter', 'dashboard', 'board', 'sprint'],
] as Table[]
const rowsOf = (snapshot: SnapshotReader) =>
  itemTables.reduce((sum, table) => sum + snapshot.count(table), 0)

type OwnCounts = Forecast['projects'][string]

function previewOf(forecast: Forecast, at: number): Preview {
  const [low, high] = estimateSeconds(forecast)
  const reasons = (wanted: 'loss' | 'left out') =>
    forecast.reasons.filter(({ what }) => what === wanted).map(({ what, ...reason }) => reason)
  const requests = requestsOf(forecast)
  const moved = (own: OwnCounts, kind: Kind) => own.kinds[kind]?.moved ?? 0
  const sum = (own: OwnCounts, of: 'moved' | 'leftOut' | 'withLoss') =>
    Object.values(own.kinds).reduce((all, count) => all + count[of], 0)
  const perProject = Object.entries(forecast.projects).map(([key, own]) => ({
    key,
    name: own.name,
    issues: moved(own, 'issue'),
    files: moved(own, 'attachment'),
    items: sum(own, 'moved'),
    leftOut: sum(own, 'leftOut'),
    withLoss: sum(own, 'withLoss'),
    requests: Math.floor(own.requests ?? 0),
  }))
  const projects = perProject.filter(({ key }) => key !== '')
  const shared = perProject.find(({ key }) => key === '') ?? noProject
  // Requests that projects share, and what is left of them by rounding, so that the column adds up.
  const rest = projects.reduce((left, own) => left - own.requests, requests.writes + requests.reads)
  return {
    at,
    kinds: kinds.flatMap((kind) => {
      const count = forecast.kinds[kind]
      return count ? [{ kind, planned: count.moved, leftOut: count.leftOut }] : []
    }),
    losses: reasons('loss'),
    leftOut: reasons('left out'),
    requests,
    estimate: { low, high },
    perProject: [...projects, { ...shared, requests: rest }],
  }
}

const noProject = {
  ...{ key: '', name: '', issues: 0, files: 0, items: 0, leftOut: 0, withLoss: 0, requests: 0 },
}
