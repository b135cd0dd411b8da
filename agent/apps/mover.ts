import { randomUUID } from 'node:crypto'
import type { AppToDecide } from '../../shared/app-rows.ts'
import { isSettled, whyNoCancel, whyNoRerun } from '../../shared/app-status.ts'
import { Problem, viewProblem } from '../../shared/problem.ts'
import { addAppEvents } from '../ledger/app-log.ts'
import { reopenRecords } from '../ledger/app-records.ts'
import { type AppRow, appsOf, changeApp, moveApp, needApp, openApps } from '../ledger/apps.ts'
import { mendMigration } from '../ledger/judgement.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { Vault } from '../ledger/secrets.ts'
import type { LineParts } from '../line.ts'
import type { AppMover } from '../routes/app-mover.ts'
import { createHandler } from './door.ts'
import { type Break, Broken, moveOne } from './move.ts'
import { cloudOf, createOffice } from './office.ts'
import type { PathHandler } from './path.ts'
import type { Registry } from './registry.ts'
import { openSession, type Session } from './session.ts'
import { createSweeper } from './sweep.ts'
import { createVendorDoors } from './vendor.ts'

export interface AppService extends AppMover {
  /** Writes down the apps with data and how each would move. @returns what checks ask about */
  prepare(migrationId: string): Promise<AppToDecide[]>
  /** Begins, or goes on with, the apps that this migration moves; resolves when all have ended. Rejects when the signal is aborted. */
  runAll(migrationId: string, signal: AbortSignal, onBegin: () => Promise<void>): Promise<void>
  /** Goes on with app migrations that were begun by a re-run or canceled, when the agent died. */
  resume(): Promise<void>
  /** Resolves when nothing is under way for this app. */
  idle(migrationId: string, key: string): Promise<void>
  /** Ends those that have taken too long. */
  sweep(): Promise<void>
  /** Leaves what is under way to the next start. */
  leave(): Promise<void>
}

export interface AppParts extends LineParts {
  vault: Vault
  registry: Registry
  /** Writes a migration's report anew after one of its apps was moved by itself. */
  report?(migrationId: string): Promise<void>
}

interface Running {
  aborter: AbortController
  settled: PromiseWithResolvers<void>
  done: Promise<void>
}

