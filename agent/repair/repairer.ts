import { mostRepairs, type RepairVia } from '../../shared/api-repair.ts'
import { Problem, viewProblem } from '../../shared/problem.ts'
import { createRelay, type Relay } from '../cloud/relay.ts'
import type { ItemRow } from '../ledger/items.ts'
import { mendMigration, reopenMigration } from '../ledger/judgement.ts'
import { changeMigration, getMigration } from '../ledger/migrations.ts'
import {
  getRepair,
  moveRepair,
  openRepairStates,
  planRepairs,
  repairsIn,
} from '../ledger/repairs.ts'
import type { LineParts } from '../line.ts'
import type { RepairService } from '../routes/repair-service.ts'
import { preview } from './preview.ts'
import { openSession, type Session } from './session.ts'
import { itemsWithLinks, oldServerOf } from './source-of.ts'
import { createWorker, pageGone } from './worker.ts'

export interface Repairer extends RepairService {
  /** Goes on with, or finds out about, what was under way when the agent died. */
  resume(): Promise<void>
  /** Resolves when nothing is under way for this migration. */
  idle(migrationId: string): Promise<void>
  /** Leaves what is under way to the next start. */
  leave(): Promise<void>
}

interface Job {
  aborter: AbortController
  /** Stopped by a person: what is under way is seen to its end, nothing new begins. */
  stopped: boolean
  /** The site makes it wait: then stopping does not wait for it. */
  waiting: boolean
  relay: Relay | null
  sentence: string
  done: number
  total: number
  ended: Promise<void>
}

/** A request that is under way when a person stops gets this long to its end. */
const stopWithinMs = 10_000

export interface RepairParts extends LineParts {
  /** Writes a migration's report anew. */
  report?(migrationId: string): Promise<void>
}

