import type { Preview, PreviewView } from '../../shared/api-setup-views.ts'
import { type Kind, kinds, type PlannedItem } from '../../shared/plan.ts'
import { Problem } from '../../shared/problem.ts'
import type { SnapshotReader, Table } from '../../shared/record.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { createMarkup } from '../markup.ts'
import { createForecast, estimateSeconds, type Forecast, requestsOf } from '../plan/forecast.ts'
import { neededFromSite, planAll } from '../plan/plan.ts'
import { planOptions } from '../plan-options.ts'
import { withoutOwn } from '../without-own.ts'
import { createJobs } from './jobs.ts'
import { type SetupParts, withSnapshot } from './parts.ts'
import { accessOf, withConnection } from './site.ts'

interface Progress {
  items: number
  total: number | null
}

/** Plans without the ledger: what a run would do, in numbers, sentences and time. Nothing is written anywhere. */
export function createPreview(parts: SetupParts) {
  const { db } = parts.ledger
  const jobs = createJobs<Progress>()
  const known = new Map<string, Preview>()

  function view(id: string): PreviewView {
    const job = jobs.get(id)
    const preview = known.get(id) ?? null
    if (!job) return { state: preview ? 'done' : 'none', progress: null, problem: null, preview }
    const state = job.state === 'running' ? 'planning' : job.state
    const progress = state === 'planning' ? job.progress : null
    return { state, progress, problem: job.problem, preview }
  }

  const make = (row: MigrationRow, signal: AbortSignal, tell: (progress: Progress) => void) =>
    withSnapshot(parts, row, async (snapshot) => {
      const access = await accessOf(parts, row, snapshot)
      await withConnection(access, signal, async ({ read }, either) => {
        const options = await planOptions(db, row, read)
        const asked = await read.facts(neededFromSite(snapshot, options))
        const facts = await withoutOwn(db, row.id, asked)
        const forecast = createForecast()
        const perProject = createPerProject()
        const markup = createMarkup()
        const total = rowsOf(snapshot)
        let items = 0
        try {
          for await (const item of planAll(snapshot, facts, options, markup.toAdf)) {
            forecast.see(item)
            perProject.see(item)
            items += 1
            if (items % turnAt) continue
            either.throwIfAborted()
            tell({ items, total })
            // What needs no converting never waits, and the agent has others to answer.
            await new Promise((turn) => setImmediate(turn))
          }
        } finally {
          await markup.close()
        }
        known.set(
          row.id,
          previewOf(
            { ...forecast.end(), latencyMs: read.latencyMs() },
            perProject.end(),
            parts.now(),
          ),
        )
      })
    })

  return {
    view: async (id: string): Promise<PreviewView> => {
      await getMigration(db, id)
      return view(id)
    },
    async start(id: string): Promise<PreviewView> {
      const row = await getMigration(db, id)
      if (row.status === 'running')
        throw new Problem('not-now', 'This migration is running: its plan is made.', {
          hint: 'Look at what it includes instead.',
        })
      // Asked before it begins, so that the answer names what is missing.
      await withSnapshot(parts, row, async () => {})
      jobs.start(id, (signal, tell) => make(row, signal, tell))
      return view(id)
    },
    async stop(id: string): Promise<PreviewView> {
      await jobs.stop(id)
      return view(id)
    },
    async forget(id: string) {
      await jobs.forget(id)
      known.delete(id)
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

/** The forecast counts writes by phase; for one project each item counts as its own request, issues as a fiftieth. */
function createPerProject() {
  const requests = new Map<string, number>()
  return {
    see(item: PlannedItem) {
      if (item.leftOut || !item.projectKey || item.kind === 'user') return
      const share = item.kind === 'issue' || item.kind === 'filler' ? 1 / 50 : 1
      requests.set(item.projectKey, (requests.get(item.projectKey) ?? 0) + share)
    },
    end: () => requests,
  }
}

function previewOf(forecast: Forecast, requests: Map<string, number>, at: number): Preview {
  const [low, high] = estimateSeconds(forecast)
  const losses = (what: 'loss' | 'left out') =>
    forecast.reasons
      .filter((reason) => reason.what === what)
      .map(({ code, kind, text, items, example }) => ({ code, kind, text, items, example }))
  const perProject = Object.entries(forecast.projects).filter(([key]) => key !== '')
  const sum = (own: (typeof perProject)[number][1], of: 'moved' | 'leftOut' | 'withLoss') =>
    Object.values(own.kinds).reduce((all, count) => all + count[of], 0)
  const moved = (own: (typeof perProject)[number][1], kind: Kind) => own.kinds[kind]?.moved ?? 0
  return {
    at,
    kinds: kinds.flatMap((kind) => {
      const count = forecast.kinds[kind]
      return count ? [{ kind, planned: count.moved, leftOut: count.leftOut }] : []
    }),
    losses: losses('loss'),
    leftOut: losses('left out'),
    requests: requestsOf(forecast).writes,
    estimate: { low, high },
    perProject: perProject.map(([key, own]) => ({
      key,
      name: own.name,
      issues: moved(own, 'issue'),
      files: moved(own, 'attachment'),
      items: sum(own, 'moved'),
      leftOut: sum(own, 'leftOut'),
      withLoss: sum(own, 'withLoss'),
      requests: Math.ceil(requests.get(key) ?? 0),
    })),
  }
}