/** Moves apps' data, each app for itself: what happens to one never changes the others. */
export function createMover(parts: AppParts): AppService {
  const { db } = parts.ledger
  const running = new Map<string, Running>()
  const office = createOffice(parts)
  const name = (row: Pick<AppRow, 'migrationId' | 'key'>) => `${row.migrationId}/${row.key}`
  const log = (row: AppRow, level: 'info' | 'warn' | 'error', event: string, message: string) =>
    addAppEvents(
      db,
      row,
      [{ at: parts.now(), level, event, message, transferId: row.transferId }],
      parts.now(),
    )
  const vendor = createVendorDoors(parts, (row) => {
    running.get(name(row))?.settled.resolve()
  })

  /** A start of its own, with a transfer of its own. null = it cannot be started (any more). */
  async function start(row: AppRow, move: 'start' | 'rerun'): Promise<AppRow | null> {
    const at = parts.now()
    const { runs, siteJson } = await getMigration(db, row.migrationId)
    if (move === 'rerun') await reopenRecords(db, row.migrationId, row.key)
    const begun = await moveApp(db, row.migrationId, row.key, move, at, {
      transferId: randomUUID(),
      percent: 0,
      message: '',
      run: runs,
      firstStartedAt: row.firstStartedAt ?? at,
      lastSignAt: at,
      settledAt: null,
      site: cloudOf(siteJson),
      lostAt: null,
    })
    if (begun)
      await log(
        begun,
        'info',
        'started',
        `App migration started. Details: ${row.key}, for transfer: ${begun.transferId}`,
      )
    return begun
  }

  /** Works on an app that is in progress or canceling; sessions are shared by the apps of a run. */
  function work(row: AppRow, session: (signal: AbortSignal) => Promise<Session>): Promise<void> {
    const known = running.get(name(row))
    if (known) return known.done
    const entry: Running = {
      aborter: new AbortController(),
      settled: Promise.withResolvers<void>(),
      done: Promise.resolve(),
    }
    running.set(name(row), entry)
    entry.done = carryOut(row, entry, session).finally(() => running.delete(name(row)))
    return entry.done
  }

  async function carryOut(
    row: AppRow,
    entry: Running,
    open: (signal: AbortSignal) => Promise<Session>,
  ): Promise<void> {
    const { signal } = entry.aborter
    try {
      const session = await open(signal)
      const app = await office.needApp(row.migrationId, row.key)
      const decision = row.decision === 'archive' ? 'archive' : 'needed'
      const handler = await handlerOf(row, entry)
      const paths = parts.registry.of(app, decision, handler !== null)
      const transferId = row.transferId ?? ''
      await moveOne(session, { app, decision, transferId, signal }, paths, handler, parts.now)
      // The app's end stands, whether its handler takes the news of it or not; that it did not is in the log.
      await handler
        ?.tell('avi:ecosystem.migration:settled:transfer', {})
        .catch((error: unknown) => log(row, 'warn', 'settled', viewProblem(error).sentence))
    } catch (error) {
      if (signal.aborted && signal.reason instanceof Broken && signal.reason.why === 'leave') return
      const { sentence } = viewProblem(error)
      await log(row, 'error', 'failed', sentence)
      const set = { settledAt: parts.now(), message: sentence.slice(0, 500) }
      const ended =
        (await moveApp(db, row.migrationId, row.key, 'fail', parts.now(), set)) ??
        (await moveApp(db, row.migrationId, row.key, 'confirm', parts.now(), set))
      if (!ended) process.emitWarning(`${row.key}: ${sentence}`)
    }
  }

  const handlerOf = async (row: AppRow, entry: Running): Promise<PathHandler | null> =>
    createHandler(parts, row, entry.settled.promise, entry.aborter.signal, (known) =>
      changeApp(db, row.migrationId, row.key, parts.now(), {
        lostAt: known ? null : parts.now(),
      }),
    )

  /** One app alone, with a session of its own; the migration is judged anew and reported afterwards. */
  async function alone(row: AppRow): Promise<void> {
    let session: Session | null = null
    const mine = work(row, async () => {
      // Not the job's own signal: after a cancel the site is still asked what arrived.
      session = await openSession(parts, row.migrationId, leaving.signal)
      return session
    })
      .finally(() => (session as Session | null)?.close())
      .then(() => afterwards(row.migrationId))
      .catch((error: unknown) => process.emitWarning(`${row.key}: ${String(error)}`))
      .finally(() => alones.delete(mine))
    alones.set(mine, name(row))
    return mine
  }
  /** Apps that move by themselves, until all that follows from their end is written down. */
  const alones = new Map<Promise<void>, string>()

  async function afterwards(migrationId: string): Promise<void> {
    if (leaving.signal.aborted) return
    await mendMigration(db, migrationId, parts.now())
    const { status } = await getMigration(db, migrationId)
    // A running one writes its report at its own end.
    if (status !== 'running') await parts.report?.(migrationId)
  }
  const leaving = new AbortController()

  const abort = (row: AppRow, why: Break) => running.get(name(row))?.aborter.abort(new Broken(why))

  const sweeper = createSweeper({ db, now: parts.now }, async (row, message) => {
    await log(row, 'error', 'timed out', message)
    abort(row, 'timeout')
  })

  /** Of the apps of a run those that are to be worked on now. */
  async function toWorkOn(id: string): Promise<AppRow[]> {
    const { runs } = await getMigration(db, id)
    const rows: AppRow[] = []
    for (const row of await appsOf(db, id)) {
      if (!isSettled(row.status) && row.status !== 'ready') rows.push(row)
      if (row.decision !== 'needed' && row.decision !== 'archive') continue
      const { paths } = await office.view(row)
      const again = row.run < runs && whyNoRerun(row, parts.now(), paths.length > 0) === null
      const move = row.status === 'ready' && paths.length ? 'start' : again ? 'rerun' : null
      const begun = move && (await start(row, move))
      if (begun) rows.push(begun)
    }
    return rows
  }

  return {
    ...office,
    vendor,
    async rerun(id, key) {
      const row = await needApp(db, id, key)
      const why = whyNoRerun(row, parts.now(), (await office.view(row)).paths.length > 0)
      if (why !== null) throw notNow(why, 'Run the migration again, or ask the app vendor.')
      const begun = await start(row, 'rerun')
      if (!begun) throw notNow('The app migration has changed just now.', 'Look at it again.')
      void alone(begun)
    },
    async cancel(id, key) {
      const row = await needApp(db, id, key)
      const at = parts.now()
      const why = whyNoCancel(row)
      if (why !== null) throw notNow(why, 'Look at the list of apps again.')
      const after = await moveApp(db, id, key, 'cancel', at, {
        message: 'Initiated your request to cancel app migration.',
        ...(row.status === 'ready' ? { settledAt: at } : {}),
      })
      if (!after) throw notNow('The app migration has ended just now.', 'Look at the list again.')
      await log(after, 'info', 'canceling', 'Initiated your request to cancel app migration.')
      if (after.status !== 'canceling') return
      if (running.has(name(row))) abort(row, 'cancel')
      else void alone(after)
    },
    async runAll(id, signal, onBegin) {
      signal.throwIfAborted()
      await office.prepare(id)
      const rows = await toWorkOn(id)
      if (rows.length === 0) return
      await onBegin()
      let shared: Promise<Session> | null = null
      const stop = () => {
        for (const row of rows) abort(row, 'leave')
      }
      signal.addEventListener('abort', stop, { once: true })
      try {
        const open = () => (shared ??= openSession(parts, id, signal))
        await Promise.all(rows.map((row) => work(row, open)))
      } finally {
        signal.removeEventListener('abort', stop)
        await (shared as Promise<Session> | null)?.then(
          (session) => session.close(),
          () => undefined,
        )
      }
      signal.throwIfAborted()
    },
    async resume() {
      for (const row of await openApps(db)) {
        const { status } = await getMigration(db, row.migrationId)
        // A running migration goes on with its apps itself, when it comes to them.
        if (status !== 'running' || row.status === 'canceling') void alone(row)
      }
    },
    atWork: (migrationId) => [...running.keys()].some((one) => one.startsWith(`${migrationId}/`)),
    async idle(migrationId, key) {
      const wanted = name({ migrationId, key })
      await running.get(wanted)?.done
      for (const [done, one] of alones) if (one === wanted) await done
    },
    sweep: sweeper.sweep,
    async leave() {
      const closed = sweeper.close()
      for (const { aborter } of running.values()) aborter.abort(new Broken('leave'))
      leaving.abort(new Broken('leave'))
      await closed
      await Promise.all([...running.values()].map(({ done }) => done))
      await Promise.all(alones.keys())
    },
  }
}

const notNow = (sentence: string, hint: string) => new Problem('not-now', sentence, { hint })