/** Repairs what differs on a site, item by item, each a durable step; one job a migration at a time. */
export function createRepairer(parts: RepairParts): Repairer {
  const { db } = parts.ledger
  const { workOn, giveUp } = createWorker(parts)
  const jobs = new Map<string, Job>()
  /** The line of a preview through a page, while no repair has one. */
  const lines = new Map<string, Relay>()
  const previews = new Set<AbortController>()
  let leaving = false

  function begin(id: string, via: RepairVia): void {
    const running = jobs.get(id)
    if (running) {
      if (via === 'page') running.relay ??= createRelay()
      return
    }
    const job: Job = {
      aborter: new AbortController(),
      stopped: false,
      waiting: false,
      relay: via === 'page' ? createRelay() : null,
      sentence: 'Looking at the site.',
      done: 0,
      total: 0,
      ended: Promise.resolve(),
    }
    jobs.set(id, job)
    job.ended = carryOut(id, job)
      .catch((error: unknown) => {
        // Nothing can be written down any more: the rows stay as they are for the next start.
        process.emitWarning(`Repairs of ${id}: ${viewProblem(error).sentence}`)
      })
      .finally(() => jobs.delete(id))
  }

  async function carryOut(id: string, job: Job): Promise<void> {
    const sessions = new Map<RepairVia, Session>()
    const open = async (via: RepairVia) => {
      const known = sessions.get(via)
      if (known) return known
      const way = { via, relay: via === 'page' ? job.relay : null }
      if (via === 'page' && !way.relay) throw pageGone()
      const made = await openSession(parts, id, way, job.aborter.signal, (words) => {
        job.waiting = words !== null
        if (words) job.sentence = words
      })
      sessions.set(via, made)
      return made
    }
    try {
      for (;;) {
        const rows = await repairsIn(db, openRepairStates, id)
        const [row] = rows
        if (!row) break
        job.total = Math.max(job.total, job.done + rows.length)
        job.sentence = `${row.state === 'undoing' ? 'Undoing' : 'Repairing'} ${row.label}.`
        if (job.stopped || job.aborter.signal.aborted) break
        if (!(await workOn(row, open, job))) break
        job.done++
      }
    } finally {
      if (job.stopped) await endStopped(id)
      await Promise.all([...sessions.values()].map((one) => one.close()))
      await job.relay?.transport.close()
      if (!leaving) await conclude(id)
    }
  }

  /** What was not sent yet is over; what was sent is looked for at the next start, or the next repair. */
  async function endStopped(id: string): Promise<void> {
    const problem = new Problem('not-now', 'Stopped by you before it was written.', {
      hint: 'Repair it again when you like.',
      again: true,
    })
    for (const row of await repairsIn(db, ['planned'], id)) await giveUp(row, problem)
  }

  async function conclude(id: string): Promise<void> {
    const at = parts.now()
    if (!(await mendMigration(db, id, at))) await reopenMigration(db, id, at)
    await changeMigration(db, id, at, {})
    await parts.report?.(id)
  }

  async function ready(id: string): Promise<void> {
    const { status } = await getMigration(db, id)
    if (status !== 'running') return
    throw new Problem('not-now', 'A running migration is not repaired.', {
      hint: 'Wait for its end, or stop it; then try again.',
    })
  }

  /** In the order of the question; an item of another migration is none. */
  async function itemsOf(id: string, seqs: readonly number[]): Promise<ItemRow[]> {
    const rows = await db
      .selectFrom('item')
      .selectAll()
      .where('migrationId', '=', id)
      .where('seq', 'in', [...new Set(seqs)].slice(0, mostRepairs))
      .where('counted', '=', 1)
      .orderBy('seq')
      .execute()
    if (rows.length) return rows
    throw new Problem('not-found', 'The migration does not have these items (any more).', {
      hint: 'Look at the list of items again.',
    })
  }

  return {
    async preview(id, seqs, via) {
      await ready(id)
      const items = await itemsOf(id, seqs)
      const aborter = new AbortController()
      previews.add(aborter)
      const relay = via === 'page' ? createRelay() : null
      if (relay) lines.set(id, relay)
      let session: Session | null = null
      try {
        session = await openSession(parts, id, { via, relay }, aborter.signal, () => {})
        return await preview(session, items, via)
      } finally {
        previews.delete(aborter)
        if (relay && lines.get(id) === relay) lines.delete(id)
        await session?.close()
        await relay?.transport.close()
      }
    },
    withLinks: (id, keys) => itemsWithLinks(db, id, oldServerOf(parts, id), keys, mostRepairs),
    async start(id, seqs, { via, who }) {
      await ready(id)
      await planRepairs(db, await itemsOf(id, seqs), { via, who, at: parts.now() })
      begin(id, via)
    },
    async undo(id, n, { via, who }) {
      await ready(id)
      const row = await getRepair(db, id, n)
      const from = row.state === 'failed' ? 'failed' : 'verified'
      const set = { undoneBy: who, undoVia: via, undoFrom: from } as const
      const open = await repairsIn(db, openRepairStates, id)
      const busy = open.some((one) => one.seq === row.seq)
      const may = row.undoJson !== null && !busy
      if (!may || !(await moveRepair(db, n, [from], { ...set, state: 'undoing' }))) {
        if (row.state === 'undoing') return
        throw new Problem('not-now', 'This repair cannot be undone (any more).', {
          hint: 'Look at the list of repairs again.',
        })
      }
      begin(id, via)
    },
    async stop(id) {
      const job = jobs.get(id)
      if (!job) return
      job.stopped = true
      if (job.waiting) job.aborter.abort(new Error('Stopped by you.'))
      const late = setTimeout(() => job.aborter.abort(new Error('Stopped by you.')), stopWithinMs)
      await job.ended
      clearTimeout(late)
    },
    progress(id) {
      const job = jobs.get(id)
      if (!job) return { running: false, sentence: null, done: 0, total: 0 }
      const { sentence, done, total } = job
      return { running: true, sentence, done, total }
    },
    async turn(id, answer) {
      const relay = jobs.get(id)?.relay ?? lines.get(id)
      return relay ? relay.turn(answer) : { request: null, open: false }
    },
    file: async (id, request, from) =>
      (jobs.get(id)?.relay ?? lines.get(id))?.file(request, from) ?? null,
    async resume() {
      const rows = await repairsIn(db, openRepairStates)
      for (const row of rows)
        if (row.state === 'planned' && row.via === 'page') await giveUp(row, pageGone())
      for (const id of new Set(rows.map((row) => row.migrationId))) begin(id, 'agent')
    },
    idle: async (id) => jobs.get(id)?.ended,
    async leave() {
      leaving = true
      for (const aborter of previews) aborter.abort()
      for (const job of jobs.values()) job.aborter.abort()
      await Promise.all([...jobs.values()].map((job) => job.ended))
    },
  }
}
